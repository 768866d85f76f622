import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The person's cache folder for what packages share (the lib shim's objects, a libtorch): TORCH_EXTENSION_CACHE wins. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const named = env.TORCH_EXTENSION_CACHE;
  if (named) return named;
  const home = env.HOME ?? homedir();
  if (process.platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "torch-extension");
  if (process.platform === "darwin") return join(home, "Library", "Caches", "torch-extension");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "torch-extension");
}

/** Who loads what is built. */
export type Host = "node" | "r";

/** Where a package's build for a host lies: CMake's files, `out/` that the host loads from, and `build.log`. */
export function buildFolder(root: string, host: Host = "node"): string {
  return join(root, "build", host);
}

/** The folder of the package that this file was compiled into or lies in: the first above it with csrc/ and a package.json. */
export function packageRoot(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "csrc"))) return folder;
    if (dirname(folder) === folder) return null;
  }
}
