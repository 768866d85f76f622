import type { SourceFile } from "../../../model/file.js";
import { lineBanner } from "../../../print/banner.js";
import type { RBinding, RSupport } from "../lower/binding.js";
import { printConverterHeader, printConverters } from "./converters.js";
import { printGlue, printGlueHeader, printTypesHeader } from "./glue.js";
import { printNative } from "./native.js";
import { printWrappers } from "./wrappers.js";

/** The header below src/ that Rcpp includes for its types. */
export interface TypesHeader {
  /** Left out: by the name in C++, which is that of the R package. */
  readonly typesHeader?: string;
  /** Whether it is the person's. */
  readonly ownTypes: boolean;
}

/** The R side of a package of ours. */
export function emitR(binding: RBinding, support: RSupport, header: TypesHeader): readonly SourceFile[] {
  const { nativeName, glueNamespace, glue } = binding;
  const { typesHeader = `${nativeName}_types.h`, ownTypes } = header;
  const converters = { glueNamespace, converters: glue.converters };
  const files = [
    { path: "src/exports.cpp", text: printGlue(binding) },
    { path: "src/exports.h", text: printGlueHeader(binding, typesHeader) },
    { path: "src/native.cpp", text: printNative(binding) },
    { path: "src/torch_extension.h", text: `${lineBanner}\n${support.header}` },
    { path: "R/generated.R", text: printWrappers(binding.wrappers, support) },
  ];
  if (!ownTypes) files.push({ path: `src/${typesHeader}`, text: printTypesHeader() });
  if (glue.converters.length > 0) {
    files.push(
      { path: "src/converters.h", text: printConverterHeader(converters, lineBanner) },
      { path: "src/converters.cpp", text: printConverters(converters, lineBanner, []) },
    );
  }
  return files;
}
