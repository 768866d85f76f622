import type { Annotation, Doc } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Memory } from "./memory.js";

/** What goes with an annotated declaration and was read before it. */
export interface Surroundings {
  readonly text: string;
  readonly places: Places;
  readonly annotation: Annotation;
  readonly doc: Doc | null;
  readonly memory: Memory;
}
