// The R column: how each type stands in Rcpp and in R. A type with a class of R's torch crosses the glue as that class; all that
// has none, or whose class loses or crashes on something, crosses as SEXP and is converted by glue of our own.
import type { Type, TypeId } from "../ir/module.js";

/** How a row, or the optional or list of one, stands in R. */
export interface RForm {
  /**
   * The class of R's torch, made of a SEXP or of a handle, that gives both back; null where the glue reads and writes a SEXP
   * itself by `read` and `write`.
   */
  readonly rcpp: string | null;
  /** `torch_extension::<read>` makes a C value of a SEXP, `<write>` a SEXP of a C value. Null where `rcpp` does both. */
  readonly read: string | null;
  readonly write: string | null;
  /** The R function that checks an argument before Rcpp would convert it silently: `tx_int64`. */
  readonly check: string;
  /** In the documentation of an argument. */
  readonly title: string;
}

interface RRow extends RForm {
  readonly optional: RForm | null;
  readonly list: RForm | null;
}

function byClass(rcpp: string, check: string, title: string): RForm {
  return { rcpp, read: null, write: null, check, title };
}

function byValue(name: string, check: string, title: string): RForm {
  return { rcpp: null, read: `read_${name}`, write: `write_${name}`, check, title };
}

const none = { optional: null, list: null };

export const rRows: Readonly<Record<TypeId, RRow>> = {
  tensor: {
    ...byClass("torch::Tensor", "tx_tensor", "a tensor"),
    optional: byClass("torch::optional::Tensor", "tx_optional(tx_tensor)", "a tensor, or NULL"),
    list: byClass("torch::TensorList", "tx_list(tx_tensor)", "a list of tensors"),
  },
  int64: {
    // Rcpp makes -2^63 of NA and of 1e300, 1 of 1.7, and 0 of an integer64.
    ...byValue("int64", "tx_int64", "a whole number"),
    optional: null,
    list: byClass("torch::vector::int64_t", "tx_int64_vector", "whole numbers"),
  },
  int32: { ...byValue("int32", "tx_int32", "a whole number of at most 32 bits"), ...none },
  float: { ...byValue("double", "tx_double", "a number"), ...none },
  double: {
    ...byValue("double", "tx_double", "a number"),
    optional: byClass("XPtrTorchOptionaldouble", "tx_optional(tx_double)", "a number, or NULL"),
    list: byClass("torch::vector::double_t", "tx_double_vector", "numbers"),
  },
  bool: {
    ...byValue("bool", "tx_bool", "TRUE or FALSE"),
    optional: byClass("torch::optional::bool_t", "tx_optional(tx_bool)", "TRUE, FALSE or NULL"),
    list: byClass("torch::vector::bool_t", "tx_bool_vector", "a logical vector"),
  },
  string: {
    ...byClass("torch::string", "tx_string", "a string"),
    optional: byClass("XPtrTorchoptional_string", "tx_optional(tx_string)", "a string, or NULL"),
    list: byClass("torch::vector::string", "tx_string_vector", "a character vector"),
  },
  scalar: {
    // A NULL would be a null handle, which libtorch follows.
    ...byClass("torch::Scalar", "tx_scalar", "a number, TRUE or FALSE"),
    optional: byClass("XPtrTorchoptional_scalar", "tx_optional(tx_scalar)", "a number, TRUE, FALSE or NULL"),
    list: byClass("torch::vector::Scalar", "tx_list(tx_scalar)", "a list of numbers, TRUE or FALSE"),
  },
  dtype: { ...byClass("torch::Dtype", "tx_dtype", "a dtype"), ...none },
  device: { ...byClass("torch::Device", "tx_device", "a device"), ...none },
  layout: { ...byValue("layout", "tx_layout", "the name of a layout"), ...none },
  memoryFormat: {
    ...byClass("torch::MemoryFormat", "tx_memory_format", "a memory format"),
    optional: byClass("XPtrTorchoptional_memory_format", "tx_optional(tx_memory_format)", "a memory format, or NULL"),
    list: null,
  },
  generator: {
    ...byClass("torch::Generator", "tx_generator", "a random generator"),
    optional: byClass("torch::optional::Generator", "tx_optional(tx_generator)", "a random generator, or NULL"),
    list: null,
  },
  pointer: { ...byValue("pointer", "tx_pointer", "an external pointer"), ...none },
  void: { ...byValue("nothing", "tx_nothing", "nothing"), ...none },
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
