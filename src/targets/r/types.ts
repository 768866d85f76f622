// The R column: how each type stands in Rcpp and in R. A type with a class of R's torch crosses the glue as that class; all that
// has none, or whose class loses or crashes on something, crosses as SEXP and is converted by glue of our own.
import type { Type, TypeId } from "../../model/module.js";

/** How a row, or the optional or list of one, stands in R. */
export interface RForm {
  /**
   * What stands in a signature of the glue: a class of R's torch, made of a SEXP or of a handle, that gives both back; a C type
   * that Rcpp converts once the wrapper has checked it; or SEXP.
   */
  readonly glue: string;
  /** `torch_extension::<read>` makes a C value of a SEXP, `<write>` a SEXP of a C value. Null where the class does it. */
  readonly read: string | null;
  readonly write: string | null;
  /** `torch_extension::<before>` refuses what the class would lose or crash on, where no wrapper checked it; null where it takes all. */
  readonly before: string | null;
  /** `torch_extension::<after>` mends what the class makes of a result; null where nothing is to be mended. */
  readonly after: string | null;
  /** What `write` asks about a handle that a class reads: the end of the name of a C function of the package's own. */
  readonly accessor: "scalar_parts" | null;
  /** The R function that checks an argument before Rcpp would convert it silently: `tx$int64`. */
  readonly check: string;
  /** In the documentation of an argument. */
  readonly title: string;
}

interface RRow extends RForm {
  readonly optional: RForm | null;
  readonly list: RForm | null;
  /** The type of R vector that a list of such elements is, `REALSXP`; null if it is a list in R. */
  readonly vectorType: string | null;
  /** How such vectors are checked, described and made empty if R's torch has no class for them; null if they are lists in R. */
  readonly vector: RVector | null;
  /** The C type to which a value of R is cast; null if it has that type. */
  readonly cast: string | null;
  /** Whether the names of a list in R are such values as they are. */
  readonly isName: boolean;
}

interface RVector {
  readonly check: string;
  readonly title: string;
  /** The function of base R that makes an empty one. */
  readonly empty: string;
}

function byClass(
  glue: string,
  check: string,
  title: string,
  mend: Partial<Pick<RForm, "before" | "after" | "write" | "accessor">> = {},
): RForm {
  return { glue, read: null, write: null, before: null, after: null, accessor: null, ...mend, check, title };
}

function byValue(glue: string, name: string, check: string, title: string): RForm {
  const own = { read: `read_${name}`, write: `write_${name}` };
  return { glue, ...own, before: null, after: null, accessor: null, check, title };
}

const alone = { vectorType: null, vector: null, cast: null, isName: false };
const none = { ...alone, optional: null, list: null };

function vector(vectorType: string, check: string, title: string, empty: string): Pick<RRow, "vectorType" | "vector"> {
  return { vectorType, vector: { check, title, empty } };
}
const text = { before: "texts", after: "utf8" };

