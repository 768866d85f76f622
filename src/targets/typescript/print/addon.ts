import { lineBanner } from "../../../print/banner.js";
import { cpp, printStatement } from "../../../print/code.js";
import { cppString } from "../../../print/escape.js";
import { createPrinter, type PrintedFile, type Printer, WIDTH } from "../../../print/printer.js";
import type { Addon, AddonFunction } from "../lower/addon.js";
import type { Codec } from "../lower/codecs.js";

/** The unit of the glue. */
export const addonPath = "csrc/node/addon.cpp";

/** `addon.cpp`: the package's part of the Node addon. Sees no torch header. */
export function printAddon(addon: Addon): PrintedFile {
  const printer = createPrinter();
  printer.line(
    lineBanner,
    `#define ${addon.headersOnlyMacro}`,
    `#include <${addon.nativeName}/exports.h>`,
    "#include <torch_extension/node.h>",
    "",
    "namespace {",
  );
  if (addon.functions.length > 0) {
    printer.line(
      "// Asked after each call.",
      `const tx::node::Package package{${addon.lastErrorSymbol}, ${addon.lastErrorClearSymbol}};`,
    );
  }
  if (addon.codecs.length > 0) {
    printer.blank();
    printer.line(
      "// Types that are made of others: how their parts cross, and the functions of exports.h that take them apart.",
    );
  }
  for (const codec of addon.codecs) printCodec(printer, codec);
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
  return printer.file(addonPath);
}

function printCodec(printer: Printer, codec: Codec): void {
  const line = `using ${codec.name} = ${codec.template}<${codec.arguments.join(", ")}>;`;
  if (line.length <= WIDTH) {
    printer.line(line);
    return;
  }
  printer.line(`using ${codec.name} = ${codec.template}<`);
  printer.indented(() =>
    printer.line(...codec.arguments.map((arg, i, all) => arg + (i < all.length - 1 ? "," : ">;"))),
  );
}

function printFunction(printer: Printer, { key, name, label, arity, body }: AddonFunction): void {
  printer.blank();
  printer.mark(key);
  printer.line(`napi_value ${name}(napi_env env, napi_callback_info info) {`);
  printer.indented(() => {
    printer.line(`tx::node::Call call(package, env, info, ${arity}, ${cppString(label)});`);
    for (const statement of body) printStatement(printer, cpp, statement);
  });
  printer.line("}");
}

function exportLine(hostName: string, name: string): string {
  return `tx::node::export_function(env, exports, ${cppString(hostName)}, ${name});`;
}
