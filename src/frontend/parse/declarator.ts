// The declarator of an annotated function, and the name in it.
import type { Node } from "web-tree-sitter";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { FunctionDecl } from "../../model/declaration.js";
import { fieldOf } from "./fields.js";
import { type Context, innerDeclarator, textOf } from "./type.js";

/** A function's declarator, and what stands for its name there. */
export interface FunctionDeclarator {
  readonly declarator: Node;
  readonly name: Node;
}

/** The function declarator below references, pointers and parentheses; null for a variable or a pointer to a function. */
export function functionDeclarator(start: Node | null): FunctionDeclarator | null {
  let found: FunctionDeclarator | null = null;
  for (let node = start; node !== null; ) {
    const { type } = node;
    if (type === "init_declarator") return null;
    if (found !== null && (type === "pointer_declarator" || type === "reference_declarator")) return null;
    const inner = type === "identifier" ? null : innerDeclarator(node);
    if (type === "function_declarator") {
      if (inner === null) return null;
      found = { declarator: node, name: inner };
    }
    node = inner;
  }
  return found;
}

/** A function's name, with what qualifies it. */
export interface Name {
  readonly path: readonly string[];
  readonly rooted: boolean;
  readonly last: Node;
}

/** Reads the name inside a function declarator, or says why it has none that can be exported. */
export function readName(start: Node, context: Context, here: (node: Node) => FunctionDecl["span"]): Name | Diagnostic {
  const path: string[] = [];
  let rooted = false;
  let node: Node | null = start;
  while (node !== null && (node.type === "qualified_identifier" || node.type === "parenthesized_declarator")) {
    if (node.type === "parenthesized_declarator") {
      node = innerDeclarator(node);
      continue;
    }
    const scope = fieldOf(node, "scope");
    if (scope === null) rooted = true;
    else path.push(textOf(scope, context));
    node = fieldOf(node, "name");
  }
  if (node !== null && (node.type === "identifier" || node.type === "field_identifier")) {
    return { path: [...path, textOf(node, context)], rooted, last: node };
  }
  const at = node ?? start;
  return report(at.type.startsWith("template") ? "TX1301" : "TX1302", here(at), {
    message: `${quote(textOf(at, context))} cannot be exported: it has no plain name`,
    fix: "Write a function with a name of its own that calls it, and export that.",
  });
}
