// What a run generated, kept in the user's cache, so that a run over the same input need not repeat it. Only digests of the
// files are kept: where what lies in the package does not have them, the pipeline runs. So nothing that a person edited, no other
// version of this generator and no broken cache can make a difference, but for the time.
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../vendor/lib/build/places.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../model/file.js";
import type { PackageFacts } from "../model/package.js";
import { hashContent } from "../output/content.js";
import type { PlannedFile } from "../output/types.js";
import { readIfThere } from "../package/sources.js";
import { generatorVersion } from "../templates/template-files.js";
import type { Generated } from "./generate.js";
import { type GeneratorInput, readInput } from "./input.js";
import { plannedFile } from "./planned.js";

type Remembered = Pick<Generated, "files" | "diagnostics" | "refused">;

interface Memory {
  readonly key: string;
  /** In order: the digest of each file, and what other tools find in it. */
  readonly files: readonly (readonly [path: string, hash: string, exports: readonly string[]])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `generate`, unless its outcome is known and lies in the package already. */
export async function generateOnce(
  root: string,
  sources: readonly SourceFile[],
  facts: PackageFacts,
): Promise<Remembered> {
  const [input, code] = await Promise.all([readInput(root, sources, facts), codeStamp()]);
  const path = join(cacheFolder(process.env), "bind", `${hashContent(root).slice(0, 32)}.json`);
  const known = await recall(path, root, keyOf(input, code));
  if (known !== null) return known;
  const { generateFrom } = await import("./generate.js");
  const generated = await generateFrom(input);
  if (!generated.refused) await remember(path, input, code, generated);
  return generated;
}

async function recall(path: string, root: string, key: string): Promise<Remembered | null> {
  const memory = await readMemory(path);
  if (memory?.key !== key) return null;
  const files = await Promise.all(
    memory.files.map(async ([file, hash, exports]): Promise<PlannedFile | null> => {
      const text = await readIfThere(join(root, file)).catch(() => null);
      return text !== null && hashContent(text) === hash ? plannedFile(file, text, exports) : null;
    }),
  );
  if (!files.every((file) => file !== null)) return null;
  return { files, diagnostics: memory.diagnostics, refused: false };
}

async function readMemory(path: string): Promise<Memory | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Memory;
  } catch {
    return null;
  }
}

/** Fails in silence: a cache that cannot be written costs time, nothing else. */
async function remember(path: string, input: GeneratorInput, code: string, generated: Generated): Promise<void> {
  // The next run finds the files that were read, the `.def` among them, as this run writes them.
  const written = new Map(generated.texts.map(({ path, text }) => [path, text]));
  const inPackage = Object.fromEntries(
    Object.entries(input.texts.inPackage).map(([path, text]) => [path, written.get(path) ?? text]),
  );
  const memory: Memory = {
    key: keyOf({ ...input, texts: { ...input.texts, inPackage } }, code),
    files: generated.texts.map((file) => [file.path, hashContent(file.text), file.exports]),
    diagnostics: generated.diagnostics,
  };
  const draft = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify(memory));
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

function keyOf(input: GeneratorInput, code: string): string {
  const hash = createHash("sha256");
  const { sources, ...rest } = input;
  hash.update(JSON.stringify([code, rest, sources.length]));
  for (const { path, text } of sources) hash.update(`\0${path}\0${text.length}\0`).update(text);
  return hash.digest("hex");
}

/** What tells this generator's code from another's: its version, and for those who work on it, its files: `src/`, or `dist/`. */
async function codeStamp(): Promise<string> {
  const folder = dirname(dirname(fileURLToPath(import.meta.url)));
  const stamps = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".d.ts"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    });
  return hashContent([await generatorVersion(), ...stamps.sort()].join("\n"));
}
