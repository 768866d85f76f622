// How each exported function passes through the layers of a package: what the targets tell the call stack.

/** Identifies an exported function, constructor or method within a package: its C symbol, `_leaky_step`. */
export type FunctionKey = string;

/** A position in a file of the package. */
export interface Place {
  /** From the package's root, with forward slashes. */
  readonly path: string;
  /** From 1; null if another tool writes the file. */
  readonly line: number | null;
  /** From 1; null if the position is a whole line. */
  readonly column: number | null;
}

/** One layer of one function. */
export interface Layer {
  /** `TypeScript`, `C ABI`, `dispatcher`. */
  readonly name: string;
  /** What the function is called there: `leakyStep`, `Counter.add`; null if it has no such layer. */
  readonly called: string | null;
  /** `–` if the function has no such layer; the note says why. */
  readonly signature: string;
  /** Where the layer is declared and defined. */
  readonly places: readonly Place[];
  readonly note: string | null;
}

/** The form of each value of a function in one language. */
export interface ValueForms {
  /** The object on which a method is called; null for a function and a constructor. */
  readonly self: string | null;
  /** In C++ order. */
  readonly parameters: readonly string[];
  readonly result: string;
}

/** One function in one target. */
export interface FunctionDescription {
  /** From the outermost to the innermost. */
  readonly layers: readonly Layer[];
  /** By the key of the column. */
  readonly forms: Readonly<Record<string, ValueForms>>;
}

/** A column of the table of values: `{ key: "typescript", title: "TypeScript" }`. */
export interface Column {
  readonly key: string;
  readonly title: string;
}

/** Every exported function in one target. */
export interface Description {
  readonly columns: readonly Column[];
  readonly functions: ReadonlyMap<FunctionKey, FunctionDescription>;
}

/** Marks what a function does not have in a layer or column. */
export const ABSENT = "–";
