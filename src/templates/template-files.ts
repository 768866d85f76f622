import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileSet } from "./templates.js";

/** The files of this generator from which packages are made. */
export interface TemplateFiles {
  readonly files: FileSet;
  readonly version: string;
}

/**
 * Reads `templates/`, `vendor/lib/`, `vendor/package/` and the version.
 * @throws {Error} where this package's own files cannot be read
 */
export async function readTemplateFiles(): Promise<TemplateFiles> {
  const { root, version } = await packageRoot();
  const files = new Map<string, Uint8Array>();
  for (const folder of ["templates", "vendor/lib", "vendor/package"]) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(paths.map((path) => readFile(path)));
    for (const [i, path] of paths.entries()) {
      files.set(relative(root, path).split(sep).join("/"), contents[i] ?? new Uint8Array());
    }
  }
  return { files, version };
}

/** Version of this package. */
export async function generatorVersion(): Promise<string> {
  return (await packageRoot()).version;
}

/** The nearest folder upwards with our package.json: this file lies one level deeper when it is compiled into dist/. */
export async function packageRoot(): Promise<{ root: string; version: string }> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = await readOwn(join(folder, "package.json"));
    if (found !== null) return { root: folder, version: found };
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json of generator-torch-extension is missing: install it again");
    folder = parent;
  }
}

async function readOwn(path: string): Promise<string | null> {
  try {
    const value = JSON.parse(await readFile(path, "utf8")) as { name?: unknown; version?: unknown };
    return value.name === "generator-torch-extension" ? String(value.version) : null;
  } catch {
    return null;
  }
}
