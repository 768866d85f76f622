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

const none = { optional: null, list: null };
const text = { before: "texts", after: "utf8" };

export const rRows: Readonly<Record<TypeId, RRow>> = {
  tensor: {
    ...byClass("torch::Tensor", "tx$tensor", "a tensor"),
    optional: byClass("torch::optional::Tensor", "tx$optional(tx$tensor)", "a tensor, or NULL"),
    list: byClass("torch::TensorList", "tx$list(tx$tensor)", "a list of tensors"),
  },
  int64: {
    // Rcpp makes -2^63 of NA and of 1e300, 1 of 1.7, and 0 of an integer64.
    ...byValue("SEXP", "int64", "tx$int64", "a whole number"),
    optional: null,
    list: byClass("torch::vector::int64_t", "tx$int64_vector", "whole numbers", {
      before: "whole_numbers",
      after: "exact_int64",
    }),
  },
  // The least int32 is R's NA.
  int32: { ...byValue("SEXP", "int32", "tx$int32", "a whole number of at most 32 bits"), ...none },
  float: { ...byValue("double", "double", "tx$double", "a number"), ...none },
  double: {
    ...byValue("double", "double", "tx$double", "a number"),
    optional: byClass("XPtrTorchOptionaldouble", "tx$optional(tx$double)", "a number, or NULL"),
    list: byClass("torch::vector::double_t", "tx$double_vector", "numbers", { before: "numbers" }),
  },
  bool: {
    ...byValue("bool", "bool", "tx$bool", "TRUE or FALSE"),
    optional: byClass("torch::optional::bool_t", "tx$optional(tx$bool)", "TRUE, FALSE or NULL"),
    list: byClass("torch::vector::bool_t", "tx$bool_vector", "a logical vector", { before: "logicals" }),
  },
  string: {
    ...byClass("torch::string", "tx$string", "a string", text),
    optional: byClass("XPtrTorchoptional_string", "tx$optional(tx$string)", "a string, or NULL", text),
    list: byClass("torch::vector::string", "tx$string_vector", "a character vector", text),
  },
  scalar: {
    // A NULL would be a null handle, which libtorch follows. Complex ones the class has neither way, larger integers not out.
    ...byClass("torch::Scalar", "tx$scalar", "a number, real or complex, TRUE or FALSE", {
      before: "scalar",
      write: "write_scalar<torch::Scalar, torch::vector::double_t>",
      accessor: "scalar_parts",
    }),
    ...none,
  },
  dtype: { ...byClass("torch::Dtype", "tx$dtype", "a dtype"), ...none },
  device: { ...byClass("torch::Device", "tx$device", "a device"), ...none },
  layout: { ...byValue("SEXP", "layout", "tx$layout", "the name of a layout"), ...none },
  memoryFormat: {
    ...byClass("torch::MemoryFormat", "tx$memory_format", "a memory format"),
    optional: byClass("XPtrTorchoptional_memory_format", "tx$optional(tx$memory_format)", "a memory format, or NULL"),
    list: null,
  },
  generator: {
    ...byClass("torch::Generator", "tx$generator", "a random generator"),
    optional: byClass("torch::optional::Generator", "tx$optional(tx$generator)", "a random generator, or NULL"),
    list: null,
  },
  pointer: { ...byValue("SEXP", "pointer", "tx$pointer", "an external pointer"), ...none },
  void: { ...byValue("void", "nothing", "tx$nothing", "nothing"), ...none },
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
