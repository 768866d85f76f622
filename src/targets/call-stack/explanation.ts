import { C, CPP } from "../../c-abi/describe.js";
import { createPrinter, WIDTH, wrapProse } from "../../print/printer.js";
import { type CallStack, type CallStackFunction, fileText, placeText } from "./call-stack.js";

/** Prints one function's way through all layers for a terminal: from the C++ outwards, the dispatcher last. */
export function printExplanation(explained: CallStackFunction, columns: CallStack["columns"]): string {
  const printer = createPrinter();
  printer.line(explained.title);
  if (explained.summary !== "") {
    printer.indented(() => {
      for (const line of wrapProse(explained.summary, WIDTH - 2)) printer.line(line);
    });
  }
  const innermost = explained.layers.findIndex(({ name }) => name === CPP.title);
  const path = explained.layers.slice(0, innermost + 1).reverse();
  for (const layer of [...path, ...explained.layers.slice(innermost + 1)]) {
    const places = layer.places.flatMap((place) => placeText(place) ?? []);
    printer.line("", `${layer.name}: ${places.join(", ") || fileText(layer)}`);
    printer.indented(() => printer.line(layer.signature));
  }
  const native = [CPP, C];
  const ordered = [...native, ...columns.filter(({ key }) => !native.some((one) => one.key === key))];
  for (const { name, title, forms, memory } of explained.values) {
    const types = ordered.map((column) => `${column.title} ${forms[column.key] ?? ""}`);
    printer.line("", `${name}: ${title}`);
    printer.indented(() => printer.line(types.join("  ·  "), `memory: ${memory.replaceAll("`", "")}`));
  }
  return printer.text().trimEnd();
}
