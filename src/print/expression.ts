// A language of expressions and statements that C++ and TypeScript share. All lowered code is made of it.
// Plain data: `code.ts` prints it and decides only where a line breaks.

export type Expression =
  /** Printed as it is: a name, a number, `x[0]`. */
  | { readonly kind: "verbatim"; readonly text: string }
  /** A string literal; `text` is what it means, not how it is escaped. */
  | { readonly kind: "string"; readonly text: string }
  /** `callee(a, b)`; the callee may be `new T` or `delete static_cast<T*>`. */
  | { readonly kind: "call"; readonly callee: string; readonly arguments: readonly Expression[] }
  /** `T{a, b}`, C++ alone. */
  | { readonly kind: "braced"; readonly type: string; readonly items: readonly Expression[] }
  /** `[a, b]`, TypeScript alone. */
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  /** `{ a: x, b }`, TypeScript alone. */
  | { readonly kind: "object"; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly value: Expression;
}

export type Statement =
  /** `type name = value;` In TypeScript, `type` is `const` and `name` may be a pattern. */
  | { readonly kind: "declare"; readonly type: string; readonly name: string; readonly value: Expression }
  /** `const pattern = value;`, TypeScript alone. */
  | { readonly kind: "destructure"; readonly pattern: Expression; readonly value: Expression }
  | { readonly kind: "run"; readonly value: Expression }
  | { readonly kind: "return"; readonly value: Expression }
  /** `if (condition) return value;` */
  | { readonly kind: "leaveIf"; readonly condition: Expression; readonly value: Expression };

/** A C++ function signature: types and names as they are printed. */
export interface CppSignature {
  readonly returns: string;
  readonly name: string;
  readonly parameters: readonly CppParameter[];
}

export interface CppParameter {
  readonly type: string;
  readonly name: string;
}

/** A function of the C ABI with its body. */
export interface CFunction {
  readonly signature: CppSignature;
  readonly body: readonly Statement[];
  /** Whether the body may throw. */
  readonly guarded: boolean;
  /** What it returns after an exception was kept; null for one that returns nothing. */
  readonly failure: string | null;
}

/** The user's headers, and the description of their structs and enums for the lib shim. */
export interface CppDeclared {
  /** Below csrc/include, sorted. */
  readonly headers: readonly string[];
  readonly enums: readonly {
    readonly cpp: string;
    readonly entries: readonly { readonly name: string; readonly value: string }[];
    /** Each value once. */
    readonly values: readonly string[];
  }[];
  readonly records: readonly { readonly cpp: string; readonly fields: readonly string[] }[];
}

/** Functions of the package that a generated file declares again, by their namespace: `["a", "b"]`, `[]` for none. */
export interface CppDeclarations {
  readonly namespace: readonly string[];
  readonly functions: readonly CppSignature[];
}

export function verbatim(text: string): Expression {
  return { kind: "verbatim", text };
}

export function string(text: string): Expression {
  return { kind: "string", text };
}

export function call(callee: string, ...args: readonly Expression[]): Expression {
  return { kind: "call", callee, arguments: args };
}
