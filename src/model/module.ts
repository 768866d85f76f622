// What `resolve` makes of the declarations: every type known, every default a value.
import type { Doc, HostNames, RegistrationDecl } from "./declaration.js";
import type { ModuleMode } from "./package.js";
import type { Span } from "./span.js";

/** A row of the registry, by its id. */
export type TypeId =
  | "tensor"
  | "int64"
  | "int32"
  | "float"
  | "double"
  | "bool"
  | "string"
  | "scalar"
  | "dtype"
  | "device"
  | "layout"
  | "memoryFormat"
  | "generator"
  | "pointer"
  | "void";

/**
 * A type, derived from registry rows. Structural: two spellings of one type are deeply equal. What a host sees is decided by
 * `kind` and its parts; `container` and `pair` tell C++ classes of one shape apart, which only C++ asks for.
 */
export type Type =
  | { readonly kind: "row"; readonly id: TypeId }
  | { readonly kind: "optional"; readonly of: Type }
  /** A `std::vector`; else a view that is taken of one (`at::ArrayRef<T>`, parameters only), or a `c10::List`. */
  | { readonly kind: "list"; readonly of: Type; readonly container?: "arrayRef" | "list" }
  /** A `std::array`, a list of so many elements. */
  | { readonly kind: "list"; readonly of: Type; readonly container: "array"; readonly length: number }
  /** A `std::tuple`; a `std::pair` where it says so. */
  | { readonly kind: "tuple"; readonly of: readonly Type[]; readonly pair?: true }
  /** A `c10::Dict`; else a `std::map` or `std::unordered_map`. Keys are strings or int64. */
  | {
      readonly kind: "dict";
      readonly key: Type;
      readonly value: Type;
      readonly container?: "map" | "unorderedMap";
    }
  | { readonly kind: "enum"; readonly decl: EnumInfo }
  | { readonly kind: "record"; readonly decl: RecordInfo }
  /** An object of a class, by value or reference; else a smart pointer to one, which to hosts is the same. */
  | { readonly kind: "handle"; readonly decl: HandleInfo; readonly pointer?: SmartPointer }
  /** A row of `register_types=`: the user writes make_raw::<raw> and from_raw::<raw>, `host` is R's class. */
  | {
      readonly kind: "registered";
      readonly cpp: string;
      readonly raw: string;
      readonly abi: string;
      readonly host: string;
    }
  /** A type that a package which switched uses, and that passes every layer as it is spelled. */
  | { readonly kind: "foreign"; readonly spelling: string };

/** `std::shared_ptr`, `std::unique_ptr` (results only) or `c10::intrusive_ptr`. */
export type SmartPointer = "shared" | "unique" | "intrusive";

/** What is declared in C++ and has a name there. */
interface Declared {
  readonly name: string;
  readonly namespace: readonly string[];
  readonly doc: string | null;
  /** What hosts call it, where the annotation says so. */
  readonly hostNames?: HostNames;
}

/** A user-owned header, as an #include below csrc/include names it: `myext/myext.h`. */
interface InHeader extends Declared {
  readonly header: string;
}

/** An enum, which crosses as int64. Values are decimal text, for their range. */
export interface EnumInfo extends InHeader {
  readonly entries: readonly { readonly name: string; readonly value: string; readonly doc: string | null }[];
}

/** An aggregate, which crosses field by field. */
export interface RecordInfo extends InHeader {
  readonly fields: readonly RecordField[];
  /** Where it is a `std::tuple` or `std::pair` to C++, and an alias gives it a name and its elements theirs. */
  readonly tuple?: "tuple" | "pair";
}

export interface RecordField {
  readonly name: string;
  readonly type: Type;
  /** Canonical, as `Parameter.spelling`. */
  readonly spelling: string;
  readonly doc: string | null;
  readonly default: DefaultValue | null;
}

/** A class behind an opaque handle; its members stand in `Module.classes`. */
export type HandleInfo = InHeader;

/** A default that every host can write as a literal. `none` is an absent optional. int64 is kept as text, for its range. */
export type DefaultValue =
  | { readonly kind: "none" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int64"; readonly text: string }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  /** An entry of an enum, by its name. */
  | { readonly kind: "enum"; readonly entry: string; readonly value: string }
  /** A dtype, layout or memory format, by the name that torch.* has for it: `float32`, `strided`, `contiguous_format`. */
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "emptyList" }
  | { readonly kind: "list"; readonly items: readonly DefaultValue[] }
  | { readonly kind: "emptyDict" };

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
  /** Whether host languages see it: `rcpp=FALSE` keeps a function at the C ABI. */
  readonly visibleToHosts: boolean;
  readonly doc: Doc | null;
  readonly span: Span;
  /** Where `name=` and `returns=` stand in the annotation. */
  readonly annotationSpans?: Readonly<Partial<Record<"name" | "returns", Span>>>;
}

/** A class of which something is exported. Its members' parameters do not name the object itself. */
export interface ExportedClass {
  readonly decl: HandleInfo;
  /** The exported constructor; its result is the handle. */
  readonly make: ExportedFunction | null;
  readonly methods: readonly ExportedMethod[];
  readonly span: Span;
}

export interface ExportedMethod extends ExportedFunction {
  readonly isConst: boolean;
}

/** All that is exported from one package, sorted by file, then by place. */
export interface Module {
  readonly packageName: string;
  /** The C prefix, C++ namespace and dispatcher namespace: `myext`. */
  readonly nativeName: string;
  /** Free functions. */
  readonly functions: readonly ExportedFunction[];
  readonly classes: readonly ExportedClass[];
  readonly mode: ModuleMode;
  readonly registrations: readonly RegistrationDecl[];
  /** How many functions are annotated, those that were refused included. */
  readonly annotated?: number;
}
