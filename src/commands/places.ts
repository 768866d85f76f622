import type { Generated } from "../generate/generate.js";
import type { SourceFile } from "../model/file.js";
import type { ExportedFunction } from "../model/module.js";
import type { CallStackFunction } from "../targets/call-stack/lower.js";

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
  const declared = declarationOf(generated.module, explained.title);
  const own = explained.title.split("::").at(-1) ?? "";
  return (layer) => {
    if (layer.name === "C++" && declared !== null) {
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

/** What the title of an explanation stands for: a function, a class by its constructor, or a method. */
function declarationOf({ functions, classes }: Generated["module"], title: string): ExportedFunction | null {
  const titleOf = (name: string, { namespace }: { readonly namespace: readonly string[] }): string =>
    [...namespace, name].join("::");
  const all = [
    ...functions.map((one) => [titleOf(one.name, one), one] as const),
    ...classes.flatMap(({ decl, make, methods }) => {
      const owner = titleOf(decl.name, decl);
      return [
        ...(make === null ? [] : [[owner, make] as const]),
        ...methods.map((method) => [`${owner}::${method.name}`, method] as const),
      ];
    }),
  ];
  return all.find(([name]) => name === title)?.[1] ?? null;
}

/** The line where one of the names is defined: where it is exported, else where it first stands before a parenthesis. */
function lineOf({ text }: SourceFile, names: readonly string[]): number | null {
  for (const name of names) {
    // A member stands in its class: `Counter.add`, `Counter$add`.
    const [owner, member] = name.split(/[.$](?=\w+$)/u);
    const from = member === undefined ? 0 : text.search(new RegExp(`^(?:export class ${owner}\\b|${owner} <- )`, "mu"));
    if (from < 0) continue;
    const found = member === undefined ? definition(text, name) : definition(text.slice(from), member);
    if (found >= 0) return text.slice(0, from + found).split("\n").length;
  }
  return null;
}

function definition(text: string, plainName: string): number {
  const name = plainName.replace(/[$.]/gu, "\\$&");
  const patterns = [
    `^export (?:async )?function ${name}\\(`,
    `^export class ${name}\\b`,
    `^\\s*\`?${name}\`? (?:<-|=) function\\(`,
    `(?<![\\w$.:"])${prefixes}${name}\\s*\\(`,
  ];
  for (const pattern of patterns) {
    const at = text.search(new RegExp(pattern, "mu"));
    if (at >= 0) return at + (/^\s*/u.exec(text.slice(at))?.[0].length ?? 0);
  }
  return -1;
}
