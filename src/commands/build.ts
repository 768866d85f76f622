import { resolve } from "node:path";
import type { Cuda } from "../../vendor/lib/build/missing.js";
import type { Io } from "../io.js";
import { bindPackage } from "./bind.js";
import { EXIT } from "./exit-codes.js";

export interface BuildPackageRequest {
  readonly folder: string;
  /** "auto", or a folder; left out: as the last build was told. */
  readonly libtorch?: string;
  readonly cuda?: Cuda;
  readonly debug?: boolean;
  readonly install: boolean | "ask";
  readonly io: Io;
}

/** Binds, then builds everything of a package: npm's part where it is missing, the native part, TypeScript. */
export async function buildPackage(request: BuildPackageRequest): Promise<number> {
  const { folder, io, libtorch = null, cuda = null, debug = false, install } = request;
  const bound = await bindPackage({ folder, check: false, dryRun: false, force: false, json: false, quiet: true, io });
  if (bound !== EXIT.done) return bound;
  const { buildAll } = await import("../build/build-all.js");
  const root = resolve(io.cwd, folder);
  return buildAll({ root, libtorch, cuda, debug, install, env: process.env, io });
}
