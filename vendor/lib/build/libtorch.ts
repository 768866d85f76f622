import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import {
  cmakeFolders,
  inspect,
  type Libtorch,
  type LibtorchSource,
  type Refusal,
  type Resolution,
  runtimeOnly,
} from "./libtorch-candidate.js";
import { cacheFolder } from "./places.js";
import { pythonTorchFolders } from "./python.js";

export type { Libtorch, LibtorchSource, Refusal, Resolution } from "./libtorch-candidate.js";

export interface LibtorchRequest {
  /** The folder that the person named with a flag, or null. Their environment is asked next. */
  readonly named: string | null;
  readonly env: NodeJS.ProcessEnv;
  /** Prefixes that count as the system's; the usual ones of this platform where absent. */
  readonly systemPrefixes?: readonly string[];
  /** Python's torch packages; asks the Pythons on this machine where absent. */
  readonly pythonFolders?: (env: NodeJS.ProcessEnv) => Promise<readonly string[]>;
}

/** Environment variables that name a libtorch, first wins. */
export const libtorchVariables = ["TORCH_EXTENSION_LIBTORCH", "Torch_DIR"] as const;

/**
 * Finds the libtorch to build against: what the person named, Python's (never imported), the system's, the cache.
 * Everything with a trace of libtorch that cannot be used is in `refused`, with why.
 */
export async function findLibtorch(request: LibtorchRequest): Promise<Resolution> {
  const named = namedPlace(request);
  if (named !== null) return consider([{ ...named, source: "named" }]);
  const pythons = (request.pythonFolders ?? pythonTorchFolders)(request.env);
  // Looked at while Python starts.
  const rest = consider([...systemPlaces(request), ...cachePlaces(request.env)]);
  const python = consider((await pythons).map((place) => ({ place, source: "python", why: `Python's, in ${place}` })));
  return { found: python.found ?? rest.found, refused: [...python.refused, ...rest.refused] };
}

export interface Place {
  readonly place: string;
  readonly source: LibtorchSource;
  readonly why: string;
}

function namedPlace({ named, env }: LibtorchRequest): { place: string; why: string } | null {
  if (named !== null) return { place: named, why: `the one that you named, ${named}` };
  for (const variable of libtorchVariables) {
    const place = env[variable];
    if (place) return { place, why: `the one that ${variable} names, ${place}` };
  }
  return null;
}

function systemPlaces({ env, systemPrefixes }: LibtorchRequest): Place[] {
  const separator = env.CMAKE_PREFIX_PATH?.includes(";") ? ";" : delimiter;
  const prefixes = (env.CMAKE_PREFIX_PATH ?? "").split(separator).filter((prefix) => prefix !== "");
  return [
    ...prefixes.map((place) => ({ place, source: "system" as const, why: `in ${place}, from CMAKE_PREFIX_PATH` })),
    ...(systemPrefixes ?? usualPrefixes(env)).map((place) => ({
      place,
      source: "system" as const,
      why: `the system's, in ${place}`,
    })),
  ];
}

function usualPrefixes(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === "win32") return [join(env.ProgramFiles ?? "C:\\Program Files", "libtorch"), "C:\\libtorch"];
  if (process.platform === "darwin") {
    return ["/opt/homebrew/opt/pytorch", "/usr/local/opt/pytorch", "/opt/homebrew", "/usr/local", "/opt/libtorch"];
  }
  return ["/usr", "/usr/local", "/opt/libtorch", "/usr/local/libtorch", "/home/linuxbrew/.linuxbrew/opt/pytorch"];
}

function cachePlaces(env: NodeJS.ProcessEnv): Place[] {
  const folder = join(cacheFolder(env), "libtorch");
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  names.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  return names.map((name) => ({
    place: join(folder, name),
    source: "cache",
    why: `from the cache, ${join(folder, name)}`,
  }));
}

/** The first place that can be built against, and why each of the others cannot. */
export function consider(places: readonly Place[]): Resolution {
  const refused: Refusal[] = [];
  let found: Libtorch | null = null;
  for (const { place, source, why } of places) {
    const folders = cmakeFolders(place);
    if (folders.length === 0) {
      const trace = runtimeOnly(place, source);
      if (trace !== null) refused.push({ place, source, why: trace });
      continue;
    }
    for (const cmakeDir of folders) {
      const candidate = inspect(cmakeDir);
      if ("why" in candidate) refused.push({ place: cmakeDir, source, why: candidate.why });
      else found ??= { ...candidate, source, why };
    }
  }
  return { found, refused };
}
