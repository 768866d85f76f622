import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import tmp from "tmp";

/** A folder of its own with these files in it. */
export function makeFolder(files: Readonly<Record<string, string>>): { readonly root: string; remove(): void } {
  const { name, removeCallback } = tmp.dirSync({ unsafeCleanup: true });
  writeFiles(name, files);
  return { root: name, remove: removeCallback };
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** C++ with one exported function. */
export const annotated = (declaration: string): string => `#include <myext/myext.h>

namespace myext {
/// Scales.
/// @param x any shape
// [[torch::export]]
${declaration} { return x; }
}
`;

export const npmPackage = { "package.json": '{ "name": "my-ext" }' } as const;
