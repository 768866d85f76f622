import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export type LibtorchSource = "named" | "python" | "r" | "system" | "cache";

/** A libtorch that can be built against. Every path is absolute. */
export interface Libtorch {
  /** Folder of TorchConfig.cmake: CMake's Torch_DIR. */
  readonly cmakeDir: string;
  readonly libDir: string;
  readonly includeDir: string;
  /** As version.h has it: "1.13.0". */
  readonly version: string;
  /** CUDA's version, "unknown" where it cannot be read, null for a libtorch without CUDA. */
  readonly cuda: string | null;
  readonly source: LibtorchSource;
  /** Why this one, in words: "the system's, in /usr". */
  readonly why: string;
}

/** A place that holds something of libtorch which cannot be used. */
export interface Refusal {
  readonly place: string;
  readonly source: LibtorchSource;
  readonly why: string;
}

/** The outcome of a search. A named libtorch that is unusable leaves `found` null: nothing else is taken silently. */
export interface Resolution {
  readonly found: Libtorch | null;
  readonly refused: readonly Refusal[];
}

/** The oldest libtorch that the generated code and the lib shim compile against. */
export const oldestLibtorch = "1.13";

const config = "TorchConfig.cmake";

/** Folders with a TorchConfig.cmake that `place` may mean: itself, a prefix, an unpacked zip, a Python package or environment. */
export function cmakeFolders(place: string): string[] {
  const root = resolve(place);
  const folders = [
    root,
    join(root, "Torch"),
    join(root, "cmake", "Torch"),
    join(root, "share", "cmake", "Torch"),
    ...libraryFolders(root).map((folder) => join(folder, "cmake", "Torch")),
    join(root, "libtorch", "share", "cmake", "Torch"),
    join(root, "torch", "share", "cmake", "Torch"),
    ...namesIn(join(root, "lib"), /^python3/).map((name) =>
      join(root, "lib", name, "site-packages", "torch", "share", "cmake", "Torch"),
    ),
    join(root, "Lib", "site-packages", "torch", "share", "cmake", "Torch"),
  ];
  return [...new Set(folders)].filter((folder) => existsSync(join(folder, config)));
}

/** What is wrong with a place that has no TorchConfig.cmake; null where nothing there is libtorch's and nobody named it. */
export function runtimeOnly(place: string, source: LibtorchSource): string | null {
  if (linksElsewhere(place)) {
    return "it only links to the system's libtorch and brings no CMake files (Debian's python3-torch does so)";
  }
  if (source === "python") return `no share/cmake/Torch/${config} in it`;
  if (source === "named" && !existsSync(place)) return "there is no such folder";
  for (const folder of libraryFolders(resolve(place))) {
    const [library] = namesIn(folder, /^(lib)?torch_cpu\./);
    if (library !== undefined) return `${join(folder, library)} is there, but not ${config} (the development files)`;
  }
  return source === "named" ? `no ${config} in it, in share/cmake/Torch or in lib/cmake/Torch` : null;
}

function linksElsewhere(torchPackage: string): boolean {
  try {
    const library = realpathSync(join(torchPackage, "lib", libraryName("torch_cpu")));
    return !library.startsWith(dirname(realpathSync(torchPackage)));
  } catch {
    return false;
  }
}

/** Looks whether libraries and headers belong to a TorchConfig.cmake, and reads which libtorch it is. Runs nothing. */
export function inspect(cmakeDir: string): Omit<Libtorch, "source" | "why"> | { readonly why: string } {
  const { prefix, libraries } = prefixOf(cmakeDir);
  const libDir = libraries.find((folder) => ["torch", "torch_cpu", "c10"].every((name) => hasLibrary(folder, name)));
  if (libDir === undefined) {
    const missing = ["torch", "torch_cpu", "c10"].filter(
      (name) => !libraries.some((folder) => hasLibrary(folder, name)),
    );
    return { why: `its libraries are not there: no ${missing.map(libraryName).join(", ")} in ${join(prefix, "lib")}` };
  }
  const includeDir = join(prefix, "include");
  if (!existsSync(join(includeDir, "ATen", "core", "Tensor.h"))) {
    return { why: `its headers are not there: no ATen/core/Tensor.h in ${includeDir}` };
  }
  const version = versionOf(includeDir);
  if (version === null) return { why: `its version cannot be read: no torch/version.h in ${includeDir}` };
  if (version.localeCompare(oldestLibtorch, "en", { numeric: true }) < 0) {
    return { why: `it is ${version}; the oldest that works is ${oldestLibtorch}` };
  }
  return { cmakeDir, libDir, includeDir, version, cuda: cudaOf(prefix, libDir) };
}

/** <prefix>/share/cmake/Torch, <prefix>/lib/cmake/Torch or <prefix>/lib/<machine>/cmake/Torch. */
function prefixOf(cmakeDir: string): { prefix: string; libraries: string[] } {
  const above = dirname(dirname(cmakeDir));
  const isLibrary = /^lib(32|64)?$/;
  const prefix = isLibrary.test(basename(dirname(above))) ? dirname(dirname(above)) : dirname(above);
  return {
    prefix,
    libraries: [...new Set([...(basename(above) === "share" ? [] : [above]), ...libraryFolders(prefix)])],
  };
}

function libraryFolders(prefix: string): string[] {
  const machines = namesIn(join(prefix, "lib"), /-linux-(gnu|musl)/).map((name) => join(prefix, "lib", name));
  return [join(prefix, "lib"), ...machines, join(prefix, "lib64")];
}

function libraryName(name: string): string {
  if (process.platform === "win32") return `${name}.lib`;
  return process.platform === "darwin" ? `lib${name}.dylib` : `lib${name}.so`;
}

function hasLibrary(folder: string, name: string): boolean {
  return existsSync(join(folder, libraryName(name)));
}

function versionOf(includeDir: string): string | null {
  // The last is where newer libtorch keeps the numbers that the second includes.
  for (const place of ["torch/csrc/api/include/torch/version.h", "torch/version.h", "torch/headeronly/version.h"]) {
    const text = read(join(includeDir, place));
    const numbers = ["MAJOR", "MINOR", "PATCH"].map(
      (part) => new RegExp(`^\\s*#\\s*define\\s+TORCH_VERSION_${part}\\s+(\\d+)`, "m").exec(text)?.[1],
    );
    if (!numbers.includes(undefined)) return numbers.join(".");
  }
  return null;
}

function cudaOf(prefix: string, libDir: string): string | null {
  if (!hasLibrary(libDir, "torch_cuda")) return null;
  const python = /^cuda\b.*=\s*'([\d.]+)'/m.exec(read(join(prefix, "version.py")))?.[1];
  if (python !== undefined) return python;
  const zip = /\+cu(\d+)(\d)\s*$/.exec(read(join(prefix, "build-version")));
  if (zip !== null) return `${zip[1]}.${zip[2]}`;
  const [runtime] = namesIn(libDir, /^libcudart.*\.so\.\d+/);
  return /\.so\.(\d+(\.\d+)?)/.exec(runtime ?? "")?.[1] ?? "unknown";
}

function namesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name));
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
