import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseConfigureError } from "./cmake-errors.js";
import { parseDiagnostics } from "./compiler-errors.js";
import {
  askedFor,
  type Choices,
  configureArguments,
  forget,
  newStamp,
  type Settled,
  settle,
  staleReason,
} from "./configure.js";
import { explain, firstError } from "./first-error.js";
import { findLibtorch } from "./libtorch.js";
import { type Machine, type Missing, missingFrom } from "./missing.js";
import { ownerOf } from "./owner.js";
import { dropStalePch } from "./pch.js";
import { buildFolder, type Host } from "./places.js";
import { englishMessages, lineSplitter, stream } from "./process.js";
import { type BuildEvent, parseStep } from "./progress.js";
import { findRLibtorch, findRTorch } from "./r-torch.js";
import { isConfiguredFor, readStamp, removeStamp, type Stamp, usableStamp, withPlaced, writeStamp } from "./stamp.js";
import { findTools } from "./tools.js";
import { traceBack } from "./trace-back.js";

export interface NativeRequest extends Choices {
  /** The package's folder. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onEvent: (event: BuildEvent) => void;
  /** Ends the compilers; the result says nothing then. */
  readonly signal?: AbortSignal | undefined;
  /** What is on this machine, where that is known already; asked only when it is needed. */
  readonly machine?: () => Promise<Machine>;
}

export type NativeResult =
  | {
      readonly ok: true;
      /** Folder of what the host loads. */
      readonly out: string;
      readonly log: string;
      /** Whether CMake configured in this call, as against an incremental build. */
      readonly configured: boolean;
      /** How many files were compiled. */
      readonly compiled: number;
    }
  | {
      readonly ok: false;
      readonly exitCode: 5 | 6;
      /** What to print: what happened, where. */
      readonly lines: readonly string[];
      /** The whole log, where something ran. */
      readonly log: string | null;
      readonly missing: readonly Missing[];
    };

/** What `findLibtorch` and `findTools` see, side by side. `named` is a folder, or null to look for a libtorch. */
export async function lookAround(
  named: string | null,
  env: NodeJS.ProcessEnv,
  root: string,
  host: Host = "node",
): Promise<Machine> {
  if (host === "r") {
    const [r, tools] = await Promise.all([findRTorch(env, root), findTools(env, root)]);
    return { libtorch: findRLibtorch(r, named, env), tools, r };
  }
  const [libtorch, tools] = await Promise.all([findLibtorch({ named, env }), findTools(env, root)]);
  return { libtorch, tools };
}

/** Whether a build with these choices has to look at the machine first; false for one that goes on from the last. */
export function mustLookAround(request: Pick<NativeRequest, "root" | "env" | keyof Choices>): boolean {
  const root = resolve(request.root);
  const folder = buildFolder(root, request.host);
  return usableStamp(root, folder, askedFor(settle(request, root, request.env), request.env)) === null;
}

/** The choices with what was left open filled in by what the last build of the package was told. */
export function settledChoices(choices: Choices, root: string, env: NodeJS.ProcessEnv): Settled {
  return settle(choices, resolve(root), env);
}

/**
 * Builds the package's native part in build/<host>: configures when there is a reason to, compiles, reads errors back.
 * Never throws for what a compiler, CMake or a bare machine may do; the log lies there too, in build.log.
 */
export async function buildNative(request: NativeRequest): Promise<NativeResult> {
  const root = resolve(request.root);
  const folder = buildFolder(root, request.host);
  const { env, onEvent } = request;
  const choices = settle(request, root, env);
  let stamp = usableStamp(root, folder, askedFor(choices, env));
  let mustConfigure = false;
  if (stamp === null) {
    const machine = await (request.machine?.() ?? lookAround(choices.named, env, root, request.host));
    const missing = missingFrom(machine, choices.cuda, env);
    const libtorch = machine.libtorch.found;
    if (missing.length > 0 || libtorch === null) {
      return { ok: false, exitCode: 5, lines: missing.map(({ message }) => message), log: null, missing };
    }
    stamp = newStamp(root, folder, choices, { libtorch, tools: machine.tools, r: machine.r?.torch, env });
    mustConfigure = !isConfiguredFor(folder, stamp);
    if (!mustConfigure) writeStamp(folder, { ...stamp, placed: readStamp(folder)?.placed ?? [] });
  }
  onEvent({ kind: "libtorch", libtorch: stamp.libtorch });
  mkdirSync(folder, { recursive: true });
  const run = { root, folder, stamp, env: englishMessages(env), onEvent, signal: request.signal };
  const log = openLog(join(folder, "build.log"));
  try {
    if (!mustConfigure) {
      const { result, gone } = await compile(run, log, false);
      if (!gone) return result;
      forget(folder);
      onEvent({ kind: "restarted", why: "a file that the last build used is gone" });
    }
    const refused = await configure(run, log);
    if (refused !== null) return refused;
    return (await compile(run, log, true)).result;
  } finally {
    log.close();
  }
}

interface Run {
  readonly root: string;
  readonly folder: string;
  readonly stamp: Stamp;
  readonly env: NodeJS.ProcessEnv;
  readonly onEvent: (event: BuildEvent) => void;
  readonly signal: AbortSignal | undefined;
}

type Refused = Extract<NativeResult, { ok: false }>;

