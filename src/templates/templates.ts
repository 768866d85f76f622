import ejs from "ejs";
import type { Answers } from "../model/answers.js";
import type { PlannedFile } from "../output/types.js";
import { holderOf } from "./description.js";
import * as escapes from "./escape.js";
import { hostFiles, isVendoredFor, packageTrees } from "./hosts.js";

/** Files by path from this package's root, with forward slashes: everything below `templates/`, `vendor/lib/` and `vendor/package/`. */
export type FileSet = ReadonlyMap<string, Uint8Array>;

export interface ScaffoldInput {
  readonly files: FileSet;
  /** The text of `.yo-rc.json`, with the keys of other generators. */
  readonly yoRc: string;
}

/**
 * Every file that is written once (user-owned) or copied as it is (vendored); the generated ones are the pipeline's.
 * Pure. Sorted by path, no path twice.
 * @throws {Error} where a template is broken or two of them write one path
 */
export function scaffold(answers: Answers, input: ScaffoldInput): readonly PlannedFile[] {
  const locals = localsOf(answers);
  const planned: PlannedFile[] = [
    ...hostFiles(answers),
    { path: ".yo-rc.json", content: input.yoRc, owner: "userOwned", merged: true },
  ];
  for (const tree of treesOf(answers)) {
    for (const [source, path] of below(input.files, `templates/${tree}/`)) {
      planned.push({ ...render(source, path, input.files, locals), owner: "userOwned" });
    }
  }
  if (answers.license !== "none") {
    const source = `templates/package/licenses/${answers.license}.txt.ejs`;
    planned.push({ ...render(source, "LICENSE.ejs", input.files, locals), owner: "userOwned" });
  }
  for (const [source, path] of below(input.files, "vendor/lib/")) {
    if (!isVendoredFor(path, answers.wrappers)) continue;
    planned.push({ path: `lib/${path}`, content: bytes(input.files, source), owner: "vendored" });
  }
  for (const host of answers.wrappers) {
    for (const [source, path] of below(input.files, `vendor/package/${host}/`)) {
      planned.push({ path, content: bytes(input.files, source), owner: "vendored" });
    }
  }
  const sorted = planned.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const [i, file] of sorted.entries()) {
    if (sorted[i + 1]?.path === file.path) throw new Error(`two templates write ${file.path}`);
  }
  return sorted;
}

/** Returns the folders below `templates/` whose files a package gets: those of every package, and those of its start. */
function treesOf({ start, wrappers }: Answers): readonly string[] {
  const ofPackage = packageTrees(wrappers).map((tree) => `package/${tree}`);
  const ofStart = ["common", ...wrappers].map((tree) => `starts/${start}/${tree}`);
  return [...ofPackage, ...ofStart];
}

function* below(files: FileSet, prefix: string): Generator<[source: string, path: string]> {
  for (const source of files.keys()) {
    if (source.startsWith(prefix)) yield [source, source.slice(prefix.length)];
  }
}

/** `_github/__native__.yml.ejs` → `.github/myext.yml`: npm drops some dot-files from a tarball, so none is stored as one. */
function targetPath(path: string, locals: Locals): string {
  const segments = path.replace(/\.ejs$/, "").split("/");
  return segments.map((segment) => segment.replace(/__native__/g, locals.native).replace(/^_(?!_)/, ".")).join("/");
}

function render(source: string, path: string, files: FileSet, locals: Locals): Omit<PlannedFile, "owner"> {
  const content = bytes(files, source);
  const target = targetPath(path, locals);
  if (!path.endsWith(".ejs")) return { path: target, content };
  try {
    // The escape functions are the templates' own: HTML's would be wrong in every file that is written.
    return { path: target, content: ejs.render(new TextDecoder().decode(content), locals, { escape: String }) };
  } catch (error) {
    throw new Error(`template ${source}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function bytes(files: FileSet, source: string): Uint8Array {
  const content = files.get(source);
  if (content === undefined) throw new Error(`${source} is missing: the generator's installation is not whole`);
  return content;
}

type Locals = ReturnType<typeof localsOf>;

/** Variables and escape functions that a template sees. */
function localsOf(answers: Answers) {
  return {
    name: answers.name,
    native: answers.nativeName,
    description: answers.description,
    /** Who the licence names: the author without the address, or the package's authors. */
    holder: holderOf(answers),
    license: answers.license,
    year: answers.year,
    start: answers.start,
    hosts: answers.wrappers,
    CUDA: answers.cuda.toUpperCase(),
    ...escapes,
  };
}
