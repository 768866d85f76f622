// Reads an annotated declaration, or says why it cannot be exported.
import type { Node, Parser } from "web-tree-sitter";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { FunctionDecl } from "../../model/declaration.js";
import type { Span } from "../../model/span.js";
import { maskBraces } from "../scan/braces.js";
import type { Places } from "../scan/lines.js";
import type { Range } from "../scan/range.js";
import type { Annotated } from "../scan/scan.js";
import { namespaceOf } from "../scan/scope.js";
import { functionDeclarator, readName } from "./declarator.js";
import { fieldOf } from "./fields.js";
import { readParameters } from "./parameters.js";
import { readPlain } from "./plain.js";
import { refuseScope, refuseSpecifiers, refuseStart } from "./refusals.js";
import { readReturns } from "./returns.js";
import { nesting, parseSnippet, type Snippet } from "./snippet.js";
import type { Surroundings } from "./surroundings.js";
import type { Context } from "./type.js";

/** Longer than any declaration that a person writes. */
const longest = 50_000;
const deepest = 100;

type Result = { readonly declaration: FunctionDecl | null; readonly diagnostics: readonly Diagnostic[] };

function refused(diagnostic: Diagnostic): Result {
  return { declaration: null, diagnostics: [diagnostic] };
}

/** Reads the function that follows an annotation. */
export function readFunction(parser: Parser, annotated: Annotated, around: Surroundings): Result {
  const { text, places, annotation, doc } = around;
  const { statement } = annotated;
  if (statement === null) return refused(noFunction(around));
  const source = text.slice(statement.start, Math.min(statement.end, statement.start + longest));
  const refusal =
    refuseScope(annotated, around, statement) ??
    refuseStart(source, statement, around) ??
    refuseSize(text, statement, places);
  if (refusal !== null) return refused(refusal);
  if (annotated.terminator === "") return refused(unfinished(statement, places));
  const plain = readPlain(text, statement, places);
  if (plain !== null) {
    const namespace = namespaceOf(annotated.scope);
    return { declaration: { ...plain, namespace, qualifiers: 0, annotation, doc }, diagnostics: [] };
  }
  const snippet = parseDeclaration(parser, maskBraces(source), annotated, statement);
  if (snippet === null) return refused(syntaxError(statement, places));
  try {
    return readSnippet(snippet, annotated, around, statement);
  } finally {
    snippet.tree.delete();
  }
}

export function noFunction({ annotation }: Surroundings): Diagnostic {
  return report("TX1105", annotation.span, {
    message: "no function follows this annotation",
    fix: "Put the annotation directly above a function, or remove it.",
  });
}

/** Why a declaration of this size is not handed to the grammar; null where it is. */
export function refuseSize(text: string, { start, end }: Range, places: Places): Diagnostic | null {
  if (end - start <= longest && nesting(text.slice(start, end)) <= deepest) return null;
  return report("TX1003", places.span(start, start + 1), {
    message: "this declaration is longer, or its brackets are nested deeper, than any that can be exported",
    fix: `Name its types with \`using\`: up to ${longest} characters and ${deepest} levels are read.`,
  });
}

/** `T f(U);` may be a variable, to the grammar; with a body, it can only be a function. */
function parseDeclaration(parser: Parser, text: string, annotated: Annotated, at: Range): Snippet | null {
  // A body may be a try block as a whole.
  const source = annotated.terminator === "{" ? text.replace(/\btry\s*$/u, "") : text;
  const first = parseSnippet(parser, source + (annotated.terminator === "{" ? "{}" : ";"), at.start);
  if (first?.node == null || fieldOf(first.node, "declarator")?.type !== "init_declarator") return first;
  const second = parseSnippet(parser, `${source}{}`, at.start);
  if (second === null) return first;
  (second.node === null ? second : first).tree.delete();
  return second.node === null ? first : second;
}

export function unfinished(statement: Range, places: Places): Diagnostic {
  return report("TX1002", places.span(statement.start, firstLineEnd(statement, places)), {
    message: "this declaration is not finished",
    label: "no `;` or `{` follows",
    fix: "Finish it with `;` or a body in braces.",
  });
}

function firstLineEnd(statement: Range, places: Places): number {
  const line = places.lineOf(statement.start);
  return places.lineOf(statement.end) === line ? statement.end : statement.start + 1;
}

/** `error` is where the grammar lost the thread, `statement` what the finding must not leave. */
export function syntaxError(error: Range, places: Places, statement: Range = error): Diagnostic {
  const at = errorPlace(error, statement);
  return report("TX1002", places.span(at.start, at.end), {
    message: "this declaration cannot be read as C++",
    label: "the parser stops here",
    fix: "Mend the syntax; where a macro stands here, write out what it means.",
  });
}

function readSnippet(snippet: Snippet, annotated: Annotated, around: Surroundings, statement: Range): Result {
  const { places, annotation, doc, memory } = around;
  const { node, error } = snippet;
  if (node === null) return refused(syntaxError(error ?? statement, places, statement));
  const context: Context = { text: snippet.text, file: around.text, base: snippet.base, places };
  const here = (at: Node) => places.span(snippet.base + at.startIndex, snippet.base + at.endIndex);

  const outer = fieldOf(node, "declarator");
  const found = functionDeclarator(outer);
  if (found === null || hasMore(outer, snippet)) {
    return refused(
      report("TX1105", here(outer ?? node), {
        message: "what follows this annotation is not one function",
        label: "not a function",
        fix: "Put the annotation directly above a function, one for each.",
      }),
    );
  }
  const specifiers = refuseSpecifiers(node, found.name.startIndex, context, here);
  if (specifiers !== null) return refused(specifiers);
  const name = readName(found.name, context, here);
  if ("code" in name) return refused(name);
  const returns = readReturns(node, outer, found, context, memory);
  if (returns === null) {
    return refused(missingResult(name.path.at(-1) ?? "", here(fieldOf(node, "type") ?? found.name)));
  }
  const { parameters, diagnostics } = readParameters(found.declarator, context, memory);
  const qualifiers = name.path.slice(0, -1);
  const declaration: FunctionDecl = {
    name: name.path.at(-1) ?? "",
    namespace: name.rooted ? qualifiers : [...namespaceOf(annotated.scope), ...qualifiers],
    qualifiers: qualifiers.length,
    parameters,
    returns,
    annotation,
    doc,
    span: here(name.last),
  };
  return { declaration: diagnostics.length === 0 ? declaration : null, diagnostics };
}

export function missingResult(name: string, span: Span): Diagnostic {
  return report("TX1304", span, {
    message: `the result type of ${quote(name)} is left to the compiler`,
    label: "written as `auto`",
    fix: "Write the type out: `torch::Tensor f(…)` or `auto f(…) -> torch::Tensor`.",
  });
}

/** Whether another declarator follows, as in `int f(), g();`. */
export function hasMore(outer: Node | null, snippet: Snippet): boolean {
  return outer !== null && snippet.text.slice(outer.endIndex).trimStart().startsWith(",");
}

/** The error's first line, kept inside the statement. */
function errorPlace(error: Range, statement: Range): Range {
  const start = Math.min(Math.max(error.start, statement.start), Math.max(statement.end - 1, statement.start));
  return { start, end: Math.min(Math.max(error.end, start + 1), Math.max(statement.end, start + 1)) };
}
