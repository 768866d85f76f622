// What a person registers with the dispatcher by hand.
import type { Node, Parser } from "web-tree-sitter";
import type { RegistrationDecl } from "../../model/declaration.js";
import type { Library } from "../scan/scan.js";
import { fieldOf } from "./fields.js";

const longest = 1_000_000;
const macros = new Set(["TORCH_LIBRARY", "TORCH_LIBRARY_FRAGMENT", "TORCH_LIBRARY_IMPL"]);

/** The `m.def("…")` and `m.impl("…")` of a TORCH_LIBRARY block, in order. Names that are no string literals are left out. */
export function readRegistrations(parser: Parser, text: string, library: Library): readonly RegistrationDecl[] {
  if (!macros.has(library.macro) || library.end - library.start > longest) return [];
  const source = text.slice(library.start, library.end);
  const namespace = /^\w+\s*\(\s*(\w+)/.exec(source)?.[1];
  const tree = namespace === undefined ? null : parser.parse(source);
  if (tree === null || namespace === undefined) return [];
  const found: RegistrationDecl[] = [];
  const cursor = tree.walk();
  try {
    for (let more = true; more; ) {
      if (cursor.nodeType === "call_expression") {
        const registration = readCall(cursor.currentNode, source, namespace);
        if (registration !== null) found.push(registration);
      }
      if (cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          more = false;
          break;
        }
      }
    }
  } finally {
    cursor.delete();
    tree.delete();
  }
  return found;
}

function readCall(call: Node, source: string, namespace: string): RegistrationDecl | null {
  const callee = fieldOf(call, "function");
  if (callee?.type !== "field_expression") return null;
  const field = fieldOf(callee, "field");
  const kind = field === null ? "" : source.slice(field.startIndex, field.endIndex);
  if (kind !== "def" && kind !== "impl") return null;
  const literal = firstString(fieldOf(call, "arguments")?.firstNamedChild ?? null);
  if (literal === null) return null;
  // "ns::name.overload(Tensor x) -> Tensor"
  const match = /^\s*(?:(\w+)::)?(\w+)/.exec(contentOf(literal.text));
  const operator = match?.[2];
  return operator === undefined ? null : { kind, namespace: match?.[1] ?? namespace, operator };
}

/** The first string below the first argument: `"f"`, `TORCH_SELECTIVE_NAME("f")`, `"f" "(Tensor x)"`. */
function firstString(argument: Node | null): Node | null {
  let node = argument;
  for (let depth = 0; node !== null && depth < 8; depth++) {
    if (node.type === "string_literal" || node.type === "raw_string_literal") return node;
    node =
      fieldOf(node, "arguments")?.firstNamedChild ??
      (node.type === "concatenated_string" ? node.firstNamedChild : null);
  }
  return null;
}

/** What a literal holds, up to escapes: the prefix, the quote and a raw string's delimiter are taken off. */
function contentOf(literal: string): string {
  return literal.replace(/^(?:\w*R"[^("]*\(|\w*")/, "");
}
