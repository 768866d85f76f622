import { join } from "node:path";
import { nativeName, nativeNameProblem } from "../names/package.js";
import { OutputError } from "../output/errors.js";
import type { Manifest, PackageNames } from "../output/types.js";
import { readIfThere } from "./sources.js";

/**
 * The two names of the package in a folder: from its manifest, else from package.json.
 * @throws {OutputError} where the folder holds no package with csrc/
 */
export async function packageNames(root: string, manifest: Manifest | null): Promise<PackageNames> {
  if (manifest !== null) return manifest.names;
  const text = await readIfThere(join(root, "package.json"));
  if (text === null) {
    throw new OutputError(
      `${root} holds no package: neither torch-extension.json nor package.json is there.`,
      "Go into the package's folder, or name it; `torch-extension new <name>` starts one.",
    );
  }
  const name = nameIn(text);
  if (name === null) {
    throw new OutputError(`${join(root, "package.json")} names no package.`, 'Give it a "name", then run again.');
  }
  const native = nativeName(name);
  const problem = nativeNameProblem(native);
  if (problem !== null) {
    throw new OutputError(
      `${join(root, "package.json")}: "${native}", the C++ name of ${name}, ${problem.problem}.`,
      `Give the package another name (${problem.suggestion}, say), then run again.`,
    );
  }
  return { packageName: name, nativeName: native };
}

function nameIn(text: string): string | null {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === "string" && name !== "" ? name : null;
  } catch {
    return null;
  }
}
