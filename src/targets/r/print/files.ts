import { lineBanner } from "../../../print/banner.js";
import { type PrintedFile, plainFile } from "../../../print/printer.js";
import type { RBinding } from "../lower/binding.js";
import { printConverterHeader, printConverters } from "./converters.js";
import { printGlue, printGlueHeader, printTypesHeader } from "./glue.js";
import { printNative } from "./native.js";
import { printWrappers } from "./wrappers.js";

/** The header below src/ that Rcpp includes for its types. */
export interface TypesHeader {
  /** `<Package>_types.h`. */
  readonly typesHeader: string;
  /** Whether the file is user-owned. */
  readonly ownTypes: boolean;
}

/** The R side of a package of ours. */
/** @param support the text of `torch_extension.h` */
export function printR(binding: RBinding, support: string, header: TypesHeader): readonly PrintedFile[] {
  const { glueNamespace, glue } = binding;
  const { typesHeader, ownTypes } = header;
  const converters = { glueNamespace, converters: glue.converters };
  const files = [
    printGlue(binding),
    plainFile("src/exports.h", printGlueHeader(binding, typesHeader)),
    printNative(binding),
    plainFile("src/torch_extension.h", `${lineBanner}\n${support}`),
    printWrappers(binding.wrappers),
  ];
  if (!ownTypes) files.push(plainFile(`src/${typesHeader}`, printTypesHeader()));
  if (glue.converters.length > 0) {
    files.push(
      plainFile("src/converters.h", printConverterHeader(converters, lineBanner)),
      plainFile("src/converters.cpp", printConverters(converters, lineBanner, [])),
    );
  }
  return files;
}
