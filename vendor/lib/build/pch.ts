import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type CompileCommand, compileCommands, depfileEntries } from "./compile-commands.js";
import { isLocked, longestHold, takeLock } from "./lock.js";
import { ownerOf } from "./owner.js";
import { buildFolder } from "./places.js";
import { capture } from "./process.js";

/** What came of making a precompiled header. */
export type PchResult =
  | { readonly outcome: "made" | "ready"; readonly file: string; readonly seconds: number }
  | { readonly outcome: "impossible" | "busy"; readonly why: string };

const headerName = "torch_extension_prefix.h";
const endings = ["gch", "pch"] as const;

/** Whether a build may start one by itself: not in CI, and not where the person said TORCH_EXTENSION_PCH=off. */
export function mayMakePch(env: NodeJS.ProcessEnv): boolean {
  const ci = env.CI ?? "";
  return (ci === "" || ci === "false" || ci === "0") && (env.TORCH_EXTENSION_PCH ?? "").toLowerCase() !== "off";
}

/** Starts `main.js --pch` in the background, at the lowest priority; it outlives this process. */
export function startPch(root: string, env: NodeJS.ProcessEnv): void {
  const plan = planPch(buildFolder(root));
  if (plan === null || existsSync(plan.file) || isLocked(lockOf(plan.file))) return;
  const main = fileURLToPath(new URL("./main.js", import.meta.url));
  if (!existsSync(main)) return;
  const child = spawn(process.execPath, [main, "--pch", "--nice", "--root", root], {
    cwd: root,
    env,
    detached: true,
    stdio: "ignore",
    windowsHide: true,
  });
  // The next build is as fast as this one was, then.
  child.on("error", () => {});
  child.unref();
}

/**
 * Removes a precompiled header whose headers, compiler or flags are not those of now: compilers do not check all of them.
 * The objects go with it, since what was compiled with one does not depend on the headers in it.
 */
export function dropStalePch(folder: string): void {
  for (const ending of endings) {
    const file = join(folder, "prefix", `${headerName}.${ending}`);
    if (!existsSync(file)) continue;
    const record = readRecord(file);
    const holds = record !== null && planPch(folder)?.key === record.key && marks(record.headers) === record.marks;
    if (holds) continue;
    for (const name of [file, `${file}.json`]) rmSync(name, { force: true });
    for (const { args, folder: from } of compileCommands(folder).filter(takesPrefix)) {
      const object = args[args.indexOf("-o") + 1];
      if (args.includes("-o") && object !== undefined) rmSync(resolve(from, object), { force: true });
    }
  }
}

/**
 * Makes the precompiled header of the package's units: to a name of its own first, then renamed.
 * Where another process makes it already, `wait` waits for that one.
 */
export async function makePch(root: string, env: NodeJS.ProcessEnv, wait = true): Promise<PchResult> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  while (wait && seconds() * 1000 < longestHold && isBeingMade(buildFolder(root)))
    await new Promise((later) => setTimeout(later, 50));
  dropStalePch(buildFolder(root));
  const plan = planPch(buildFolder(root));
  if (plan === null)
    return { outcome: "impossible", why: `no unit of yours is compiled with ${headerName}: build first` };
  if (existsSync(plan.file)) return { outcome: "ready", file: plan.file, seconds: seconds() };
  const release = takeLock(lockOf(plan.file));
  if (release === null) {
    // Taken since it was looked for, perhaps given back already.
    if (wait && (isLocked(lockOf(plan.file)) || existsSync(plan.file))) return makePch(root, env, wait);
    return { outcome: "busy", why: "another process is making it, or its folder cannot be written to" };
  }
  removeDrafts(plan.file);
  const [draft, depfile] = [`${plan.file}.${process.pid}.tmp`, `${plan.file}.${process.pid}.d`];
  try {
    const args = [...plan.flags, "-x", "c++-header", "-MD", "-MF", depfile, "-o", draft, "-c", plan.header];
    const { code, stderr } = await capture(plan.command.compiler, args, { env, cwd: plan.command.folder });
    if (code !== 0) return { outcome: "impossible", why: stderr.trim().split("\n").slice(-5).join("\n") };
    const headers = depfileEntries(readFileSync(depfile, "utf8")).map((name) => resolve(plan.command.folder, name));
    writeFileSync(
      `${plan.file}.json`,
      JSON.stringify({ key: plan.key, marks: marks(headers), headers } satisfies PchRecord),
    );
    renameSync(draft, plan.file);
    return { outcome: "made", file: plan.file, seconds: seconds() };
  } finally {
    for (const name of [draft, depfile]) rmSync(name, { force: true });
    release();
  }
}

interface PchRecord {
  readonly key: string;
  readonly marks: string;
  readonly headers: readonly string[];
}

interface Plan {
  readonly command: CompileCommand;
  readonly flags: readonly string[];
  readonly header: string;
  readonly file: string;
  readonly key: string;
}

/** What would be made for a build folder as it is configured now; null where no unit of the person's takes the prefix. */
function planPch(folder: string): Plan | null {
  const header = join(folder, "prefix", headerName);
  const owner = ownerOf(dirname(dirname(folder)));
  const command = compileCommands(folder).find(
    (unit) => takesPrefix(unit) && owner(unit.file) === "userOwned" && !unit.file.endsWith(".cu"),
  );
  if (command === undefined || !existsSync(header)) return null;
  const flags = pchFlags(command.args);
  const file = `${header}.${/clang/.test(basename(command.compiler)) ? "pch" : "gch"}`;
  const key = createHash("sha256")
    .update(JSON.stringify([command.compiler, marks([command.compiler]), flags, readFileSync(header, "utf8")]))
    .digest("hex");
  return { command, flags, header, file, key };
}

function takesPrefix({ args }: CompileCommand): boolean {
  return args.some((word) => basename(word) === headerName);
}

/** A unit's flags without its own input, output, dependency file and forced include. */
export function pchFlags(args: readonly string[]): string[] {
  const flags: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (["-o", "-c", "-MT", "-MQ", "-MF"].includes(word)) i += 1;
    else if (word === "-include" && basename(args[i + 1] ?? "") === headerName) i += 1;
    else if (!["-MD", "-MMD", "-MP", "-Winvalid-pch", "-fpch-deps", "--"].includes(word)) flags.push(word);
  }
  return flags;
}

function marks(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const stat = statSync(file, { throwIfNoEntry: false });
    hash.update(`${file} ${stat === undefined ? "gone" : `${stat.mtimeMs} ${stat.size}`}\n`);
  }
  return hash.digest("hex");
}

function readRecord(file: string): PchRecord | null {
  try {
    return JSON.parse(readFileSync(`${file}.json`, "utf8")) as PchRecord;
  } catch {
    return null;
  }
}

/** What a process that was killed left behind; to be called under the lock. */
function removeDrafts(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (/\.\d+\.(tmp|d)$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function isBeingMade(folder: string): boolean {
  return endings.some((ending) => isLocked(lockOf(join(folder, "prefix", `${headerName}.${ending}`))));
}

function lockOf(file: string): string {
  return `${file}.lock`;
}
