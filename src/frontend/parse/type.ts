// Reads a type from the syntax tree: specifiers, then what the declarator adds to them.
import type { Node } from "web-tree-sitter";
import type { TypeRef } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import { fieldOf } from "./fields.js";

/** What is needed to read nodes of one snippet. */
export interface Context {
  /** What was parsed, in which parts of the file's text may be blank. */
  readonly text: string;
  /** The whole file, in which the snippet begins at `base`. */
  readonly file: string;
  readonly base: number;
  readonly places: Places;
}

export function textOf(node: Node, context: Context): string {
  return context.text.slice(node.startIndex, node.endIndex);
}

/** White space and comments folded. */
export function fold(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ")
    .replace(/\s+/g, " ")
    .replace(/\s*(::|[<>,()&*])\s*/g, "$1")
    .replace(/,/g, ", ")
    .trim();
}

/** What a declarator says beyond the name. */
interface Declarator {
  readonly reference: TypeRef["reference"];
  readonly isArray: boolean;
  /** Pointers and references inside the outermost: `*` of `void**`, `&` of `void*&`. */
  readonly further: string;
  /** A function, or a pointer to one. */
  readonly isFunction: boolean;
  readonly name: Node | null;
  /** Where the part that belongs to the type ends, in the snippet; null where nothing does. */
  readonly typeEnd: number | null;
}

const plain: Declarator = { reference: "", isArray: false, further: "", isFunction: false, name: null, typeEnd: null };

/** Follows a parameter's or alias's declarator down to its name. */
export function readDeclarator(start: Node | null, context: Context): Declarator {
  let found = plain;
  for (let node = start; node !== null; ) {
    switch (node.type) {
      case "identifier":
      case "type_identifier":
      case "primitive_type":
      case "field_identifier":
        return { ...found, name: node };
      case "reference_declarator":
      case "abstract_reference_declarator": {
        const mark = node.firstChild;
        const reference = mark !== null && textOf(mark, context) === "&&" ? "&&" : "&";
        found = { ...add(found, reference), typeEnd: mark?.endIndex ?? node.endIndex };
        break;
      }
      case "pointer_declarator":
      case "abstract_pointer_declarator":
        found = { ...add(found, "*"), typeEnd: pointerEnd(node) };
        break;
      case "array_declarator":
      case "abstract_array_declarator":
        found = { ...found, isArray: true };
        break;
      case "function_declarator":
      case "abstract_function_declarator":
        found = { ...found, isFunction: true };
        break;
    }
    node = innerDeclarator(node);
  }
  return found;
}

/** Declarators nest from the outermost mark on: `*` of `*&` first. */
function add(found: Declarator, mark: "*" | "&" | "&&"): Declarator {
  if (found.reference === "") return { ...found, reference: mark };
  return { ...found, further: found.further.length < 4 ? found.further + mark : `${found.further.slice(0, 4)}…` };
}

function pointerEnd(node: Node): number {
  let end = node.startIndex + 1;
  for (const child of node.children) if (child.type === "*" || child.type === "type_qualifier") end = child.endIndex;
  return end;
}

/** The declarator inside another one. A reference declarator holds it without a field name. */
export function innerDeclarator(node: Node): Node | null {
  const inner = fieldOf(node, "declarator");
  if (inner !== null) return inner;
  return node.namedChildren.find((child) => child.type.endsWith("declarator") || child.type === "identifier") ?? null;
}

const typeKinds = new Set([
  ...["primitive_type", "type_identifier", "qualified_identifier", "template_type", "sized_type_specifier"],
  ...["placeholder_type_specifier", "decltype", "dependent_type"],
  ...["struct_specifier", "class_specifier", "union_specifier", "enum_specifier"],
]);

/**
 * The type of a parameter, alias, template argument or result.
 *
 * @param holder the node whose children are the specifiers
 * @param declarator what its declarator adds
 * @returns null where the node holds no type
 */
export function readType(holder: Node, declarator: Declarator, context: Context): TypeRef | null {
  const children = holder.children;
  const whole = fieldOf(holder, "type") ?? children.find((child) => typeKinds.has(child.type)) ?? null;
  if (whole === null) return null;
  const isHelped =
    whole.type === "dependent_type" && !context.file.startsWith("typename", context.base + whole.startIndex);
  const node = isHelped ? (whole.lastNamedChild ?? whole) : whole;
  const qualifiers = children.filter((child) => child.type === "type_qualifier" && child.startIndex < holder.endIndex);
  const words = qualifiers.map((qualifier) => textOf(qualifier, context));
  const isConst = words.includes("const");
  const isVolatile = words.includes("volatile");
  const core = coreOf(node, context);
  const start = Math.min(node.startIndex, ...qualifiers.map((qualifier) => qualifier.startIndex));
  const end = Math.max(node.endIndex, declarator.typeEnd ?? 0, ...qualifiers.map((qualifier) => qualifier.endIndex));
  const marks = declarator.reference + declarator.further;
  const called = declarator.isFunction ? `${marks.slice(0, -1)}(${marks.slice(-1)})(…)` : marks;
  const suffix = declarator.further + (declarator.isFunction ? "()" : "") + (declarator.isArray ? "[]" : "");
  const spelling = `${isConst ? "const " : ""}${isVolatile ? "volatile " : ""}${fold(textOf(node, context))}${called}${declarator.isArray ? "[]" : ""}`;
  const odd = isVolatile || suffix !== "";
  return {
    spelling,
    name: odd ? spelling : core.name,
    args: odd ? [] : core.args,
    isConst,
    reference: declarator.reference,
    span: context.places.span(context.base + start, context.base + end),
  };
}

/** The qualified name, and the template arguments of its last part. */
function coreOf(type: Node, context: Context): { readonly name: string; readonly args: readonly TypeRef[] } {
  const parts: string[] = [];
  let args: readonly TypeRef[] = [];
  let rooted = false;
  for (let node: Node | null = type; node !== null; ) {
    if (node.type === "qualified_identifier") {
      const scope = fieldOf(node, "scope");
      if (scope === null && parts.length === 0) rooted = true;
      if (scope !== null) parts.push(fold(textOf(scope, context)));
      node = fieldOf(node, "name");
    } else if (node.type === "template_type" || node.type === "template_function") {
      const name = fieldOf(node, "name");
      parts.push(name === null ? "" : textOf(name, context));
      args = argumentsOf(fieldOf(node, "arguments"), context);
      node = null;
    } else {
      parts.push(fold(textOf(node, context)));
      node = null;
    }
  }
  return { name: (rooted ? "::" : "") + parts.join("::"), args };
}

function argumentsOf(list: Node | null, context: Context): readonly TypeRef[] {
  if (list === null) return [];
  return list.namedChildren
    .filter((child) => child.type !== "comment")
    .map((child) => {
      const type =
        child.type === "type_descriptor"
          ? readType(child, readDeclarator(fieldOf(child, "declarator"), context), context)
          : null;
      return type ?? expression(child, context);
    });
}

/**
 * A template argument that the grammar takes for no type, such as the 3 in `std::array<T, 3>`. Where the first of several
 * arguments is a template of several, unqualified, it takes a type for a function template.
 */
function expression(node: Node, context: Context): TypeRef {
  const spelling = fold(textOf(node, context));
  const span = context.places.span(context.base + node.startIndex, context.base + node.endIndex);
  const isName = node.type === "template_function" || node.type === "qualified_identifier";
  const core = isName ? coreOf(node, context) : { name: spelling, args: [] };
  return { spelling, ...core, isConst: false, reference: "", span };
}
