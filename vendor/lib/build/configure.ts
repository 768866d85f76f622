import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { libtorchVariables } from "./libtorch.js";
import type { Libtorch } from "./libtorch-candidate.js";
import { type Cuda, cudaMismatch } from "./missing.js";
import { buildFolder, cacheFolder, type Host } from "./places.js";
import type { RTorch } from "./r-torch.js";
import { markOf, readStamp, readText, removeStamp, type Stamp } from "./stamp.js";
import type { Tools } from "./tools.js";

/** What a person may choose about a build. */
export interface Choices {
  /** Whose library is built; Node's where it is left out. */
  readonly host?: Host | undefined;
  /** Folder of the libtorch they name; "auto" looks for one; null keeps what the last build was told, else looks for one. */
  readonly named: string | null;
  /** Null keeps what the last build was told, else "auto". */
  readonly cuda: Cuda | null;
  readonly debug: boolean;
}

/** Choices with what was left open filled in: `named` is a folder, or null to look for one. */
export interface Settled extends Choices {
  readonly cuda: Cuda;
}

// The variables that decide which libtorch and which tools are found.
const deciding = [
  "TORCH_EXTENSION_LIBTORCH",
  "Torch_DIR",
  "CMAKE_PREFIX_PATH",
  "TORCH_EXTENSION_CACHE",
  "PATH",
  "VIRTUAL_ENV",
  "PYTHONPATH",
  "CXX",
  "CXXFLAGS",
  "LDFLAGS",
  "CUDACXX",
  "CUDA_HOME",
  "CUDA_PATH",
  "CUDAARCHS",
  "TORCH_CUDA_ARCH_LIST",
  "R_HOME",
  "R_LIBS",
  "R_LIBS_USER",
  "TORCH_HOME",
];

/** Fills in what the person left open: what the environment names, else what the last build was told, else csrc/CMakePresets.json. */
export function settle(choices: Choices, root: string, env: NodeJS.ProcessEnv): Settled {
  const before = readStamp(buildFolder(root, choices.host))?.asked;
  const isNamed = libtorchVariables.some((variable) => env[variable]);
  const named = choices.named ?? (isNamed ? "auto" : before?.named || "auto");
  const cuda = choices.cuda ?? (before?.cuda as Cuda | undefined) ?? presetCuda(root) ?? "auto";
  return { host: choices.host, named: named === "auto" ? null : resolve(named), cuda, debug: choices.debug };
}

/** What the first of the package's presets says of CUDA: the answer with which the package was started. */
function presetCuda(root: string): Cuda | null {
  const text = readText(join(root, "csrc", "CMakePresets.json"));
  const said = /"TX_CUDA"\s*:\s*"(AUTO|ON|OFF)"/i.exec(text ?? "")?.[1]?.toLowerCase();
  return (said as Cuda | undefined) ?? null;
}

/** The choices and the environment, in the form that a stamp keeps. */
export function askedFor(choices: Settled, env: NodeJS.ProcessEnv): Record<string, string> {
  const asked: Record<string, string> = {
    named: choices.named ?? "",
    cuda: choices.cuda,
    debug: String(choices.debug),
    node: process.execPath,
  };
  for (const name of deciding) asked[name] = env[name] ?? "";
  // npm and npx put folders of their own in front, which never hold a compiler or a Python.
  asked.PATH = (asked.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !/node_modules|node-gyp-bin|_npx/.test(folder))
    .join(delimiter);
  return asked;
}

/** What this build would be configured with. @throws when a tool is missing: ask `missingFrom` first */
export function newStamp(
  root: string,
  folder: string,
  choices: Settled,
  found: { libtorch: Libtorch; tools: Tools; r?: RTorch | null | undefined; env: NodeJS.ProcessEnv },
): Stamp {
  const { libtorch, tools, env } = found;
  if (tools.cmake === null || tools.compiler === null) {
    throw new Error("CMake and a C++ compiler must be there before a build is configured.");
  }
  mkdirSync(folder, { recursive: true });
  // Outside a developer prompt only Visual Studio's generator finds cl.
  const byVisualStudio = tools.compiler.family === "msvc" && !isAbsolute(tools.compiler.path);
  const maker = byVisualStudio ? null : (tools.ninja ?? tools.make);
  // CXX may hold arguments too: CMake reads it by itself then.
  const isLeftToCMake = byVisualStudio || env.CXX?.trim().includes(" ");
  const compiler = isLeftToCMake ? {} : { CMAKE_CXX_COMPILER: tools.compiler.path.replaceAll("\\", "/") };
  return {
    asked: askedFor(choices, env),
    variables: {
      CMAKE_BUILD_TYPE: choices.debug ? "Debug" : "Release",
      Torch_DIR: libtorch.cmakeDir,
      ...ofCuda(choices.cuda, libtorch, tools),
      ...ofHost(choices.host ?? "node", found),
      ...compiler,
      ...(maker === null ? {} : { CMAKE_MAKE_PROGRAM: maker.path }),
    },
    generator: maker === null ? null : maker === tools.ninja ? "Ninja" : "Unix Makefiles",
    source: realpathSync(join(root, "csrc")),
    folder: realpathSync(folder),
    cmake: tools.cmake.path,
    makeProgram: maker?.path ?? null,
    libtorch,
    libtorchMark: markOf(libtorch),
    placed: [],
  };
}

