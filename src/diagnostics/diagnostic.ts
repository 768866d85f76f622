import type { Span } from "../model/span.js";
import type { Code } from "./codes.js";

/** One finding about the user's C++: what happened, where, and the edit or command that fixes it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: "error" | "warning";
  /** One sentence: what happened. */
  readonly message: string;
  readonly span: Span;
  /** A few words under the caret. */
  readonly label?: string;
  /** Background, where the message needs it. */
  readonly note?: string;
  /** One sentence: the edit or command that mends it. */
  readonly fix: string;
}
