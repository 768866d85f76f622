import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Listed, listSources } from "../../vendor/lib/build/source-tree.js";
import type { SourceFile } from "../model/file.js";
import { errorCode } from "../output/errors.js";
import type { Manifest } from "../output/types.js";
import { isGenerated } from "../print/banner.js";

const cxx = /^csrc\/.*\.(cpp|cc|cxx|cu|h|hpp)$/;
/** Whether a path, relative to the package's root, may hold annotated C++. */
export const isSource = (path: string): boolean => cxx.test(path);

/**
 * Returns the user's C++ below csrc/: every source and header that is not generated, sorted by path.
 */
export async function readSources(root: string, manifest: Manifest | null): Promise<SourceFile[]> {
  const generated = new Set(Object.keys(manifest?.files.generated ?? {}));
  const sources: SourceFile[] = [];
  for (const path of listFiles(join(root, "csrc"))) {
    const name = relative(root, path).replaceAll("\\", "/");
    if (!isSource(name) || generated.has(name)) continue;
    const text = await readFile(path, "utf8");
    if (!isGenerated(text)) sources.push({ path: name, text });
  }
  return sources.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function listFiles(folder: string): string[] {
  let listed: Listed;
  try {
    listed = listSources(folder);
  } catch (error) {
    // A file of that name is the plan's to complain of.
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return [];
    throw error;
  }
  return [...listed.files, ...listed.folders.flatMap(listFiles)];
}

/** The text of a file, or null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return null;
    throw error;
  }
}
