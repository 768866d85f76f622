import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import type { Libtorch, Refusal } from "../../../vendor/lib/build/libtorch.js";
import {
  type Cuda,
  cudaMismatch,
  type Machine,
  type Missing,
  missingFrom,
  remedies,
  thisSystem,
} from "../../../vendor/lib/build/missing.js";
import { lookAround, settledChoices } from "../../../vendor/lib/build/native.js";
import { type Host as BuildHost, cacheFolder } from "../../../vendor/lib/build/places.js";
import { capture, which } from "../../../vendor/lib/build/process.js";
import { findRLibtorch, findRTorch, type RSearch } from "../../../vendor/lib/build/r-torch.js";
import type { Io } from "../../io.js";

/** One thing that was looked at. `status` is "absent" for what a build can do without. */
export interface Check {
  readonly id:
    | "libtorch"
    | "cmake"
    | "ninja"
    | "compiler"
    | "node"
    | "node-headers"
    | "npm"
    | "git"
    | "cuda"
    | "compiler-cache"
    | "cache-folder"
    | "r"
    | "r-torch";
  readonly label: string;
  readonly status: "ok" | "missing" | "too old" | "absent";
  readonly required: boolean;
  readonly version: string | null;
  readonly path: string | null;
  /** More about it, in words. */
  readonly note: string | null;
  /** What to type to mend it, where it needs mending. */
  readonly fix: readonly string[];
}

/** What `doctor --json` prints. */
export interface Report {
  readonly ok: boolean;
  readonly libtorch: Libtorch | null;
  readonly refused: readonly Refusal[];
  readonly checks: readonly Check[];
}

export interface DoctorRequest {
  /** The package whose node_modules may hold Node's headers. */
  readonly folder: string;
  /** Whose build this is about; Node's by default. */
  readonly host?: BuildHost;
  readonly json: boolean;
  readonly io: Pick<Io, "out">;
  readonly env: NodeJS.ProcessEnv;
}

/** Looks at everything that a build uses and prints it. Exit code: 0 when a build can run, else 5. */
export async function runDoctor(request: DoctorRequest): Promise<number> {
  const report = await examine(request);
  const lines = request.json ? [JSON.stringify(report, null, 2)] : renderReport(report);
  for (const line of lines) request.io.out(line);
  return report.ok ? 0 : 5;
}

/** Looks at everything that a build uses, all at once. */
export async function examine({ folder, host, env }: Omit<DoctorRequest, "json" | "io">): Promise<Report> {
  // What the last build of this package was told, or the environment says, is what the next one uses.
  const { named, cuda } = settledChoices({ host, named: null, cuda: null, debug: false }, folder, env);
  const [machine, rSearch, npm, git, r, cacheNote] = await Promise.all([
    lookAround(named, env, folder, host),
    findRTorch(env, folder),
    versionOf("npm", /^(\d\S*)/, env),
    versionOf("git", /git version (\S+)/, env),
    versionOf("Rscript", /version (\S+)/, env),
    cacheFolderNote(cacheFolder(env)),
  ]);
  return report(machine, { npm, git, r, rSearch, cache: { path: cacheFolder(env), note: cacheNote } }, env, cuda);
}

interface Found {
  readonly path: string;
  readonly version: string;
}

interface Others {
  readonly npm: Found | null;
  readonly git: Found | null;
  readonly r: Found | null;
  readonly rSearch?: RSearch;
  readonly cache: { readonly path: string; readonly note: string | null };
}

function headersNote(headers: Machine["tools"]["nodeHeaders"]): string | null {
  if (headers === null) return "a package's npm install brings them (node-api-headers)";
  return headers.from === "npm" ? "from node-api-headers" : null;
}

/** Puts what was seen into one report. */
export function report(machine: Machine, others: Others, env: NodeJS.ProcessEnv, cuda: Cuda = "auto"): Report {
  const { tools, libtorch } = machine;
  const missing = missingFrom(machine, cuda, env);
  const fix = (what: Missing["what"]): readonly string[] => {
    const one = missing.filter((piece) => piece.what === what);
    return remedies(one, thisSystem(), process.getuid?.() === 0);
  };
  const needed = (
    id: Check["id"],
    label: string,
    what: Missing["what"],
    found: Found | null,
    note: string | null,
  ): Check => {
    const lack = missing.find((piece) => piece.what === what);
    const status = lack === undefined ? "ok" : found === null ? "missing" : "too old";
    return {
      id,
      label,
      status,
      required: true,
      ...place(found),
      note: lack === undefined ? note : lack.message,
      fix: fix(what),
    };
  };
  const optional = (id: Check["id"], label: string, found: Found | null, note: string | null): Check => ({
    id,
    label,
    status: found === null ? "absent" : "ok",
    required: false,
    ...place(found),
    note,
    fix: [],
  });
  const torch = libtorch.found;
  const torchPlace = torch === null ? null : { path: torch.cmakeDir, version: torch.version };
  const checks: Check[] = [
    needed(
      "libtorch",
      "libtorch",
      machine.r === undefined ? "libtorch" : "r-libtorch",
      torchPlace,
      torch === null ? null : `${torch.why}; ${cudaNote(torch)}`,
    ),
    needed("cmake", "CMake", "cmake", tools.cmake, null),
    ninja(machine, fix("generator"), missing),
    needed("compiler", "C++ compiler", "compiler", tools.compiler, tools.compiler?.family ?? null),
    { ...optional("node", "Node", { path: process.execPath, version: process.versions.node }, null), required: true },
    // A package's npm install brings them where Node does not: nothing that a machine must have.
    optional("node-headers", "Node's headers", tools.nodeHeaders, headersNote(tools.nodeHeaders)),
    {
      ...optional("npm", "npm", others.npm, null),
      ...(others.npm === null && machine.r === undefined ? { status: "missing" as const } : {}),
      required: machine.r === undefined,
    },
    optional("git", "git", others.git, others.git === null ? "new packages are written without a repository" : null),
    optional("cuda", "CUDA (nvcc)", tools.nvcc, cudaUse(machine)),
    optional(
      "compiler-cache",
      "ccache or sccache",
      tools.compilerCache,
      tools.compilerCache === null ? "a second build of the same source is not faster" : null,
    ),
    {
      ...optional("cache-folder", "cache folder", { path: others.cache.path, version: "" }, others.cache.note),
      version: null,
    },
    machine.r === undefined
      ? optional("r", "R (Rscript)", others.r, null)
      : needed("r", "R (Rscript)", "r", others.r, null),
    machine.r === undefined
      ? optional("r-torch", "R's torch", rPlace(others.rSearch), rNote(others.rSearch, env))
      : needed("r-torch", "R's torch", "r-torch", rPlace(others.rSearch), rNote(others.rSearch, env)),
  ];
  const ok = checks.every(({ status, required }) => !required || status === "ok");
  return { ok, libtorch: torch, refused: libtorch.refused, checks };
}

