// The way of each call through all layers, assembled from the descriptions of the C ABI and the targets.
import { outlineFunctions } from "../../c-abi/describe.js";
import type { Column, Description, FunctionKey, Layer, Place, ValueForms } from "../../model/description.js";
import type { Module } from "../../model/module.js";

/** A parameter, the object of a method, or the result, in every language. */
export interface ValueRow {
  readonly name: string;
  /** The type in prose. */
  readonly title: string;
  /** By the key of the column. */
  readonly forms: Readonly<Record<string, string>>;
  /** Who owns the memory. */
  readonly memory: string;
}

export interface CallStackFunction {
  readonly key: FunctionKey;
  /** `myext::Counter::add`. */
  readonly title: string;
  readonly summary: string;
  /** From the host languages to the C++; then the dispatcher. */
  readonly layers: readonly Layer[];
  readonly values: readonly ValueRow[];
  /** Its own page, from docs/: `operators/scale.md`; null if it has none. */
  readonly page: string | null;
}

/** A page about one type, from docs/. */
export interface TypePage {
  readonly name: string;
  readonly page: string;
}

export interface CallStack {
  readonly packageName: string;
  readonly columns: readonly Column[];
  readonly functions: readonly CallStackFunction[];
  readonly types: readonly TypePage[];
}

/**
 * @param described in the order of their layers and columns
 * @param pages the package's pages below docs/ about one type or operator
 */
export function callStackOf(module: Module, described: readonly Description[], pages: readonly string[]): CallStack {
  const columns = described.flatMap((description) => description.columns);
  const functions = [...outlineFunctions(module)].map(([key, { title, summary, name, values }]): CallStackFunction => {
    const own = described.flatMap(({ functions: all }) => all.get(key) ?? []);
    const forms = own.flatMap((description) => Object.entries(description.forms));
    return {
      key,
      title,
      summary,
      layers: own.flatMap(({ layers }) => layers),
      values: values.map((value, i) => ({
        ...value,
        forms: Object.fromEntries(forms.map(([column, all]) => [column, listed(all)[i] ?? ""])),
      })),
      page: pages.find((page) => page === `operators/${name}.md`) ?? null,
    };
  });
  return { packageName: module.packageName, columns, functions, types: pages.flatMap(typePage) };
}

/** In the order of the rows. */
function listed({ self, parameters, result }: ValueForms): readonly string[] {
  return [...(self === null ? [] : [self]), ...parameters, result];
}

function typePage(page: string): readonly TypePage[] {
  const name = /^types\/(.+)\.md$/u.exec(page)?.[1];
  return name === undefined ? [] : [{ name, page }];
}

/** The files of a layer without lines, which change with every comment, and its note. */
export function fileText({ places, note }: Layer): string {
  const paths = [...new Set(places.map(({ path }) => path))].join(", ");
  return [paths, note ?? ""].filter((text) => text !== "").join("; ");
}

/** `csrc/src/a.cpp:7:15`; null if the line is unknown. */
export function placeText({ path, line, column }: Place): string | null {
  return line === null ? null : [path, line, ...(column === null ? [] : [column])].join(":");
}
