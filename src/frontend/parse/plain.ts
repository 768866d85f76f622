// Reads the declarations that nearly every package is full of, `ns::T<U> f(const T& x, double y = 0.9)`, without the grammar, which takes
// ten times as long. Anything else (comments, attributes, macros, pointers, keywords …) is left to the grammar. What is read here is
// what would be read there: a property test holds the two together.
import type { DefaultRef, ParameterDecl, TypeRef } from "../../model/declaration.js";
import type { Span } from "../../model/span.js";
import type { Places } from "../scan/lines.js";
import type { Range } from "../scan/range.js";

/** What is read of a declaration. */
export interface Plain {
  readonly name: string;
  readonly span: Span;
  readonly returns: TypeRef;
  readonly parameters: readonly ParameterDecl[];
}

/** Words that are no name, or make what follows something else than a plain type. */
const keywords = new Set(
  `alignas alignof and and_eq asm auto bitand bitor break case catch char8_t char16_t char32_t class co_await co_return co_yield
   compl concept consteval constexpr constinit const_cast continue decltype default delete do dynamic_cast else enum explicit export
   extern false final for friend goto if import inline long module mutable namespace new noexcept not not_eq nullptr operator or
   or_eq override private protected public register reinterpret_cast requires restrict return short signed sizeof static
   static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned
   using virtual volatile wchar_t while xor xor_eq`.split(/\s+/),
);
const builtins = new Set(["void", "bool", "char", "int", "float", "double"]);
/** Names that the grammar takes for types of the language. */
const primitive =
  /^(?:u?int(?:8|16|32|64|ptr)?_t|s?size_t|u?intptr_t|ptrdiff_t|nullptr_t|char(?:8|16|32|ptr)_t|max_align_t)$/;

const token = /[A-Za-z_]\w*|::|&&|[<>,&()=]/y;
const value =
  /-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?(?![\w.'])|"(?:[^"\\\r\n]|\\["\\nt])*"|\{ *\}|(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*(?:\(\)|\{\})?/y;
const white = /[ \t\r\n]*/y;
const deepest = 16;

/** Thrown, and caught here, where a declaration is for the grammar. */
const notPlain = new Error("for the grammar");

/** Reads the declaration in `at`, up to its `;` or `{`; null where it is for the grammar. */
export function readPlain(text: string, at: Range, places: Places): Plain | null {
  try {
    return readDeclaration(text, at, places);
  } catch (error) {
    if (error === notPlain) return null;
    throw error;
  }
}

function readDeclaration(text: string, at: Range, places: Places): Plain {
  let end = at.start;
  /** The token that comes next, and where it stands. */
  let next = "";
  let start = at.start;
  const advance = (): void => {
    end = start + next.length;
    white.lastIndex = end;
    white.test(text);
    token.lastIndex = white.lastIndex;
    if (!token.test(text) || token.lastIndex > at.end) {
      if (white.lastIndex < at.end) throw notPlain;
      next = "";
      return;
    }
    start = white.lastIndex;
    next = text.slice(start, token.lastIndex);
  };
  const isName = (): boolean => /^\w/.test(next) && next !== "const" && !keywords.has(next) && !builtins.has(next);
  const take = (expected: string): void => {
    if (next !== expected) throw notPlain;
    advance();
  };

  const readType = (depth: number): TypeRef => {
    if (depth > deepest) throw notPlain;
    const from = start;
    let isConst = false;
    if (next === "const") {
      isConst = true;
      advance();
    }
    let name = "";
    if (next === "::") {
      if (isConst) throw notPlain;
      name = "::";
      advance();
    }
    if (builtins.has(next) && name === "") {
      name = next;
      advance();
      if (next === "::" || next === "<") throw notPlain;
    } else {
      for (;;) {
        if (!isName()) throw notPlain;
        const isPrimitive = primitive.test(next);
        name += next;
        advance();
        if (isPrimitive && ((next as string) === "::" || (next as string) === "<")) throw notPlain;
        if ((next as string) !== "::") break;
        name += "::";
        advance();
      }
    }
    const args: TypeRef[] = [];
    if (next === "<") {
      advance();
      for (;;) {
        args.push(readType(depth + 1));
        if ((next as string) === ">") break;
        take(",");
      }
      advance();
      if ((next as string) === "::") throw notPlain;
    }
    if (next === "const") {
      // Among template arguments, the spelling of the whole would keep the order.
      if (isConst || depth > 0) throw notPlain;
      isConst = true;
      advance();
    }
    const reference = next === "&" || next === "&&" ? next : "";
    if (reference !== "") advance();
    const inner = args.length === 0 ? "" : `<${args.map(({ spelling }) => spelling).join(", ")}>`;
    const spelling = `${isConst ? "const " : ""}${name}${inner}${reference}`;
    return { spelling, name, args, isConst, reference, span: places.span(from, end) };
  };

  const readDefault = (): DefaultRef => {
    white.lastIndex = start + 1;
    white.test(text);
    const from = white.lastIndex;
    value.lastIndex = from;
    const found = value.exec(text)?.[0];
    if (
      found === undefined ||
      from + found.length > at.end ||
      keywords.has(found) !== /^(?:true|false|nullptr)$/.test(found)
    ) {
      throw notPlain;
    }
    start = from;
    next = found;
    advance();
    return { text: found, span: places.span(from, from + found.length) };
  };

  const readParameter = (): ParameterDecl => {
    const from = start;
    const type = readType(0);
    let name: string | null = null;
    if (isName()) {
      name = next;
      advance();
    }
    const given = next === "=" ? readDefault() : null;
    if (next !== "," && next !== ")") throw notPlain;
    return { name, type, default: given, span: places.span(from, end) };
  };

  advance();
  const returns = readType(0);
  if (!isName()) throw notPlain;
  const name = next;
  const span = places.span(start, start + name.length);
  advance();
  take("(");
  const parameters: ParameterDecl[] = [];
  while (next !== ")") {
    if (parameters.length > 0) take(",");
    parameters.push(readParameter());
  }
  advance();
  if ((next as string) !== "") throw notPlain;
  const [only] = parameters;
  const isVoid = parameters.length === 1 && only?.name === null && only.type.spelling === "void";
  return { name, span, returns, parameters: isVoid ? [] : parameters };
}