async function configure({ root, folder, stamp, env, onEvent, signal }: Run, log: Log): Promise<Refused | null> {
  const why = staleReason(folder, stamp);
  if (why !== null) {
    forget(folder);
    onEvent({ kind: "restarted", why });
  }
  removeStamp(folder);
  onEvent({ kind: "configuring" });
  const start = performance.now();
  const lines: string[] = [];
  const split = lineSplitter((line) => lines.push(line));
  const args = configureArguments(stamp);
  log.write(`$ ${[stamp.cmake, ...args].map(quoted).join(" ")}\n`);
  const { code, stderr } = await stream(stamp.cmake, args, { env, signal, onText: both(log.write, split) });
  split(null);
  if (code !== 0) return configureRefusal(lines.length > 0 ? lines : [stderr.trim()], root, log);
  writeStamp(folder, withPlaced(folder, stamp));
  onEvent({ kind: "configured", seconds: (performance.now() - start) / 1000 });
  return null;
}

/** `gone`: the build stopped at a file that was there when CMake configured; another libtorch or Node may have taken its place. */
async function compile(run: Run, log: Log, justConfigured: boolean): Promise<{ result: NativeResult; gone: boolean }> {
  const { root, folder, stamp, onEvent, signal } = run;
  dropStalePch(folder);
  const start = performance.now();
  const lines: string[] = [];
  let steps = 0;
  let compiled = 0;
  const split = lineSplitter((line) => {
    lines.push(line);
    const event = parseStep(line, { source: join(root, "csrc"), root });
    if (event === null) return;
    steps += 1;
    if (event.kind === "compiling") compiled += 1;
    onEvent(event);
  });
  const [command, args] = buildCommand(stamp, run.env);
  log.write(`$ ${[command, ...args].map(quoted).join(" ")}\n`);
  const env = { ...run.env, NINJA_STATUS: "[%f/%t] " };
  const { code, stderr } = await stream(command, args, { env, cwd: folder, signal, onText: both(log.write, split) });
  split(null);
  const owner = ownerOf(root);
  if (code === 0) {
    for (const warning of parseDiagnostics(lines, folder)) {
      if (warning.place !== null && owner(warning.place.file) === "userOwned")
        onEvent({
          kind: "warning",
          lines: explain({ diagnostic: warning, place: warning.place, owner: "userOwned", others: 0 }, root),
        });
    }
    onEvent({ kind: "built", seconds: (performance.now() - start) / 1000, steps });
    const result = { ok: true, out: join(folder, "out"), log: log.path, configured: justConfigured, compiled } as const;
    return { result, gone: false };
  }
  const gone = lines.some((line) => /missing and no known rule|No rule to make target/.test(line));
  return { result: buildRefusal(lines.length > 0 ? lines : [stderr.trim()], run, log), gone };
}

function buildRefusal(lines: readonly string[], { root, folder }: Run, log: Log): Refused {
  // A changed CMakeLists.txt makes the build tool run CMake, which may refuse it.
  if (parseConfigureError(lines) !== null) return configureRefusal(lines, root, log);
  const owner = ownerOf(root);
  const first = firstError(parseDiagnostics(lines, folder), owner);
  const isOwn = first?.owner === "userOwned";
  const traced = first === null || isOwn ? null : traceBack(first.diagnostic, { root, folder, ownerOf: owner });
  const text = first === null ? lines.slice(-15) : explain(first, root, traced);
  return { ok: false, exitCode: 6, lines: [headline(first === null), ...text], log: log.path, missing: [] };
}

function headline(unread: boolean): string {
  return unread ? "The build stopped; its last lines:" : "The compiler refused.";
}

function configureRefusal(lines: readonly string[], root: string, log: Log): Refused {
  const error = parseConfigureError(lines);
  const message = error?.message ?? lines.slice(-15).join("\n");
  const place = error?.place == null ? "" : ` at ${inPackage(error.place, root)}`;
  return {
    ok: false,
    exitCode: error?.missing ? 5 : 6,
    lines: [`CMake could not configure the build${place}.`, ...message.split("\n").map((line) => `  ${line}`)],
    log: log.path,
    missing: [],
  };
}

/** CMake names its files relative to csrc. */
function inPackage(place: string, root: string): string {
  return relative(root, resolve(root, "csrc", place)).replaceAll("\\", "/");
}

/**
 * Ninja or make itself (a process less, and one that hands a signal on to its compilers), else CMake's own front to the build
 * tool.
 */
function buildCommand(stamp: Stamp, env: NodeJS.ProcessEnv): [string, string[]] {
  const told = Number(env.CMAKE_BUILD_PARALLEL_LEVEL ?? 0);
  // A unit with libtorch's headers takes up to a gigabyte. One job a core, not Ninja's two more: the longest unit starts first,
  // and should not have to share its core.
  const room = Math.max(1, Math.floor(process.availableMemory() / 2 ** 30));
  const jobs = String(told > 0 ? told : Math.min(availableParallelism(), room));
  if (stamp.generator !== null && stamp.makeProgram !== null) return [stamp.makeProgram, ["-j", jobs]];
  const type = stamp.variables.CMAKE_BUILD_TYPE ?? "Release";
  return [stamp.cmake, ["--build", stamp.folder, "--config", type, "--parallel", jobs]];
}

interface Log {
  readonly path: string;
  readonly write: (text: string) => void;
  readonly close: () => void;
}

function openLog(path: string): Log {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, "w");
  const write = (text: string): void => {
    try {
      writeSync(descriptor, text);
    } catch {
      // A full disk stops the compiler, which says so itself.
    }
  };
  return { path, write, close: () => closeSync(descriptor) };
}

function both(first: (text: string) => void, second: (text: string) => void): (text: string) => void {
  return (text) => {
    first(text);
    second(text);
  };
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
