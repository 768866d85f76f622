// The inputs of test/golden/emit: <feature>/input.cpp, and headers below <feature>/include.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "../../src/model/file.js";

export const emitFolder = fileURLToPath(new URL("../golden/emit", import.meta.url));

export const features: readonly string[] = readdirSync(emitFolder).sort();

/** The headers of a feature, as they lie in a package. */
export function featureHeaders(feature: string): readonly SourceFile[] {
  const include = join(emitFolder, feature, "include");
  if (!existsSync(include)) return [];
  return readdirSync(include, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: `csrc/include/${path.slice(include.length + 1).replaceAll("\\", "/")}`,
      text: readFileSync(path, "utf8"),
    }));
}

/** All sources of a feature: the person's unit is csrc/src/<feature>.cpp. */
export function featureSources(feature: string): readonly SourceFile[] {
  const text = readFileSync(join(emitFolder, feature, "input.cpp"), "utf8");
  return [{ path: `csrc/src/${feature}.cpp`, text }, ...featureHeaders(feature)];
}