function ninja({ tools }: Machine, fix: readonly string[], missing: readonly Missing[]): Check {
  const common = { id: "ninja", label: "Ninja" } as const;
  if (tools.ninja !== null)
    return { ...common, status: "ok", required: false, ...place(tools.ninja), note: null, fix: [] };
  const lack = missing.find(({ what }) => what === "generator");
  if (lack !== undefined)
    return { ...common, status: "missing", required: true, ...place(null), note: lack.message, fix };
  return {
    ...common,
    status: "absent",
    required: false,
    ...place(null),
    note: `make ${tools.make?.version ?? ""} is used`,
    fix: [],
  };
}

function rPlace(search: RSearch | undefined): Found | null {
  return search?.torch ? { path: search.torch.folder, version: search.torch.version } : null;
}

/** Which libtorch R's torch loads, or what a package for R would need. */
function rNote(search: RSearch | undefined, env: NodeJS.ProcessEnv): string | null {
  if (search === undefined) return null;
  if (search.torch === null) return 'packages for R need it: install.packages("torch"), torch::install_torch()';
  const { found } = findRLibtorch(search, null, { ...env, TORCH_EXTENSION_LIBTORCH: "" });
  return found === null ? "without its native part: torch::install_torch()" : `it loads libtorch ${found.version}`;
}

function place(found: Found | null): { path: string | null; version: string | null } {
  return { path: found?.path ?? null, version: found?.version ?? null };
}

function cudaNote({ cuda }: Libtorch): string {
  if (cuda === null) return "without CUDA";
  return cuda === "unknown" ? "with CUDA" : `with CUDA ${cuda}`;
}

/** What comes of .cu files on this machine. */
function cudaUse(machine: Machine): string | null {
  const { found } = machine.libtorch;
  if (found === null) return null;
  if (found.cuda === null) return "libtorch has no CUDA: .cu files are not built";
  if (machine.tools.nvcc === null) return "libtorch has CUDA, but there is no nvcc: .cu files are not built";
  const mismatch = cudaMismatch(machine);
  return mismatch === null ? ".cu files are built with it" : `${mismatch}: .cu files are not built`;
}

async function versionOf(name: string, pattern: RegExp, env: NodeJS.ProcessEnv): Promise<Found | null> {
  const path = which(name, env);
  if (path === null) return null;
  const { stdout, stderr } = await capture(path, ["--version"], { env, timeoutMs: 20_000 });
  return { path, version: pattern.exec(stdout + stderr)?.[1] ?? "unknown" };
}

/** What is wrong with the cache folder, or null. It need not be there yet. */
async function cacheFolderNote(path: string): Promise<string | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      await access(folder, constants.W_OK);
      return folder === path ? null : "made by the first build";
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT" && dirname(folder) !== folder) continue;
      return "it cannot be written: set TORCH_EXTENSION_CACHE to a folder that can, or TORCH_EXTENSION_SHIM_CACHE=OFF";
    }
  }
}

/** The report as a person reads it. */
export function renderReport({ ok, refused, checks }: Report): string[] {
  const width = Math.max(...checks.map(({ label }) => label.length));
  const lines = checks.flatMap((check) => {
    const first = [check.version, check.path].filter((part) => part !== null).join("  ");
    const more = check.note?.split("\n") ?? [];
    const head = `${check.status.padEnd(7)}  ${check.label.padEnd(width)}  ${first}`.trimEnd();
    const indent = " ".repeat(width + 11);
    return [head, ...more.map((line) => `${indent}${line.trim()}`), ...check.fix.map((line) => `${indent}→ ${line}`)];
  });
  const torch = checks.find(({ id }) => id === "libtorch");
  // A missing libtorch has said so itself.
  const others = torch?.status === "ok" ? refused.map(({ place: at, why }) => `         not used: ${at}: ${why}`) : [];
  return [
    ...lines,
    ...others,
    ok ? "A build can run." : "A build cannot run yet: see the lines that start with «missing» or «too old».",
  ];
}