export const rRows: Readonly<Record<TypeId, RRow>> = {
  tensor: {
    ...alone,
    ...byClass("torch::Tensor", "tx$tensor", "a tensor"),
    optional: byClass("torch::optional::Tensor", "tx$optional(tx$tensor)", "a tensor, or NULL"),
    list: byClass("torch::TensorList", "tx$list(tx$tensor)", "a list of tensors"),
  },
  int64: {
    ...none,
    // Rcpp makes -2^63 of NA and of 1e300, 1 of 1.7, and 0 of an integer64.
    ...byValue("SEXP", "int64", "tx$int64", "a whole number"),
    list: byClass("torch::vector::int64_t", "tx$int64_vector", "whole numbers", {
      before: "whole_numbers",
      after: "exact_int64",
    }),
    ...vector("REALSXP", "tx$int64_vector", "whole numbers", "numeric"),
  },
  int32: {
    ...none,
    // The least int32 is R's NA.
    ...byValue("SEXP", "int32", "tx$int32", "a whole number of at most 32 bits"),
    ...vector("INTSXP", "tx$int32_vector", "whole numbers of at most 32 bits", "numeric"),
  },
  float: {
    ...none,
    ...byValue("double", "double", "tx$double", "a number"),
    ...vector("REALSXP", "tx$double_vector", "numbers", "numeric"),
    cast: "float",
  },
  double: {
    ...alone,
    ...byValue("double", "double", "tx$double", "a number"),
    optional: byClass("XPtrTorchOptionaldouble", "tx$optional(tx$double)", "a number, or NULL"),
    list: byClass("torch::vector::double_t", "tx$double_vector", "numbers", { before: "numbers" }),
    ...vector("REALSXP", "tx$double_vector", "numbers", "numeric"),
  },
  bool: {
    ...alone,
    ...byValue("bool", "bool", "tx$bool", "TRUE or FALSE"),
    optional: byClass("torch::optional::bool_t", "tx$optional(tx$bool)", "TRUE, FALSE or NULL"),
    list: byClass("torch::vector::bool_t", "tx$bool_vector", "a logical vector", { before: "logicals" }),
    ...vector("LGLSXP", "tx$bool_vector", "a logical vector", "logical"),
  },
  string: {
    ...alone,
    ...byClass("torch::string", "tx$string", "a string", text),
    optional: byClass("XPtrTorchoptional_string", "tx$optional(tx$string)", "a string, or NULL", text),
    list: byClass("torch::vector::string", "tx$string_vector", "a character vector", text),
    ...vector("STRSXP", "tx$string_vector", "a character vector", "character"),
    isName: true,
  },
  scalar: {
    ...none,
    // A NULL would be a null handle, which libtorch follows. Complex ones the class has neither way, larger integers not out.
    ...byClass("torch::Scalar", "tx$scalar", "a number, real or complex, TRUE or FALSE", {
      before: "scalar",
      write: "write_scalar<torch::Scalar, torch::vector::double_t>",
      accessor: "scalar_parts",
    }),
  },
  dtype: { ...none, ...byClass("torch::Dtype", "tx$dtype", "a dtype") },
  device: { ...none, ...byClass("torch::Device", "tx$device", "a device") },
  layout: { ...none, ...byValue("SEXP", "layout", "tx$layout", "the name of a layout"), vectorType: "STRSXP" },
  memoryFormat: {
    ...none,
    ...byClass("torch::MemoryFormat", "tx$memory_format", "a memory format"),
    optional: byClass("XPtrTorchoptional_memory_format", "tx$optional(tx$memory_format)", "a memory format, or NULL"),
  },
  generator: {
    ...none,
    ...byClass("torch::Generator", "tx$generator", "a random generator"),
    optional: byClass("torch::optional::Generator", "tx$optional(tx$generator)", "a random generator, or NULL"),
  },
  pointer: { ...none, ...byValue("SEXP", "pointer", "tx$pointer", "an external pointer") },
  void: { ...none, ...byValue("void", "nothing", "tx$nothing", "nothing") },
};

/** The form of a row, or of the optional or vector of one; null for a type that is derived from its parts. */
export function findRForm(type: Type): RForm | null {
  switch (type.kind) {
    case "row":
      return rRows[type.id];
    case "optional":
      return type.of.kind === "row" ? rRows[type.of.id].optional : null;
    case "list":
      return type.of.kind === "row" && type.container !== "list" ? rRows[type.of.id].list : null;
    default:
      return null;
  }
}

/** The row of a type; null for a type that is derived from its parts. */
export function rRow(type: Type): RRow | null {
  return type.kind === "row" ? rRows[type.id] : null;
}

/** Reports whether R's torch cannot read all of a result of the type, so that the C ABI has a function for the rest. */
export function needsAccessor(type: Type): boolean {
  return (rRow(type)?.accessor ?? null) !== null;
}
