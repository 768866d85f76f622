import type { Io } from "../io.js";
import { type CallStackFunction, fileText } from "../targets/call-stack/call-stack.js";

/** Shows functions as each layer will have them: signatures and files. @param names qualified, or by their last name */
export function showLayers(functions: readonly CallStackFunction[], names: readonly string[], io: Io): void {
  const isShown = ({ title }: CallStackFunction): boolean =>
    names.some((name) => title === name || title.endsWith(`::${name}`));
  for (const { title, layers } of functions.filter(isShown)) {
    const width = Math.max(...layers.map(({ name }) => name.length));
    io.out(`${title}, layer by layer:`);
    for (const layer of layers) io.out(`  ${layer.name.padEnd(width)}  ${layer.signature}  (${fileText(layer)})`);
  }
}
