import type { Addon, AddonFunction } from "../../lower/node.js";
import { lineBanner } from "../banner.js";
import { cpp, printStatement } from "../code.js";
import { cppString } from "../escape.js";
import { createPrinter, type Printer } from "../printer.js";

/** `addon.cpp`: the package's part of the Node addon. Sees no torch header. */
export function printAddon(addon: Addon): string {
  const printer = createPrinter();
  printer.line(
    lineBanner,
    `#define ${addon.headersOnlyMacro}`,
    `#include <${addon.nativeName}/exports.h>`,
    "#include <torch_extension/node.h>",
    "",
    "namespace {",
  );
  for (const binding of addon.functions) printFunction(printer, binding);
  // Its name is no function's: all of those begin with node_.
  printer.blank();
  printer.line(
    "napi_value operators_error(napi_env env, napi_callback_info) {",
    `  return tx::node::text_or_null(env, ${addon.operatorsErrorSymbol}());`,
    "}",
    "}  // namespace",
    "",
    "TX_NODE_MODULE(exports) {",
  );
  printer.indented(() => {
    for (const { name, hostName } of addon.functions) printer.line(exportLine(hostName, name));
    printer.line(exportLine("operatorsError", "operators_error"));
  });
  printer.line("}");
  return printer.text();
}

function printFunction(printer: Printer, { name, hostName, arity, body }: AddonFunction): void {
  printer.blank();
  printer.line(`napi_value ${name}(napi_env env, napi_callback_info info) {`);
  printer.indented(() => {
    printer.line(`tx::node::Call call(env, info, ${arity}, ${cppString(hostName)});`);
    for (const statement of body) printStatement(printer, cpp, statement);
  });
  printer.line("}");
}

function exportLine(hostName: string, name: string): string {
  return `tx::node::export_function(env, exports, ${cppString(hostName)}, ${name});`;
}
