import type { Parser } from "web-tree-sitter";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote, report } from "../diagnostics/report.js";
import type { FunctionDecl, ParsedFile } from "../ir/declaration.js";
import type { SourceFile } from "../ir/file.js";
import { readAnnotation } from "./annotation.js";
import { readDoc } from "./doc.js";
import { readFunction } from "./function.js";
import { type Places, placesOf } from "./lines.js";
import { type Memory, newMemory } from "./memory.js";
import { readNaming } from "./naming.js";
import { readRegistrations } from "./registrations.js";
import { type Annotated, type Scan, scan } from "./scan.js";
import { deepestScope, namespaceOf } from "./scope.js";

/**
 * Reads one C++ file: annotated functions with their comments, what names types, and what is registered by hand.
 * Nothing is looked up. Findings are returned, never thrown.
 */
export function parse(
  parser: Parser,
  file: SourceFile,
): { readonly file: ParsedFile; readonly diagnostics: readonly Diagnostic[] } {
  const { path, text } = file;
  const places = placesOf(path, text);
  const zero = text.indexOf("\0");
  if (zero >= 0) return { file: unreadable(path), diagnostics: [notText(places, zero)] };

  const found = scan(text);
  const diagnostics: Diagnostic[] = [...lookalikes(found, text, places)];
  const functions: FunctionDecl[] = [];
  const memory = newMemory();
  for (const annotated of found.annotated) {
    const read = readAnnotated(parser, text, annotated, places, memory);
    for (const diagnostic of read.diagnostics) diagnostics.push(diagnostic);
    if (read.declaration !== null) functions.push(read.declaration);
  }
  const named = found.namings.map((naming) => readNaming(parser, text, naming, places));
  const spaces = found.namespaces.filter((scope) => scope.depth <= deepestScope);
  return {
    file: {
      path,
      functions,
      aliases: named.flatMap((one) => one.aliases),
      usings: named.flatMap((one) => one.usings),
      namespaces: [...new Set(spaces.map((scope) => namespaceOf(scope).join("::")))],
      registrations: found.libraries.flatMap((library) => readRegistrations(parser, text, library)),
      enums: [],
      records: [],
      annotations: found.annotated.length,
    },
    diagnostics,
  };
}

/** Nothing but the sign that something was refused. */
function unreadable(path: string): ParsedFile {
  const nothing = { functions: [], aliases: [], usings: [], namespaces: [], registrations: [], enums: [], records: [] };
  return { path, ...nothing, annotations: 1 };
}

function notText(places: Places, at: number): Diagnostic {
  return report("TX1001", places.span(at, at + 1), {
    message: "this file is not C++ source: it holds a zero byte",
    fix: "Save it as UTF-8 text, or move it out of csrc/.",
  });
}

/** Reads the annotation, the comments and the function of one place. */
function readAnnotated(parser: Parser, text: string, annotated: Annotated, places: Places, memory: Memory) {
  const [comment, second] = annotated.annotations;
  const last = annotated.comments.at(-1) ?? comment;
  if (comment === undefined || last === undefined) return { declaration: null, diagnostics: [] };
  const limit = second?.start ?? Math.max(last.end, comment.end);
  const { annotation, diagnostics } = readAnnotation(text, comment, limit, places);
  const all = [...diagnostics];
  if (second !== undefined) {
    all.push(
      report("TX1108", places.span(second.start, second.end), {
        message: "this function is annotated twice",
        fix: "Put the arguments of both into one annotation.",
      }),
    );
  }
  const start = annotated.statement?.start ?? comment.end;
  const doc = readDoc(text, annotated.comments, start, places);
  const read = readFunction(parser, annotated, { text, places, annotation, doc, memory });
  return { declaration: read.declaration, diagnostics: [...all, ...read.diagnostics] };
}

/** What was meant as an annotation and is none. */
function lookalikes(found: Scan, text: string, places: Places): readonly Diagnostic[] {
  const attributes = found.attributes.map((range) =>
    report("TX1106", places.span(range.start, range.end), {
      message: "the annotation is written as an attribute, which compilers warn of",
      fix: "Write it as a comment above the function: `// [[torch::export]]`.",
    }),
  );
  const misspelled = found.misspelled.map((comment) => {
    const at = text.indexOf("[[", comment.start);
    const word = /^[\s[]*([\w:\s-]*)/.exec(text.slice(at, Math.min(comment.end, at + 80)))?.[1]?.trim() ?? "";
    return report("TX1107", places.span(at, Math.min(comment.end, at + 2 + word.length)), {
      message: `${quote(word)} is not an annotation that is known here`,
      fix: "Did you mean `[[torch::export]]`?",
    });
  });
  const inBlocks = found.inBlocks.map((comment) => {
    const at = text.indexOf("[[", comment.start);
    return report("TX1111", places.span(at, at + 2), {
      message: "an annotation in a block comment marks nothing",
      fix: "Write it on a line of its own, right above the function: `// [[torch::export]]`.",
    });
  });
  return [...attributes, ...misspelled, ...inBlocks];
}
