// What `resolve` makes of the declarations: every type known, every default a value.
import type { Doc, RegistrationDecl } from "./declaration.js";
import type { Span } from "./span.js";

/** A row of the registry, by its id: `tensor`, `int64`, `double`, `bool`, `string`. */
export type TypeId = "tensor" | "int64" | "double" | "bool" | "string";

/** A type, derived from registry rows. Structural: two spellings of one type are deeply equal. */
export type Type =
  | { readonly kind: "row"; readonly id: TypeId }
  | { readonly kind: "optional"; readonly of: Type }
  | { readonly kind: "list"; readonly of: Type }
  | { readonly kind: "tuple"; readonly of: readonly Type[] };

/** A default that every host can write as a literal. `none` is an absent optional. int64 is kept as text, for its range. */
export type DefaultValue =
  | { readonly kind: "none" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int64"; readonly text: string }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "emptyList" };

export interface Parameter {
  /** The C++ name; `arg0`, `arg1`, … where the C++ has none. */
  readonly name: string;
  readonly type: Type;
  /** The C++ spelling, for the declaration that exports.cpp repeats: `const torch::Tensor&`. */
  readonly spelling: string;
  readonly default: DefaultValue | null;
  readonly span: Span;
}

export interface ExportedFunction {
  readonly name: string;
  readonly namespace: readonly string[];
  /** `name="…"` of the annotation, for host languages; null where it has none. */
  readonly hostName: string | null;
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
  readonly returnsSpelling: string;
  /** `returns=c(…)`; null where it has none. */
  readonly returnNames: readonly string[] | null;
  readonly rcpp: boolean;
  readonly doc: Doc | null;
  readonly span: Span;
  /** Where `name=` and `returns=` stand in the annotation. */
  readonly annotationSpans?: Readonly<Partial<Record<"name" | "returns", Span>>>;
}

/** All that is exported from one package, sorted by file, then by place. */
export interface Module {
  readonly packageName: string;
  /** The C prefix, C++ namespace and dispatcher namespace: `myext`. */
  readonly nativeName: string;
  readonly functions: readonly ExportedFunction[];
  readonly registrations: readonly RegistrationDecl[];
  /** How many functions are annotated, those that were refused included. */
  readonly annotated?: number;
}
