import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Addon } from "./addon.js";
import { explainLoadError } from "./load-error.js";
import { type BuildRecord, libtorchFiles, readRecord, versionBeside } from "./record.js";
import { shared } from "./shared.js";

export interface NativeSource {
  /** The native name: of `<name>.node` and `<name>.json`. */
  readonly name: string;
  /** The npm name, for messages. */
  readonly package: string;
  /** Hash of the C++ signatures that the wrapper was generated from. */
  readonly interface: string;
  /** `import.meta.url` of a module of the package. */
  readonly url: string;
}

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly record: BuildRecord;
  readonly package: string;
}

/** As `process.env`: a dependent that has no types of Node reads these declarations too. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The package that a module belongs to: the nearest folder above it with a package.json. */
export function findRoot(url: string): string {
  const start = dirname(fileURLToPath(url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** Where the native part may lie, in the order of looking. */
export function nativeFolders(root: string, name: string, env: Environment): readonly string[] {
  const named = env[`TORCH_EXTENSION_NATIVE_${name.toUpperCase()}`];
  const own = [join(root, "build", "node", "out"), join(root, "prebuilds", `${process.platform}-${process.arch}`)];
  return named ? [named, ...own] : own;
}

/** In a dependent's node_modules there are no sources of the TypeScript, and nothing of it to build. */
function rebuild(root: string): string {
  const script = existsSync(join(root, "tsconfig.json")) ? "build" : "build:native";
  return `Run \`npm run ${script}\` in ${root}`;
}

function locate(root: string, names: { readonly native: string | null; readonly npm: string }): Place {
  const folders = nativeFolders(
    root,
    names.native ?? names.npm.replace(/^@[^/]*\//, "").replace(/[^a-zA-Z0-9]/g, ""),
    process.env,
  );
  for (const folder of folders) {
    const record = readRecord(folder, names.native);
    if (record !== null) return { root, folder, record, package: names.npm };
  }
  throw new Error(
    `${names.npm} has no native library for ${process.platform}-${process.arch}: there is none in ${folders.join(", ")}. ${rebuild(root)}`,
  );
}

/**
 * Throws where the library was built of other C++ signatures than the wrapper: it would read a number as a pointer, and end
 * the process.
 */
function checkInterface({ root, folder, record, package: name }: Place, wanted: string): void {
  if (record.interface === wanted) return;
  throw new Error(
    `${name}: the native library in ${folder} was built from other C++ signatures than ts/generated.ts. ${rebuild(root)}`,
  );
}

const searchVariable = { win32: "PATH", darwin: "DYLD_LIBRARY_PATH" }[process.platform as string] ?? "LD_LIBRARY_PATH";

/**
 * The folder that the system's loader takes libtorch from, or null where it finds none: the variable of its search path, the
 * library's own folder, and where libtorch lay at the build. Windows looks beside the library first, and there is no rpath:
 * `ensureAddon` puts libDir before all else on PATH.
 */
export function loadedFrom(folder: string, libDir: string, env: Environment): string | null {
  const searched = (env[searchVariable] ?? "").split(delimiter).filter((path) => path !== "");
  const folders = process.platform === "win32" ? [folder, libDir, ...searched] : [...searched, folder, libDir];
  const [wanted] = libtorchFiles(libDir);
  const holds = (path: string): boolean =>
    wanted === undefined ? libtorchFiles(path).length > 0 : existsSync(join(path, wanted));
  return folders.find(holds) ?? null;
}

/** Throws where the libtorch that the library was built for is gone or another: dlopen would say so in riddles, or not at all. */
function checkLibtorch({ root, folder, record, package: name }: Place): void {
  const { version, libDir } = record.libtorch;
  const from = loadedFrom(folder, libDir, process.env);
  if (from === null) {
    throw new Error(
      `${name} was built for libtorch ${version} in ${libDir}, which is not there any more. ${rebuild(root)}`,
    );
  }
  const found = versionBeside(from);
  if (found === null || found === version) return;
  const why = from === libDir || from === folder ? "" : `, which ${searchVariable} names`;
  const other = why === "" ? "" : `, or take that folder out of ${searchVariable}`;
  throw new Error(
    `${name} was built for libtorch ${version}, found ${found} in ${from}${why}. ${rebuild(root)}${other}`,
  );
}

function load(place: Place, file: string): unknown {
  try {
    return createRequire(import.meta.url)(join(place.folder, file));
  } catch (error) {
    throw explainLoadError(error, { package: place.package, record: place.record, rebuild: rebuild(place.root) });
  }
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Loads the addon that tensors need, unless a package has done so: one process holds one libtorch. */
function ensureAddon(place: Place): Addon {
  const { libtorch } = place.record;
  const { addon, origin } = shared;
  if (addon !== null && origin !== null) {
    if (origin.libtorch.version === libtorch.version && realPath(origin.libtorch.libDir) === realPath(libtorch.libDir))
      return addon;
    throw new Error(
      `${place.package} was built for libtorch ${libtorch.version} in ${libtorch.libDir}, but ${origin.folder} has loaded ${origin.libtorch.version} from ${origin.libtorch.libDir} into this process. Build both packages for the same libtorch. ${rebuild(place.root)}`,
    );
  }
  checkLibtorch(place);
  // Windows has no rpath: DLLs are looked for on PATH.
  if (process.platform === "win32") process.env.PATH = `${libtorch.libDir}${delimiter}${process.env.PATH ?? ""}`;
  const loaded = load(place, "tx_addon.node") as Addon;
  shared.addon = loaded;
  shared.origin = { folder: place.folder, libtorch };
  return loaded;
}

/** The addon, for tensors made before any function of a package was called. */
export function loadAddon(): Addon {
  if (shared.addon !== null) return shared.addon;
  const root = findRoot(import.meta.url);
  const name: unknown = existsSync(join(root, "package.json"))
    ? (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name?: unknown }).name
    : null;
  return ensureAddon(locate(root, { native: null, npm: typeof name === "string" ? name : root }));
}

/**
 * What gives a package's native functions: they are loaded at the first call, since libtorch alone takes a third of a second.
 *
 * The result throws an Error that says which command mends it when the native part is absent, was built from other C++
 * signatures than the wrapper or for a libtorch that is gone or of another version, or is refused by the system's loader.
 */
export function loadNative<T extends object>(source: NativeSource): () => T {
  let native: T | null = null;
  return () => {
    if (native !== null) return native;
    const place = locate(findRoot(source.url), { native: source.name, npm: source.package });
    checkInterface(place, source.interface);
    ensureAddon(place);
    const loaded = load(place, `${source.name}.node`) as T & { operatorsError?: () => string | null };
    const error = loaded.operatorsError?.() ?? null;
    if (error !== null) {
      process.emitWarning(`${source.package}: its operators are not registered with torch's dispatcher: ${error}`);
    }
    native = loaded;
    return loaded;
  };
}
