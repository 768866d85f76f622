import type { SourceFile } from "../../ir/file.js";
import type { RBinding, RSupport } from "../../lower/r.js";
import { lineBanner } from "../banner.js";
import { printConverterHeader, printConverters } from "./converters.js";
import { printGlue, printGlueHeader, printTypesHeader } from "./glue.js";
import { printNative } from "./native.js";
import { printWrappers } from "./wrappers.js";

/** The R side of a package of ours. `ownTypes`: whether `src/<pkg>_types.h` is the person's. */
export function emitR(binding: RBinding, support: RSupport, ownTypes: boolean): readonly SourceFile[] {
  const { nativeName, glueNamespace, glue } = binding;
  const converters = { glueNamespace, converters: glue.converters };
  const files = [
    { path: "src/exports.cpp", text: printGlue(binding) },
    { path: "src/exports.h", text: printGlueHeader(binding) },
    { path: "src/native.cpp", text: printNative(binding) },
    { path: "src/torch_extension.h", text: `${lineBanner}\n${support.header}` },
    { path: "R/generated.R", text: printWrappers(binding.wrappers, support) },
  ];
  if (!ownTypes) files.push({ path: `src/${nativeName}_types.h`, text: printTypesHeader() });
  if (glue.converters.length > 0) {
    files.push(
      { path: "src/converters.h", text: printConverterHeader(converters, lineBanner) },
      { path: "src/converters.cpp", text: printConverters(converters, lineBanner, []) },
    );
  }
  return files;
}
