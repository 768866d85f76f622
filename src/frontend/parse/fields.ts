import type { Language, Node } from "web-tree-sitter";

type Field =
  | "arguments"
  | "declarator"
  | "default_value"
  | "field"
  | "function"
  | "name"
  | "parameters"
  | "scope"
  | "type"
  | "value";

const numbers = new WeakMap<Language, Map<Field, number>>();

/** The number of a field in the grammar, looked up once. `childForFieldName` looks it up every time. */
function numberOf(field: Field, language: Language): number {
  const known = numbers.get(language) ?? new Map<Field, number>();
  numbers.set(language, known);
  const number = known.get(field) ?? language.fieldIdForName(field) ?? 0;
  known.set(field, number);
  return number;
}

/** The child in a field, or null. */
export function fieldOf(node: Node, field: Field): Node | null {
  const number = numberOf(field, node.tree.language);
  return number === 0 ? null : node.childForFieldId(number);
}
