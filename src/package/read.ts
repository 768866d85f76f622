import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Io } from "../io.js";
import type { SourceFile } from "../model/file.js";
import type { PackageFacts } from "../model/package.js";
import { commandLine } from "../naming/command.js";
import { OutputError } from "../output/errors.js";
import { readManifest } from "../output/manifest.js";
import type { Manifest } from "../output/types.js";
import { packageFacts } from "./facts.js";
import { recoverPackage } from "./recovery.js";
import { readSources } from "./sources.js";

/** A package with its C++, read. */
export interface PackageSources {
  /** Absolute. */
  readonly root: string;
  readonly manifest: Manifest | null;
  readonly facts: PackageFacts;
  readonly sources: readonly SourceFile[];
}

/**
 * Ends what a killed run left, then reads the package.
 * @param readOnly whether this run may write nothing
 * @throws {OutputError} where the folder holds no package or no C++, or a run that was killed and may not be ended here
 */
export async function readPackageSources(folder: string, io: Io, readOnly: boolean): Promise<PackageSources> {
  const root = resolve(io.cwd, folder);
  recoverPackage(root, io, readOnly);
  const manifest = readManifest(root);
  const facts = await packageFacts(root, manifest);
  // What is not started as a package may be any project that has a package.json.
  if (manifest === null && !existsSync(join(root, "csrc"))) {
    throw new OutputError(
      `${root} has no csrc/, whose C++ is what bindings are made of. Nothing was written.`,
      `Put C++ below csrc/src, go into the package's folder, or name it; \`${commandLine("new <name>")}\` starts one.`,
    );
  }
  return { root, manifest, facts, sources: await readSources(root, manifest) };
}
