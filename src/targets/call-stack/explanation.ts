import { createPrinter, WIDTH, wrapProse } from "../../print/printer.js";
import type { CallStack, CallStackFunction } from "./lower.js";

/**
 * One function's way through all layers, for a terminal: from the C++ outwards, the dispatcher last.
 * @param placesOf where a layer stands, as `file:line`
 */
export function printExplanation(
  explained: CallStackFunction,
  hosts: CallStack["hosts"],
  placesOf: (layer: CallStackFunction["layers"][number]) => string,
): string {
  const printer = createPrinter();
  printer.line(explained.title);
  if (explained.summary !== "") {
    printer.indented(() => {
      for (const line of wrapProse(explained.summary, WIDTH - 2)) printer.line(line);
    });
  }
  const isDispatcher = ({ name }: { readonly name: string }): boolean => name === "dispatcher";
  const hosted = explained.layers.filter((layer) => !isDispatcher(layer)).reverse();
  for (const layer of [...hosted, ...explained.layers.filter(isDispatcher)]) {
    printer.line("", `${layer.name}: ${placesOf(layer)}`);
    printer.indented(() => printer.line(layer.signature));
  }
  for (const { name, title, cpp, c, typescript, r, schema, memory } of explained.values) {
    const inHosts = { ts: `TypeScript ${typescript}`, r: `R ${r}` };
    const types = [`C++ ${cpp}`, `C ${c}`, ...hosts.map((host) => inHosts[host]), `schema ${schema}`];
    printer.line("", `${name}: ${title}`);
    printer.indented(() => printer.line(types.join("  ·  "), `memory: ${memory.replaceAll("`", "")}`));
  }
  return printer.text().trimEnd();
}
