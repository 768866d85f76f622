import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { consider, type Place } from "./libtorch.js";
import type { Resolution } from "./libtorch-candidate.js";
import { capture, which } from "./process.js";

/** R's package torch, as it is installed. */
export interface RTorch {
  readonly folder: string;
  readonly version: string;
  /** Where its native part lies: the package's own folder, or TORCH_HOME. */
  readonly home: string;
}

/** The outcome of the search; `why` says what is missing where there is none. */
export type RSearch =
  | { readonly torch: RTorch; readonly why: null }
  | { readonly torch: null; readonly why: "r" | "r-torch" };

// R runs as the person's, with their profile: libraries may be a project's own. torch is not loaded, which takes seconds.
const question = `
for (folder in system.file(package = "torch")) if (nzchar(folder)) {
  version <- as.character(utils::packageVersion("torch"))
  cat("\\ntx-torch", folder, version, Sys.getenv("TORCH_HOME", folder), sep = "\\t")
}`;

/** Asks R, started in the package's folder where it is there, for its package torch. */
export async function findRTorch(env: NodeJS.ProcessEnv, root: string): Promise<RSearch> {
  const rscript = which("Rscript", env);
  if (rscript === null) return { torch: null, why: "r" };
  // The package may be about to be written.
  const cwd = existsSync(root) ? root : process.cwd();
  const { stdout } = await capture(rscript, ["-e", question], { env, cwd, timeoutMs: 30_000 });
  const line = stdout.split(/\r?\n/).find((one) => one.startsWith("tx-torch\t"));
  const [, folder, version, home] = line?.split("\t") ?? [];
  if (folder === undefined || version === undefined || home === undefined) return { torch: null, why: "r-torch" };
  // Older ones have another interface.
  if (!existsSync(join(folder, "include", "lantern", "types.h"))) return { torch: null, why: "r-torch" };
  return { torch: { folder: slashes(folder), version, home: slashes(home) }, why: null };
}

/**
 * The libtorch that R's torch loads: what install_torch() brought, or what its libraries link to. Where there is none, the one
 * that is named shows whether the package compiles.
 */
export function findRLibtorch({ torch }: RSearch, named: string | null, env: NodeJS.ProcessEnv): Resolution {
  if (torch === null) return { found: null, refused: [] };
  const why = `that of R's torch ${torch.version}, in ${torch.home}`;
  const own = consider([torch.home, ...linked(torch.home)].map((place): Place => ({ place, source: "r", why })));
  const asked = named ?? env.TORCH_EXTENSION_LIBTORCH;
  // That the package's folder only links to it is how it is found.
  if (own.found !== null) return { found: own.found, refused: [] };
  if (!asked) return own;
  const instead = `${asked}, to see whether it compiles: R's torch has no native part, and cannot load the result`;
  return consider([{ place: asked, source: "named", why: instead }]);
}

/** Where the libraries of a native part link to, as Debian's may. */
function linked(home: string): string[] {
  for (const name of ["libtorch_cpu.so", "libtorch_cpu.dylib"]) {
    const library = join(home, "lib", name);
    if (!existsSync(library)) continue;
    const folder = dirname(realpathSync(library));
    if (folder !== realpathSync(join(home, "lib"))) return [join(folder, "cmake", "Torch"), dirname(folder)];
  }
  return [];
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
