import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "../model/host.js";
import type { PackageFacts, PackageNames } from "../model/package.js";
import { commandLine } from "../naming/command.js";
import { nativeNameProblem } from "../naming/package.js";
import { OutputError } from "../output/errors.js";
import { MANIFEST_FILE } from "../output/paths.js";
import type { Manifest } from "../output/types.js";
import { languages } from "../targets/list.js";
import type { HostLanguage } from "../targets/target.js";
import { readIfThere } from "./sources.js";
import { isSwitched } from "./torchexport.js";

/** A host language that a package has, with the package's name in its file; null if the file names none. */
interface FoundHost {
  readonly language: HostLanguage;
  readonly name: string | null;
}

/**
 * Detects what the package in a folder is, without configuration: each host language has a file that makes a folder its package.
 * @throws {OutputError} if the folder is not a package, or has a name that C++ cannot have
 */
export async function packageFacts(root: string, manifest: Manifest | null): Promise<PackageFacts> {
  const found = await hostsIn(root);
  const [file, names] = manifest === null ? namesOf(root, found) : [MANIFEST_FILE, manifest.names];
  const problem = nativeNameProblem(names.nativeName);
  if (problem !== null) {
    throw new OutputError(
      `${join(root, file)}: "${names.nativeName}", the C++ name of ${names.packageName}, ${problem.problem}.`,
      `Give the package another name (${problem.suggestion}, say), then run again.`,
    );
  }
  const [only] = found;
  const mayBeSwitched = found.length === 1 && only?.language.isTorchexports === true;
  return {
    names,
    // A package whose only file is the manifest is one for the first host.
    hosts:
      found.length === 0 ? languages.slice(0, 1).map(({ host }) => host) : found.map(({ language }) => language.host),
    mode: mayBeSwitched && (await isSwitched(root, names.nativeName)) ? "switched" : "ours",
    hostNames: Object.fromEntries(
      found.flatMap(({ language, name }) => (name === null ? [] : [[language.host, name]])),
    ),
    pages: await docPages(root),
  };
}

/** The hosts of the package in a folder, by the files that exist. */
export function hostsOf(root: string): readonly Host[] {
  return languages.filter(({ packageFile }) => existsSync(join(root, packageFile))).map(({ host }) => host);
}

/** The package's name in the file of each host, where a file exists and names one. */
export async function hostNamesIn(root: string): Promise<PackageFacts["hostNames"]> {
  return namesByHost(await hostsIn(root));
}

function namesByHost(found: readonly FoundHost[]): PackageFacts["hostNames"] {
  return Object.fromEntries(found.flatMap(({ language, name }) => (name === null ? [] : [[language.host, name]])));
}

async function hostsIn(root: string): Promise<readonly FoundHost[]> {
  const texts = await Promise.all(languages.map(({ packageFile }) => readIfThere(join(root, packageFile))));
  return languages.flatMap((language, i) => {
    const text = texts[i] ?? null;
    return text === null ? [] : [{ language, name: language.packageName(text) }];
  });
}

/** The existing pages below docs/types and docs/operators, sorted. */
export async function docPages(root: string): Promise<readonly string[]> {
  const folders = ["operators", "types"];
  const names = await Promise.all(folders.map((folder) => readdir(join(root, "docs", folder)).catch(() => [])));
  return folders.flatMap((folder, i) =>
    (names[i] ?? [])
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

/** The first host names the package; the last one gives the C++ name, and the file for messages about it. */
function namesOf(root: string, found: readonly FoundHost[]): [file: string, names: PackageNames] {
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) {
    if (!existsSync(root)) throw new OutputError(`There is no folder ${root}.`, "Name the folder of a package.");
    throw new OutputError(
      `${root} holds no package: none of ${[MANIFEST_FILE, ...languages.slice(0, -1).map((one) => one.packageFile)].join(", ")} and ${languages.at(-1)?.packageFile} is there.`,
      `Go into the package's folder, or name it; \`${commandLine("new <name>")}\` starts one.`,
    );
  }
  for (const { language, name } of found) {
    if (name !== null) continue;
    const path = join(root, language.packageFile);
    throw new OutputError(`${path} names no package.`, `${language.namingFix}, then run again.`);
  }
  const { packageFile, nativeName } = last.language;
  return [packageFile, { packageName: first.name ?? "", nativeName: nativeName(last.name ?? "") }];
}
