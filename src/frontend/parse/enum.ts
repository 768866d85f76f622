import type { Node, Parser } from "web-tree-sitter";
import type { EnumDecl } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Comment } from "../scan/range.js";
import type { Body } from "../scan/scope.js";
import { namespaceOf } from "../scan/scope.js";
import { evaluate } from "./constant.js";
import { readDoc, trailingDoc } from "./doc.js";
import { fieldOf } from "./fields.js";
import { nesting } from "./snippet.js";

const longest = 1_000_000;
/** More than any that crosses has, so that one too many is told from the most. */
const mostEntries = 2000;
const deepest = 50;

/** Reads an enum with its entries; null where its braces hold something else. */
export function readEnum(
  parser: Parser,
  text: string,
  body: Body,
  name: { readonly text: string; readonly start: number },
  places: Places,
): EnumDecl | null {
  const inner = text.slice(body.open + 1, body.end - 1);
  if (inner.length > longest || nesting(inner) > deepest) return null;
  const front = "enum class E {";
  const tree = parser.parse(`${front}${inner}};`);
  if (tree === null) return null;
  const base = body.open + 1 - front.length;
  const known = new Map<string, bigint>();
  const entries: EnumDecl["entries"][number][] = [];
  try {
    const list = tree.rootNode.firstNamedChild?.namedChildren.find(({ type }) => type === "enumerator_list");
    if (list === undefined) return null;
    let next: bigint | null = 0n;
    let comments: Comment[] = [];
    for (const node of list.namedChildren) {
      if (node.type === "comment") comments.push(commentAt(node, text, base));
      const label = node.type === "enumerator" ? fieldOf(node, "name") : null;
      if (label === null) continue;
      if (entries.length >= mostEntries) break;
      const given = fieldOf(node, "value");
      const entry = label.text;
      const value: bigint | null = given === null ? next : evaluate(given.text, known);
      if (value !== null) for (const path of [entry, `${name.text}::${entry}`]) known.set(path, value);
      next = value === null ? null : value + 1n;
      const [start, end] = [base + node.startIndex, base + node.endIndex];
      entries.push({
        name: entry,
        value: value?.toString() ?? null,
        doc: readDoc(text, comments, start, places)?.summary ?? trailingDoc(text, end),
        span: places.span(base + label.startIndex, base + label.endIndex),
      });
      comments = [];
    }
  } finally {
    tree.delete();
  }
  return {
    name: name.text,
    namespace: [...namespaceOf(body.outer), ...body.qualifiers],
    entries,
    doc: readDoc(text, body.comments, body.start, places)?.summary ?? null,
    span: places.span(name.start, name.start + name.text.length),
  };
}

function commentAt(node: Node, text: string, base: number): Comment {
  const [start, end] = [base + node.startIndex, base + node.endIndex];
  return { kind: text.startsWith("//", start) ? "line" : "block", start, end };
}
