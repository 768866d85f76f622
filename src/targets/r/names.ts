// Names in R and in the glue between R and the C ABI, for the package `myext`. The glue's are torchexport's.
//
//   glue function     leaky_step → rcpp_leaky_step        C++, and R by Rcpp::compileAttributes()
//   members           Counter    → rcpp_Counter_new, rcpp_Counter_add
//   R function        leaky_step → leaky_step             name="…" where the annotation has it; reserved words get a trailing _
//   R parameter       hidden     → hidden                 the same
//   class             Counter    → Counter()              makes one; its objects are of S3 class myext_Counter; r="…" names both
//   converter class   typeKey    → myext_glue::tuple_tensor_int64
//   the loader's      rcpp_torch_extension_describe, _link

import { typeKey } from "../../c-abi/names.js";
import type { Type } from "../../model/module.js";
import { mendReserved } from "../../naming/reserved.js";

/** `rcpp_leaky_step`. */
export function glueFunction(functionName: string): string {
  return `rcpp_${functionName}`;
}

/** `rcpp_Counter_add`; the constructor is `new`. */
export function glueMember(className: string, member: string): string {
  return glueFunction(`${className}_${member}`);
}

/** The functions by which `.onLoad` fills and empties the table behind the C ABI. */
export const loaderFunctions = {
  describe: glueFunction("torch_extension_describe"),
  link: glueFunction("torch_extension_link"),
} as const;

/**
 * The name of an R function or parameter: as annotated, without underscores in front, since no R name begins with one; a word
 * that R reserves gets a trailing underscore.
 */
export function rName(name: string): string {
  const plain = name.replace(/^_+/, "");
  return mendReserved(/^[0-9]/.test(plain) || plain === "" ? `x${plain}` : plain, "r");
}

/** What R calls a class, and the function that makes its objects: `Counter`; `r="…"` where the annotation has it. */
export function rClassName({ name, hostNames }: Classy): string {
  return rName(hostNames?.r ?? name);
}

/** What is declared in C++ and named in R. */
interface Classy {
  readonly name: string;
  readonly hostNames?: { readonly r: string | null };
}

/** The S3 class of the objects of a C++ class: `myext_Counter`. */
export function s3Class(nativeName: string, { name, hostNames }: Classy): string {
  return `${nativeName}_${hostNames?.r ?? name}`;
}

/** The namespace of the converters: `myext_glue`. */
export function glueNamespace(nativeName: string): string {
  return `${nativeName}_glue`;
}

/** The class, or the pair of functions, that converts a derived type between R and the C ABI: `tuple2_tensor_int64`. */
export function converterName(nativeName: string, type: Type): string {
  return typeKey(nativeName, type);
}

/** torchexport's tolower(Package). */
export function nativeNameOfR(packageName: string): string {
  return packageName.toLowerCase();
}

// Packages that every R has: one of the same name would take their place.
const basePackages: ReadonlySet<string> = new Set([
  ...["base", "compiler", "datasets", "graphics", "grid", "methods", "parallel", "splines", "stats", "tcltk", "tools"],
  ...["utils", "translations", "boot", "class", "cluster", "codetools", "foreign", "lattice", "mgcv", "nlme", "nnet"],
  ...["rpart", "spatial", "survival", "rlang", "testthat", "knitr", "rmarkdown"],
]);

/** Why an R package cannot have this name, in one sentence without its full stop, or null. */
export function rPackageNameProblem(name: string): string | null {
  if (name.length < 2) return `"${name}" is too short for an R package, whose name has two letters at least`;
  if (basePackages.has(name)) return `"${name}" is an R package already, which every package here needs`;
  return null;
}