/** What CMake is told of CUDA: where it is as you like, an nvcc that cannot compile for this libtorch counts as none. */
function ofCuda(cuda: Cuda, libtorch: Libtorch, tools: Tools): Record<string, string> {
  if (cuda === "auto" && cudaMismatch({ libtorch: { found: libtorch, refused: [] }, tools }) !== null)
    return { TX_CUDA: "OFF" };
  const isUsed = cuda !== "off" && libtorch.cuda !== null && tools.nvcc !== null;
  const compiler = isUsed ? { CMAKE_CUDA_COMPILER: tools.nvcc.path.replaceAll("\\", "/") } : {};
  return { TX_CUDA: cuda.toUpperCase(), ...compiler };
}

/** What CMake is told of the host. @throws when that is missing: ask `missingFrom` first */
function ofHost(host: Host, found: { tools: Tools; r?: RTorch | null | undefined; env: NodeJS.ProcessEnv }) {
  const { tools, r, env } = found;
  if (host === "r") {
    if (r == null) throw new Error("R's torch must be there before a build for R is configured.");
    return { TX_HOST: "r", TX_R_TORCH_DIR: r.folder };
  }
  if (tools.nodeHeaders === null) throw new Error("Node's headers must be there before a build is configured.");
  return {
    TX_HOST: "node",
    TX_NODE_INCLUDE_DIR: tools.nodeHeaders.path,
    TX_SHIM_CACHE: env.TORCH_EXTENSION_SHIM_CACHE ?? join(cacheFolder(env), "shim"),
  };
}

/** Why what CMake keeps in the folder must be thrown away before it configures for `next`; null where it can go on from it. */
export function staleReason(folder: string, next: Stamp): string | null {
  const cache = readText(join(folder, "CMakeCache.txt"));
  if (cache === null) return null;
  const value = (name: string): string | null => new RegExp(`^${name}:[A-Z]+=(.*)$`, "m").exec(cache)?.[1] ?? null;
  const [home, own, generator] = ["CMAKE_HOME_DIRECTORY", "CMAKE_CACHEFILE_DIR", "CMAKE_GENERATOR"].map(value);
  if (home != null && !samePath(home, next.source)) return `the package moved here from ${dirname(home)}`;
  if (own != null && !samePath(own, next.folder)) return `the build folder moved here from ${own}`;
  if (next.generator !== null && generator !== next.generator) return `it was configured for ${generator}`;
  const before = readStamp(folder);
  if (value("Torch_DIR") !== next.variables.Torch_DIR) return "another libtorch is used now";
  if (before !== null && before.libtorchMark !== next.libtorchMark) return "libtorch has changed";
  for (const compiler of ["CMAKE_CXX_COMPILER", "CMAKE_CUDA_COMPILER"]) {
    if (before !== null && before.variables[compiler] !== next.variables[compiler])
      return "another compiler is used now";
  }
  return null;
}

/** Removes what CMake keeps in the folder. `out/` stays, so that the last good build loads until there is a new one. */
export function forget(folder: string): void {
  for (const name of ["CMakeCache.txt", "CMakeFiles", "build.ninja", "Makefile", ".ninja_deps", ".ninja_log"]) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  removeStamp(folder);
}

/** CMake's arguments for a stamp. */
export function configureArguments(stamp: Stamp): string[] {
  return [
    ...(stamp.generator === null ? [] : ["-G", stamp.generator]),
    ...Object.entries(stamp.variables).map(([name, value]) => `-D${name}=${value}`),
    "-S",
    stamp.source,
    "-B",
    stamp.folder,
  ];
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
