import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Host, ModuleMode } from "../model/module.js";
import { commandLine } from "../naming/command.js";
import { nativeName, nativeNameProblem } from "../naming/package.js";
import { OutputError } from "../output/errors.js";
import { MANIFEST_FILE } from "../output/paths.js";
import type { Manifest, PackageNames } from "../output/types.js";
import { nativeNameOfR } from "../targets/r/names.js";
import { readIfThere } from "./sources.js";
import { isSwitched } from "./torchexport.js";

/** What is known of a package before its C++ is read. */
export interface PackageFacts {
  readonly names: PackageNames;
  readonly hosts: readonly Host[];
  readonly mode: ModuleMode;
  /** Pages of the package's documentation about one type or operator, below docs/: `types/scored.md`. */
  readonly pages: readonly string[];
}

/**
 * What the package in a folder is, without configuration: a DESCRIPTION makes it an R package, whose Package is its name for all
 * but npm; a package.json one for TypeScript; both are both.
 * @throws {OutputError} where the folder holds no package, or names that no C++ can carry
 */
export async function packageFacts(root: string, manifest: Manifest | null): Promise<PackageFacts> {
  const [description, npm] = await Promise.all([
    readIfThere(join(root, "DESCRIPTION")),
    readIfThere(join(root, "package.json")),
  ]);
  const [file, names] = namesOf(root, manifest, description, npm);
  const problem = nativeNameProblem(names.nativeName);
  if (problem !== null) {
    throw new OutputError(
      `${join(root, file)}: "${names.nativeName}", the C++ name of ${names.packageName}, ${problem.problem}.`,
      `Give the package another name (${problem.suggestion}, say), then run again.`,
    );
  }
  const hosts: readonly Host[] = description === null ? ["ts"] : npm === null ? ["r"] : ["ts", "r"];
  const switched = description !== null && npm === null && (await isSwitched(root, names.nativeName));
  return { names, hosts, mode: switched ? "switched" : "ours", pages: await docPages(root) };
}

/** The pages below docs/types and docs/operators that are there, sorted. */
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

function namesOf(
  root: string,
  manifest: Manifest | null,
  description: string | null,
  npm: string | null,
): [file: string, names: PackageNames] {
  if (manifest !== null) return [MANIFEST_FILE, manifest.names];
  if (description === null && npm === null) {
    if (!existsSync(root)) throw new OutputError(`There is no folder ${root}.`, "Name the folder of a package.");
    throw new OutputError(
      `${root} holds no package: none of ${MANIFEST_FILE}, package.json and DESCRIPTION is there.`,
      `Go into the package's folder, or name it; \`${commandLine("new <name>")}\` starts one.`,
    );
  }
  const rName = description === null ? null : rPackageName(description);
  if (rName === undefined) {
    throw new OutputError(
      `${join(root, "DESCRIPTION")} names no package.`,
      'Give it a line "Package: <name>", then run again.',
    );
  }
  const npmName = npm === null ? null : nameIn(npm);
  if (npm !== null && npmName === null) {
    throw new OutputError(`${join(root, "package.json")} names no package.`, 'Give it a "name", then run again.');
  }
  const packageName = npmName ?? rName ?? "";
  if (rName === null) return ["package.json", { packageName, nativeName: nativeName(packageName) }];
  return ["DESCRIPTION", { packageName, nativeName: nativeNameOfR(rName) }];
}

/** The Package of a DESCRIPTION. */
export function rPackageName(description: string): string | undefined {
  return /^Package:[ \t]*(\S+)[ \t]*$/mu.exec(description)?.[1];
}

function nameIn(text: string): string | null {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === "string" && name !== "" ? name : null;
  } catch {
    return null;
  }
}
