import { lineBanner } from "../../../print/banner.js";
import { cppString } from "../../../print/escape.js";
import { createPrinter, type PrintedFile, type Printer } from "../../../print/printer.js";
import type { RBinding } from "../lower/binding.js";
import type { Trampoline } from "../lower/native.js";
import { forwarded, oneLine } from "./signature.js";

/** The C ABI inside the glue. */
export const nativePath = "src/native.cpp";

/** `src/native.cpp`: the C ABI as trampolines, and what fills their table. */
export function printNative({ native, macros }: RBinding): PrintedFile {
  const { packageName, nativeName, trampolines, errors, loader } = native;
  const printer = createPrinter();
  printer.line(
    lineBanner,
    "// This unit has the bodies of torch.h.",
    "#define TORCH_IMPL",
    "#define IMPORT_TORCH",
    '#include "exports.h"',
    "",
    "namespace {",
    "",
    "// A function of the native library, null until .onLoad has found it.",
    "struct Symbol {",
    "  const char* name;",
    "  torch_extension::Function address;",
    "};",
    "",
    "Symbol symbols[] = {",
  );
  printer.indented(() => {
    for (const { signature } of trampolines) printer.line(`{"${signature.name}", nullptr},`);
  });
  const describe = `Rcpp::List ${loader.describe} ()`;
  const link = `SEXP ${loader.link} (SEXP addresses)`;
  printer.export(describe);
  printer.export(link);
  const missing = `The native part of ${packageName} is not loaded.`;
  printer.line(
    "};",
    "",
    "// Why they are not there, and what to run.",
    `std::string missing = ${cppString(missing)};`,
    "",
    "template <class F>",
    "F find(std::size_t index) {",
    "  if (symbols[index].address == nullptr) Rcpp::stop(missing);",
    "  return reinterpret_cast<F>(symbols[index].address);",
    "}",
    "",
    "}  // namespace",
  );
  for (const [index, trampoline] of trampolines.entries()) printTrampoline(printer, macros.api, index, trampoline);
  printer.blank();
  printer.line(
    "void host_exception_handler() {",
    `  void* error = ${errors.last}();`,
    "  if (error == nullptr) return;",
    "  const Rcpp::RObject text = static_cast<SEXP>(torch::string(error));",
    `  ${errors.clear}();`,
    '  Rcpp::stop(torch_extension::read_text(text, "a message"));',
    "}",
    "",
    "// What the native library must be: its name, the hash of its interface, and the names of its functions.",
    "// [[Rcpp::export]]",
    `${describe} {`,
    "  Rcpp::CharacterVector names;",
    "  for (const Symbol& symbol : symbols) names.push_back(symbol.name);",
    "  return Rcpp::List::create(",
    `    Rcpp::Named("name") = "${nativeName}",`,
    `    Rcpp::Named("interface") = ${macros.interface},`,
    '    Rcpp::Named("symbols") = names',
    "  );",
    "}",
    "",
    "// Takes their addresses, in the same order; NULL when the library goes, or a string: why there is none. Returns why the",
    "// operators are not registered, or NULL.",
    "// [[Rcpp::export]]",
    `${link} {`,
    "  const bool comes = TYPEOF(addresses) == VECSXP;",
    "  R_xlen_t i = 0;",
    "  for (Symbol& symbol : symbols) {",
    "    symbol.address =",
    "        comes ? reinterpret_cast<torch_extension::Function>(R_ExternalPtrAddrFn(VECTOR_ELT(addresses, i++))) : nullptr;",
    "  }",
    '  if (TYPEOF(addresses) == STRSXP) missing = torch_extension::read_text(addresses, "a message");',
    "  if (!comes) return R_NilValue;",
    `  const char* problem = ${errors.operators}();`,
    "  return problem == nullptr ? R_NilValue : Rf_mkString(problem);",
    "}",
  );
  return printer.file(nativePath);
}

function printTrampoline(printer: Printer, api: string, index: number, { signature, isSilent }: Trampoline): void {
  const called = `find<decltype(&${signature.name})>(${index})(${forwarded(signature)})`;
  printer.blank();
  printer.mark(signature.name);
  printer.line(`${api} ${oneLine(signature)} {`);
  printer.indented(() => {
    if (isSilent) {
      const nothing = signature.returns === "void" ? "return;" : "return nullptr;";
      printer.line(`if (symbols[${index}].address == nullptr) ${nothing}`);
    }
    printer.line(signature.returns === "void" ? `${called};` : `return ${called};`);
  });
  printer.line("}");
}
