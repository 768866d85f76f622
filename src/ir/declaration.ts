// What `parse` reads from the C++, before any name in it is looked up.
import type { Span } from "./span.js";

/** A type as it is written. Qualifiers are taken off `name` and `args`, and kept apart. */
export interface TypeRef {
  /** As the person wrote it, white space folded: `const std::vector<torch::Tensor>&`. */
  readonly spelling: string;
  /** The qualified name without template arguments: `std::vector`. */
  readonly name: string;
  readonly args: readonly TypeRef[];
  readonly isConst: boolean;
  readonly reference: "" | "&" | "&&" | "*";
  readonly span: Span;
}

/** A default argument, as text: `0.9`, `torch::nullopt`, `{1, 2}`. */
export interface DefaultRef {
  readonly text: string;
  readonly span: Span;
}

export interface ParameterDecl {
  /** Null where the C++ leaves it out. */
  readonly name: string | null;
  readonly type: TypeRef;
  readonly default: DefaultRef | null;
  readonly span: Span;
}

/** The arguments of `[[torch::export(...)]]`. */
export interface Annotation {
  /** `name="…"`: the name in the host language. */
  readonly name: string | null;
  /** `returns=c("a", "b")`: names for the elements of a tuple or list result. */
  readonly returns: readonly string[] | null;
  /** `rcpp=FALSE`: C ABI only. */
  readonly rcpp: boolean;
  readonly span: Span;
}

/** A doc comment, read once for every host. Markers (`///`, `*`) are taken off; line breaks kept. */
export interface Doc {
  readonly summary: string;
  /** By parameter name. */
  readonly params: Readonly<Record<string, string>>;
  readonly returns: string | null;
}

export interface FunctionDecl {
  readonly name: string;
  readonly namespace: readonly string[];
  readonly parameters: readonly ParameterDecl[];
  readonly returns: TypeRef;
  readonly annotation: Annotation;
  readonly doc: Doc | null;
  /** The name in the declarator: where a diagnostic about the function points. */
  readonly span: Span;
}

/** `using tensor_pair = std::tuple<…>;` or the typedef of the same. */
export interface AliasDecl {
  readonly name: string;
  readonly namespace: readonly string[];
  readonly type: TypeRef;
  readonly span: Span;
}

/** What a person registers with the dispatcher: `TORCH_LIBRARY(ns, m) { m.def("f(…)"); }`, `TORCH_LIBRARY_IMPL` likewise. */
export interface RegistrationDecl {
  readonly kind: "def" | "impl";
  readonly namespace: string;
  readonly operator: string;
}

export interface ParsedFile {
  readonly path: string;
  readonly functions: readonly FunctionDecl[];
  readonly aliases: readonly AliasDecl[];
  readonly registrations: readonly RegistrationDecl[];
}
