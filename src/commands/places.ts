import type { SourceFile } from "../ir/file.js";
import type { CallStackFunction } from "../lower/docs.js";
import type { Generated } from "./generate.js";

/** The name in front of the parameters: `void* _add(void* a)` → `_add`. */
export function nameIn(signature: string): string {
  return /([\w$:.]+)\s*(?:<-\s*function\s*)?\(/u.exec(signature)?.[1] ?? signature;
}

type Layer = CallStackFunction["layers"][number];

/** Prefixes that a generated function has in front of the C++ name: of the addon, of the dispatcher's kernels, of Rcpp's glue. */
const prefixes = "(?:node_|boxed_|rcpp_|_)?";

/**
 * Where each layer of a function stands, as `file:line`. Looked up in what was generated just now, since no generated file
 * holds a line number.
 */
export function placesOf(generated: Generated, explained: CallStackFunction): (layer: Layer) => readonly string[] {
  const { module } = generated;
  const all = [
    ...module.functions,
    ...module.classes.flatMap(({ make, methods }) => [...(make ? [make] : []), ...methods]),
  ];
  const declared = all.find((one) => [...one.namespace, one.name].join("::") === explained.title);
  const own = explained.title.split("::").at(-1) ?? "";
  return (layer) => {
    if (layer.name === "C++" && declared !== undefined) {
      const { file, start } = declared.span;
      return [`${file}:${start.line}:${start.column}`];
    }
    const name = nameIn(layer.signature);
    return generated.texts.flatMap((file) => {
      const named = layer.file.split(/[,;]\s*/u).includes(file.path);
      const line = named ? lineOf(file, [name, own]) : null;
      return line === null ? [] : [`${file.path}:${line}`];
    });
  };
}

/** The line where one of the names is defined: where it is exported, else where it first stands before a parenthesis. */
function lineOf({ text }: SourceFile, names: readonly string[]): number | null {
  const patterns = names.flatMap((name) => {
    const escaped = name.replace(/[$.]/gu, "\\$&");
    return [
      `^export (?:async )?function ${escaped}\\(`,
      `^${escaped} <- function\\(`,
      `(?<![\\w$.:"])${prefixes}${escaped}\\s*\\(`,
    ];
  });
  for (const pattern of patterns) {
    const at = text.search(new RegExp(pattern, "mu"));
    if (at >= 0) return text.slice(0, at).split("\n").length;
  }
  return null;
}
