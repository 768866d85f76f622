import { join } from "node:path";
import { nativeName, nativeNameProblem } from "../names/package.js";
import { OutputError } from "../output/errors.js";
import { MANIFEST_FILE } from "../output/paths.js";
import type { Manifest, PackageNames } from "../output/types.js";
import { readIfThere } from "./sources.js";

/**
 * The two names of the package in a folder: from its manifest, else from package.json.
 * @throws {OutputError} where the folder holds no package, or names that no C++ can carry
 */
export async function packageNames(root: string, manifest: Manifest | null): Promise<PackageNames> {
  const [file, names] = manifest === null ? await namesOfNpm(root) : [MANIFEST_FILE, manifest.names];
  const problem = nativeNameProblem(names.nativeName);
  if (problem === null) return names;
  throw new OutputError(
    `${join(root, file)}: "${names.nativeName}", the C++ name of ${names.packageName}, ${problem.problem}.`,
    `Give the package another name (${problem.suggestion}, say), then run again.`,
  );
}

async function namesOfNpm(root: string): Promise<[file: string, names: PackageNames]> {
  const text = await readIfThere(join(root, "package.json"));
  if (text === null) {
    throw new OutputError(
      `${root} holds no package: neither ${MANIFEST_FILE} nor package.json is there.`,
      "Go into the package's folder, or name it; `torch-extension new <name>` starts one.",
    );
  }
  const name = nameIn(text);
  if (name === null) {
    throw new OutputError(`${join(root, "package.json")} names no package.`, 'Give it a "name", then run again.');
  }
  return ["package.json", { packageName: name, nativeName: nativeName(name) }];
}

function nameIn(text: string): string | null {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === "string" && name !== "" ? name : null;
  } catch {
    return null;
  }
}
