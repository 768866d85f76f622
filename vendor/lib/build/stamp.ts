import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Libtorch } from "./libtorch-candidate.js";

/** What a configured build folder was configured for; kept in it, so that the next build can tell whether that still holds. */
export interface Stamp {
  /** What the person asked for, and what of their environment the search for libtorch reads. */
  readonly asked: Readonly<Record<string, string>>;
  /** CMake's cache variables, in the order they are given. */
  readonly variables: Readonly<Record<string, string>>;
  readonly generator: string | null;
  /** Real paths: a moved package must be configured anew. */
  readonly source: string;
  readonly folder: string;
  readonly cmake: string;
  /** Ninja or make; null leaves it to CMake. */
  readonly makeProgram: string | null;
  readonly libtorch: Libtorch;
  /** Modification time and size of version.h: another libtorch in the same place shows here. */
  readonly libtorchMark: string;
  /** What lay in out/ after the configure: a lib shim from the cache is put there by CMake itself, and by nothing later. */
  readonly placed: readonly string[];
}

const stampName = "torch-extension-build.json";

function buildFile({ generator }: Stamp): string {
  if (generator === null) return "CMakeCache.txt";
  return generator === "Ninja" ? "build.ninja" : "Makefile";
}

/** Whether the folder is configured already in just the way that `next` asks for. */
export function isConfiguredFor(folder: string, next: Stamp): boolean {
  const before = readStamp(folder);
  if (before === null || !existsSync(join(folder, buildFile(next))) || !holdsPlaced(folder, before)) return false;
  const essence = ({ variables, generator, source, folder: own, cmake, libtorchMark }: Stamp): string =>
    JSON.stringify([variables, generator, source, own, cmake, libtorchMark]);
  return essence(before) === essence(next);
}

/** The stamp of a build folder that can be built as it is, without looking for anything; else null. */
export function usableStamp(root: string, folder: string, asked: Readonly<Record<string, string>>): Stamp | null {
  const stamp = readStamp(folder);
  if (stamp === null || !same(stamp.asked, asked)) return null;
  if (!existsSync(join(folder, buildFile(stamp))) || stamp.folder !== realpathSync(folder)) return null;
  if (!holdsPlaced(folder, stamp)) return null;
  if (stamp.source !== realpathSync(join(root, "csrc"))) return null;
  if (!existsSync(stamp.cmake) || (stamp.makeProgram !== null && !existsSync(stamp.makeProgram))) return null;
  const { TX_R_TORCH_DIR: r, TX_NODE_INCLUDE_DIR: node = "" } = stamp.variables;
  if (!existsSync(r === undefined ? join(node, "node_api.h") : join(r, "include/lantern/types.h"))) return null;
  if (!existsSync(join(stamp.libtorch.cmakeDir, "TorchConfig.cmake"))) return null;
  return markOf(stamp.libtorch) === stamp.libtorchMark ? stamp : null;
}

function holdsPlaced(folder: string, { placed }: Stamp): boolean {
  return Array.isArray(placed) && placed.every((name) => existsSync(join(folder, "out", name)));
}

/** The stamp with what lies in out/ now. */
export function withPlaced(folder: string, stamp: Stamp): Stamp {
  const out = join(folder, "out");
  return { ...stamp, placed: existsSync(out) ? readdirSync(out) : [] };
}

export function writeStamp(folder: string, stamp: Stamp): void {
  writeFileSync(join(folder, stampName), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** Before a configure that may fail: the folder must not pass for a configured one. */
export function removeStamp(folder: string): void {
  rmSync(join(folder, stampName), { force: true });
}

/** The stamp of a folder; null where there is none that can be read. */
export function readStamp(folder: string): Stamp | null {
  const text = readText(join(folder, stampName));
  try {
    return text === null ? null : (JSON.parse(text) as Stamp);
  } catch {
    return null;
  }
}

/** What tells this libtorch from another one that is put in the same place. */
export function markOf({ includeDir }: Libtorch): string {
  for (const name of ["torch/csrc/api/include/torch/version.h", "torch/version.h", "ATen/core/Tensor.h"]) {
    try {
      const { mtimeMs, size } = statSync(join(includeDir, name));
      return `${name} ${Math.trunc(mtimeMs)} ${size}`;
    } catch {
      // The next name.
    }
  }
  return "";
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The text of a file, or null where it cannot be read. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
