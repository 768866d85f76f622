// A declaration and its definition may both be annotated, or both branches of an `#if`: that is one function.
import type { ExportedFunction, Parameter } from "../../model/module.js";

/** Each function once. Those of one signature whose annotations or defaults contradict stay apart, for `check` to refuse. */
export function mergeDeclarations(functions: readonly ExportedFunction[]): readonly ExportedFunction[] {
  const merged: ExportedFunction[] = [];
  const places = new Map<string, number>();
  for (const fn of functions) {
    const key = JSON.stringify([fn.namespace, fn.name, fn.parameters.map(({ spelling }) => spelling)]);
    const place = places.get(key);
    const first = place === undefined ? undefined : merged[place];
    const both = first === undefined ? null : merge(first, fn);
    if (place !== undefined && both !== null) {
      merged[place] = both;
      continue;
    }
    if (place === undefined) places.set(key, merged.length);
    merged.push(fn);
  }
  return merged;
}

/** One function of two declarations; null where they contradict. */
function merge(a: ExportedFunction, b: ExportedFunction): ExportedFunction | null {
  const annotation = ({ hostName, returnNames, visibleToHosts, returnsSpelling }: ExportedFunction) =>
    JSON.stringify([hostName, returnNames, visibleToHosts, returnsSpelling]);
  if (annotation(a) !== annotation(b)) return null;
  const parameters: Parameter[] = [];
  for (const [i, first] of a.parameters.entries()) {
    const second = b.parameters[i];
    if (second === undefined) return null;
    const defaults = [first.default, second.default].filter((value) => value !== null);
    if (defaults.length === 2 && JSON.stringify(defaults[0]) !== JSON.stringify(defaults[1])) return null;
    const isNamed = first.name !== `arg${i}`;
    parameters.push({ ...(isNamed ? first : second), default: defaults[0] ?? null });
  }
  return { ...a, parameters, doc: a.doc ?? b.doc };
}
