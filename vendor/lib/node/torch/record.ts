import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `<name>.json`, which the build leaves beside the native library: what it was built for. */
export interface BuildRecord {
  readonly name: string;
  /** Hash of the C++ signatures that it was built of; absent from builds of older versions. */
  readonly interface?: string;
  readonly libtorch: { readonly version: string; readonly libDir: string; readonly cuda: string | null };
  readonly compiler: string;
  /** Key of the lib shim. */
  readonly shim: string;
}

function isRecord(value: unknown): value is BuildRecord {
  const record = value as Partial<BuildRecord> | null;
  return (
    typeof record === "object" &&
    record !== null &&
    typeof record.name === "string" &&
    typeof record.shim === "string" &&
    typeof record.libtorch?.version === "string" &&
    typeof record.libtorch.libDir === "string"
  );
}

/** The record in a folder, or null where there is none. `name` null: that of whichever package lies there. */
export function readRecord(folder: string, name: string | null): BuildRecord | null {
  if (!existsSync(folder)) return null;
  const files = name === null ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [`${name}.json`];
  for (const file of files) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    let record: unknown = null;
    try {
      record = JSON.parse(readFileSync(path, "utf8"));
    } catch {
      // Cut short by a build that was stopped: as good as absent.
    }
    if (isRecord(record)) return record;
  }
  return null;
}

/** The version in the headers beside a folder of libtorch's libraries, or null where there are none. */
export function versionBeside(libDir: string): string | null {
  for (const up of ["..", "../.."]) {
    for (const header of ["torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"]) {
      const path = join(libDir, up, "include", header);
      if (!existsSync(path)) continue;
      const text = readFileSync(path, "utf8");
      const parts = ["MAJOR", "MINOR", "PATCH"].map((part) => text.match(`define TORCH_VERSION_${part} +(\\d+)`)?.[1]);
      if (parts.every((part) => part !== undefined)) return parts.join(".");
    }
  }
  return null;
}

/**
 * The files of libtorch's main library in a folder, the one that a loader asks for first: Debian's has the version in its
 * name, `libtorch_cpu.so.2.6` (a link to the file), beside the `libtorch_cpu.so` that only a compiler reads.
 */
export function libtorchFiles(folder: string): readonly string[] {
  const file =
    { win32: "torch_cpu.dll", darwin: "libtorch_cpu.dylib" }[process.platform as string] ?? "libtorch_cpu.so";
  if (!existsSync(folder)) return [];
  const versioned = readdirSync(folder).filter((name) => name.startsWith(`${file}.`));
  versioned.sort((a, b) => a.length - b.length);
  return existsSync(join(folder, file)) ? [...versioned, file] : versioned;
}
