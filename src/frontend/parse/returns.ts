import type { Node } from "web-tree-sitter";
import type { TypeRef } from "../../model/declaration.js";
import type { FunctionDeclarator } from "./declarator.js";
import { fieldOf } from "./fields.js";
import { type Memory, moveType } from "./memory.js";
import { type Context, readDeclarator, readType } from "./type.js";

/** The result type of a function; null where it is left to the compiler. */
export function readReturns(
  node: Node,
  outer: Node | null,
  inner: FunctionDeclarator,
  context: Context,
  memory: Memory,
): TypeRef | null {
  const front = context.text.slice(node.startIndex, inner.name.startIndex);
  if (/\bauto\b/.test(front)) {
    const trailing = trailingType(inner.declarator, context);
    if (trailing !== null) return trailing;
  }
  const start = context.base + node.startIndex;
  const remembered = memory.returns.get(front);
  if (remembered !== undefined) return moveType(remembered.type, start - remembered.start, context.places);
  const isPlain = outer === null || outer.id === inner.declarator.id;
  const around = readDeclarator(isPlain ? null : outer, context);
  const type = readType(node, { ...around, isArray: false, isFunction: false }, context);
  if (type === null || isPlaceholder(type)) return null;
  memory.returns.set(front, { type, start });
  return type;
}

function trailingType(declarator: Node, context: Context): TypeRef | null {
  const trailing = declarator.children.find((child) => child.type === "trailing_return_type");
  const descriptor = trailing?.namedChildren.find((child) => child.type === "type_descriptor");
  if (descriptor === undefined) return null;
  const type = readType(descriptor, readDeclarator(fieldOf(descriptor, "declarator"), context), context);
  return type === null || isPlaceholder(type) ? null : type;
}

function isPlaceholder(type: TypeRef): boolean {
  return /^(?:auto|decltype\s*\(\s*auto\s*\))$/.test(type.name);
}
