import type { Generated } from "../generate/generate.js";
import type { Io } from "../io.js";
import { type CallStackFunction, lowerDocs } from "../targets/call-stack/lower.js";

/** Functions as each layer will have them: signatures and files. @param names qualified, or by their last name */
export function showLayers({ module }: Generated, names: readonly string[], io: Io): void {
  const { functions } = lowerDocs(module);
  const isShown = ({ title }: CallStackFunction): boolean =>
    names.some((name) => title === name || title.endsWith(`::${name}`));
  for (const { title, layers } of functions.filter(isShown)) {
    const width = Math.max(...layers.map(({ name }) => name.length));
    io.out(`${title}, layer by layer:`);
    for (const { name, signature, file } of layers) io.out(`  ${name.padEnd(width)}  ${signature}  (${file})`);
  }
}
