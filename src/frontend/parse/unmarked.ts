// Declarations without annotation of functions that are annotated elsewhere: a header's, with the default arguments and the comment
// of a definition in a source file, or the other way round.
import type { Parser } from "web-tree-sitter";
import type { Annotation, UnmarkedDecl } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Unmarked } from "../scan/scan.js";
import { readDoc } from "./doc.js";
import { readFunction } from "./function.js";
import type { Memory } from "./memory.js";

/** A file's declarations without annotation, by name. */
export interface Saying {
  readonly text: string;
  readonly places: Places;
  readonly memory: Memory;
  readonly unmarked: ReadonlyMap<string, readonly Unmarked[]>;
}

/** Reads those that are named as something that is annotated. What cannot be read, or not be exported, is another function. */
export function readUnmarked(
  parser: Parser,
  { text, places, memory, unmarked }: Saying,
  names: ReadonlySet<string>,
): readonly UnmarkedDecl[] {
  const found = new Set<Unmarked>();
  for (const name of names) for (const one of unmarked.get(name) ?? []) found.add(one);
  return [...found].flatMap((one): UnmarkedDecl[] => {
    const span = places.span(one.start, one.start);
    const annotation: Annotation = {
      ...{
        name: null,
        returns: null,
        fields: null,
        hostNames: { typescript: null, r: null },
        rcpp: true,
        registerTypes: [],
      },
      ...{ argumentSpans: {}, span },
    };
    const doc = readDoc(text, one.comments, one.start, places);
    const statement = { start: one.start, end: one.end };
    const read = readFunction(
      parser,
      { ...one, annotations: [], statement, opener: null },
      { text, places, annotation, doc, memory },
    );
    if (read.declaration === null) return [];
    const { annotation: _, ...declaration } = read.declaration;
    return names.has(declaration.name) ? [declaration] : [];
  });
}
