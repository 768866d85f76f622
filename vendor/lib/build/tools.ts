import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { capture, which } from "./process.js";

/** A program or a folder of headers: where it is and which version it says it is. */
export interface Tool {
  readonly path: string;
  readonly version: string;
}

export interface Compiler extends Tool {
  readonly family: "gcc" | "clang" | "msvc" | "other";
}

/** What a build needs besides libtorch. `ninja` may be null (make serves too). */
export interface Tools {
  readonly cmake: Tool | null;
  readonly ninja: Tool | null;
  readonly make: Tool | null;
  readonly compiler: Compiler | null;
  /** Folder of node_api.h. */
  readonly nodeHeaders: (Tool & { readonly from: "node" | "npm" }) | null;
  /** ccache, else sccache. */
  readonly compilerCache: Tool | null;
  readonly nvcc: Tool | null;
}

/** The oldest versions that work: CMake for presets and generator expressions, compilers for C++17. */
export const oldest = { cmake: "3.18", gcc: "9", clang: "9" } as const;

export function olderThan(version: string, bound: string): boolean {
  return version.localeCompare(bound, "en", { numeric: true }) < 0 && !version.startsWith(`${bound}.`);
}

/** Asks every tool for its version, all at once. `root` is the package whose node_modules may hold Node's headers. */
export async function findTools(env: NodeJS.ProcessEnv, root: string): Promise<Tools> {
  const [cmake, ninja, make, compiler, compilerCache, nvcc] = await Promise.all([
    ask(which("cmake", env), /cmake version (\S+)/, env),
    ask(which("ninja", env) ?? which("ninja-build", env), /^(\d\S*)/, env),
    ask(which("make", env) ?? which("gmake", env), /Make (\S+)/, env),
    findCompiler(env),
    ask(which("ccache", env) ?? which("sccache", env), /cache (?:version )?(\d\S*)/, env),
    ask(findNvcc(env), /release (\d[\d.]*)/, env),
  ]);
  return { cmake, ninja, make, compiler, nodeHeaders: findNodeHeaders(env, root), compilerCache, nvcc };
}

async function ask(path: string | null, pattern: RegExp, env: NodeJS.ProcessEnv): Promise<Tool | null> {
  if (path === null) return null;
  const { code, stdout, stderr } = await capture(path, ["--version"], { env, timeoutMs: 10_000 });
  const version = pattern.exec(stdout + stderr)?.[1];
  return code === 0 && version !== undefined ? { path, version: version.replace(/,$/, "") } : null;
}

async function findCompiler(env: NodeJS.ProcessEnv): Promise<Compiler | null> {
  // What CXX names is the person's choice: where it does not work, no other is taken.
  const named = env.CXX?.trim();
  const usual = process.platform === "win32" ? ["cl", "c++", "g++", "clang++"] : ["c++", "g++", "clang++"];
  const names = named ? [named.split(/\s+/).at(-1) ?? named] : usual;
  for (const name of names) {
    const path = which(name, env);
    if (path === null) continue;
    const { code, stdout, stderr } = await capture(path, ["--version"], {
      env: { ...env, LC_ALL: "C", VSLANG: "1033" },
      timeoutMs: 10_000,
    });
    const found = compilerFrom(path, stdout + stderr);
    // cl refuses --version, under its banner.
    if (found !== null && (code === 0 || found.family === "msvc")) return found;
  }
  if (process.platform !== "win32" || named) return null;
  // Outside a developer prompt cl is not on PATH; CMake's Visual Studio generator finds it by itself.
  return { path: "Visual Studio's, found by CMake", version: env.VCToolsVersion ?? "unknown", family: "msvc" };
}

/** Reads which compiler answered `--version` so; null where it is none. */
export function compilerFrom(path: string, answer: string): Compiler | null {
  const clang = /clang version (\d[\d.]*)/.exec(answer)?.[1];
  if (clang !== undefined) return { path, version: clang, family: "clang" };
  // The words around it are in Visual Studio's language.
  const msvc = /Microsoft \(R\) C\/C\+\+.*?(\d+\.\d+\.\d[\d.]*)/.exec(answer)?.[1];
  if (msvc !== undefined) return { path, version: msvc, family: "msvc" };
  const first = answer.split("\n", 1)[0] ?? "";
  const version = /(\d+\.\d[\d.]*)\s*(?:\d{8}.*)?$/.exec(first)?.[1] ?? /\) (\d[\d.]*)/.exec(first)?.[1];
  if (version === undefined) return null;
  return { path, version, family: /Free Software Foundation/.test(answer) ? "gcc" : "other" };
}

function findNvcc(env: NodeJS.ProcessEnv): string | null {
  for (const folder of [env.CUDACXX, env.CUDA_HOME, env.CUDA_PATH, "/usr/local/cuda"]) {
    const file = folder === env.CUDACXX ? folder : folder && join(folder, "bin", "nvcc");
    const found = file ? which(file, env) : null;
    if (found !== null) return found;
  }
  return which("nvcc", env);
}

/** Node's own headers where they were installed with it, else those of npm's node-api-headers. Runs nothing. */
export function findNodeHeaders(env: NodeJS.ProcessEnv, root: string): Tools["nodeHeaders"] {
  const prefix = dirname(process.execPath);
  const folders = [join(prefix, "..", "include", "node"), join(prefix, "include", "node")];
  const nodedir = env.npm_config_nodedir;
  if (nodedir) folders.unshift(join(nodedir, "include", "node"));
  for (const path of folders) {
    if (existsSync(join(path, "node_api.h"))) return { path, version: headersVersion(path), from: "node" };
  }
  try {
    const manifest = createRequire(join(root, "package.json")).resolve("node-api-headers/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const path = join(dirname(manifest), "include");
    return existsSync(join(path, "node_api.h")) ? { path, version, from: "npm" } : null;
  } catch {
    return null;
  }
}

function headersVersion(folder: string): string {
  try {
    const text = readFileSync(join(folder, "node_version.h"), "utf8");
    const parts = ["MAJOR", "MINOR", "PATCH"].map((part) => new RegExp(`NODE_${part}_VERSION (\\d+)`).exec(text)?.[1]);
    return parts.includes(undefined) ? "unknown" : parts.join(".");
  } catch {
    return "unknown";
  }
}
