// What `parse` reads from the C++, before any name in it is looked up.
import type { Span } from "./span.js";

/** A type as it is written. Qualifiers are taken off `name` and `args`, and kept apart. */
export interface TypeRef {
  /** As the user wrote it, with white space folded: `const std::vector<torch::Tensor>&`. */
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

/** One entry of `register_types=`: the C++ spelling, the name after `make_raw::`, the type at the C ABI, the host's type. */
export interface RegisteredType {
  readonly cpp: string;
  readonly raw: string;
  readonly abi: string;
  readonly host: string;
  readonly span: Span;
}

/** What hosts call a type, where that is said: `typescript="Scored"`, `r="scored"`. */
export interface HostNames {
  readonly typescript: string | null;
  readonly r: string | null;
}

/** The arguments of `[[torch::export(...)]]`. */
export interface Annotation {
  /** `name="…"`: the name in the host language. */
  readonly name: string | null;
  /** `returns=c("a", "b")`: names for the elements of a tuple or list result. */
  readonly returns: readonly string[] | null;
  /** `fields=c("a", "b")`, above an alias of a tuple: what its elements are called. */
  readonly fields: readonly string[] | null;
  /** `typescript=`, `r=`, above a type. */
  readonly hostNames: HostNames;
  /** `rcpp=FALSE`: C ABI only. */
  readonly rcpp: boolean;
  /** `register_types=…`, in order. */
  readonly registerTypes: readonly RegisteredType[];
  /** Where each argument stands that was given. */
  readonly argumentSpans: Readonly<
    Partial<Record<"name" | "returns" | "fields" | "typescript" | "r" | "rcpp" | "register_types", Span>>
  >;
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
  /** The namespaces around it, then those in front of its name: `myext::f` in the global namespace has `["myext"]`. */
  readonly namespace: readonly string[];
  /** How many of `namespace` stand in front of the name itself; they may turn out to be a class. */
  readonly qualifiers: number;
  readonly parameters: readonly ParameterDecl[];
  readonly returns: TypeRef;
  readonly annotation: Annotation;
  readonly doc: Doc | null;
  /** The name in the declarator: where a diagnostic about the function points. */
  readonly span: Span;
}

/** A declaration without annotation of what is annotated elsewhere: it may have the default arguments, or the comment. */
export type UnmarkedDecl = Omit<FunctionDecl, "annotation">;

/** A public constructor or method with an annotation above it. */
export interface MethodDecl extends FunctionDecl {
  readonly isConstructor: boolean;
  readonly isConst: boolean;
}

/** An enum, scoped or not. */
export interface EnumDecl {
  readonly name: string;
  /** Around it: namespaces, then classes. */
  readonly namespace: readonly string[];
  readonly entries: readonly {
    readonly name: string;
    /** In decimal; null where it is more than literals, operators and entries before it. */
    readonly value: string | null;
    readonly doc: string | null;
    readonly span: Span;
  }[];
  readonly doc: string | null;
  readonly hostNames?: HostNames;
  readonly span: Span;
}

/** A struct or class with a body. */
export interface RecordDecl {
  readonly name: string;
  /** Around it: namespaces, then classes. */
  readonly namespace: readonly string[];
  /** Public data members that are not static, in order. */
  readonly fields: readonly FieldDecl[];
  /** Why `{a, b}` cannot make one: `a base class`, `a constructor`, `a private member`, `a template`; null where it can. */
  readonly notAggregate: string | null;
  readonly methods: readonly MethodDecl[];
  readonly doc: string | null;
  readonly hostNames?: HostNames;
  readonly span: Span;
}

export interface FieldDecl {
  readonly name: string;
  readonly type: TypeRef;
  readonly default: DefaultRef | null;
  readonly doc: string | null;
  readonly span: Span;
}

/** `using tensor_pair = std::tuple<…>;` or the typedef of the same. */
export interface AliasDecl {
  readonly name: string;
  readonly namespace: readonly string[];
  readonly type: TypeRef;
  /** What `fields=` of an annotation above it calls the elements of its tuple; left out where there is none. */
  readonly fields?: { readonly names: readonly string[]; readonly span: Span };
  readonly doc?: string | null;
  readonly hostNames?: HostNames;
  readonly span: Span;
}

/** A name that is brought into a namespace: `using namespace torch`, `using torch::Tensor`, `namespace F = torch::nn`. */
export interface UsingDecl {
  readonly kind: "directive" | "name" | "namespaceAlias";
  /** Where it stands. */
  readonly namespace: readonly string[];
  /** The name that it makes known there; null for a directive. */
  readonly name: string | null;
  /** What it stands for, qualified as written. */
  readonly target: string;
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
  readonly unmarked: readonly UnmarkedDecl[];
  readonly aliases: readonly AliasDecl[];
  readonly usings: readonly UsingDecl[];
  /** Every namespace that is opened in the file: `myext::detail`. */
  readonly namespaces: readonly string[];
  readonly registrations: readonly RegistrationDecl[];
  readonly enums: readonly EnumDecl[];
  readonly records: readonly RecordDecl[];
  /** How many annotations there are, those that were refused included. */
  readonly annotations: number;
}
