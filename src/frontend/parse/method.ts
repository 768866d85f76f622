// Reads an annotated member of a class, or says why it cannot be exported.
import type { Node, Parser } from "web-tree-sitter";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { MethodDecl, TypeRef } from "../../model/declaration.js";
import { maskBraces } from "../scan/braces.js";
import type { Range } from "../scan/range.js";
import type { Annotated } from "../scan/scan.js";
import type { Body } from "../scan/scope.js";
import { namespaceOf } from "../scan/scope.js";
import { functionDeclarator, readName } from "./declarator.js";
import { fieldOf } from "./fields.js";
import { hasMore, missingResult, noFunction, refuseSize, syntaxError, unfinished } from "./function.js";
import { withoutBody } from "./member.js";
import { readParameters } from "./parameters.js";
import { refuseMember, refuseStart } from "./refusals.js";
import { readReturns } from "./returns.js";
import { parseMember, type Snippet } from "./snippet.js";
import type { Surroundings } from "./surroundings.js";
import type { Context } from "./type.js";

type Result = { readonly declaration: MethodDecl | null; readonly diagnostics: readonly Diagnostic[] };

function refused(diagnostic: Diagnostic): Result {
  return { declaration: null, diagnostics: [diagnostic] };
}

/** Reads the constructor or method in `body` that follows an annotation. */
export function readMethod(parser: Parser, annotated: Annotated, body: Body, around: Surroundings): Result {
  const { text, places } = around;
  const { statement } = annotated;
  if (statement === null) return refused(noFunction(around));
  const size = refuseSize(text, statement, places);
  if (size !== null) return refused(size);
  const source = withoutBody(text.slice(statement.start, statement.end));
  const at = { start: statement.start, end: statement.start + source.length };
  const whole = text.slice(statement.start, statement.end);
  const refusal =
    refuseMember(annotated, source, at, around) ??
    refuseStart(/\)\s*=\s*(?:default|0)\s*$/.test(whole) ? source : whole, at, around);
  if (refusal !== null) return refused(refusal);
  if (annotated.terminator === "") return refused(unfinished(statement, places));
  const name = body.name ?? "";
  const snippet = parseMember(parser, name, maskBraces(source), at.start);
  if (snippet === null) return refused(syntaxError(at, places));
  try {
    return readMember(snippet, name, annotated, around, at);
  } finally {
    snippet.tree.delete();
  }
}

function readMember(
  snippet: Snippet,
  className: string,
  annotated: Annotated,
  around: Surroundings,
  at: Range,
): Result {
  const { places, annotation, doc, memory } = around;
  const { node } = snippet;
  if (node === null) return refused(syntaxError(snippet.error ?? at, places, at));
  const context: Context = { text: snippet.text, file: around.text, base: snippet.base, places };
  const here = (one: Node) => places.span(snippet.base + one.startIndex, snippet.base + one.endIndex);
  const outer = fieldOf(node, "declarator");
  const found = functionDeclarator(outer);
  if (found === null || hasMore(outer, snippet)) {
    return refused(
      report("TX1105", here(outer ?? node), {
        message: "what follows this annotation is not one constructor or method",
        label: "not a function",
        fix: "Put the annotation directly above a constructor or method, one for each. A field needs none.",
      }),
    );
  }
  const name = readName(found.name, context, here);
  if ("code" in name) return refused(name);
  const last = name.path.at(-1) ?? "";
  const isConstructor = fieldOf(node, "type") === null && last === className;
  const returns: TypeRef | null = isConstructor
    ? { spelling: last, name: last, args: [], isConst: false, reference: "", span: here(name.last) }
    : readReturns(node, outer, found, context, memory);
  if (returns === null) return refused(missingResult(last, here(fieldOf(node, "type") ?? found.name)));
  const qualifiers = found.declarator.children;
  const reference = qualifiers.find((child) => child.type === "ref_qualifier");
  if (reference !== undefined && context.text.slice(reference.startIndex, reference.endIndex) === "&&") {
    return refused(
      report("TX1302", here(reference), {
        message: `${quote(last)} uses its object up, and cannot be exported: other languages hold on to theirs`,
        label: "for an object that is about to go",
        fix: "Remove `&&`, or write a method that takes a copy and calls it, and export that.",
      }),
    );
  }
  const { parameters, diagnostics } = readParameters(found.declarator, context, memory);
  const declaration: MethodDecl = {
    name: last,
    namespace: namespaceOf(annotated.scope),
    qualifiers: 0,
    parameters,
    returns,
    annotation,
    doc,
    span: here(name.last),
    isConstructor,
    isConst: qualifiers.some(
      (child) => child.type === "type_qualifier" && context.text.slice(child.startIndex, child.endIndex) === "const",
    ),
  };
  return { declaration: diagnostics.length === 0 ? declaration : null, diagnostics };
}
