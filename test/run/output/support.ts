import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { commitPlan } from "../../../src/output/commit.js";
import { readManifest } from "../../../src/output/manifest.js";
import { planChanges } from "../../../src/output/plan.js";
import { OWNERS } from "../../../src/output/types.js";
import { snapshot } from "../../unit/output/support.js";
import { IDENTITY, stateFiles } from "./states.js";

const REPOSITORY = resolve(fileURLToPath(import.meta.url), "../../../..");

/** Compiles the child and what it imports. @returns its JavaScript file */
export function compileChild(folder: string): string {
  const options = ["--outDir", folder, "--rootDir", REPOSITORY, "--ignoreConfig", "--types", "node", "--skipLibCheck"];
  const target = ["--target", "es2023", "--module", "nodenext"];
  const compiler = join(REPOSITORY, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, ...options, ...target, join(REPOSITORY, "test/run/output/child.ts")]);
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  execFileSync("cp", [join(REPOSITORY, "package.json"), folder]);
  execFileSync("chmod", ["-R", "a+rX", folder]);
  return join(folder, "test/run/output/child.js");
}

export const makeTemporary = (): string => realpathSync(mkdtempSync(join(tmpdir(), "output-run-")));
export const removeTemporary = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves when stdout holds the text, or the process has ended. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
}

export function start(command: string, args: readonly string[]): Running {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    for (const check of waiting) check();
  });
  const ended = new Promise<Ended>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      done({ code, signal, stdout });
    });
  });
  const said = (text: string) => {
    const heard = new Promise<void>((done) => {
      const check = () => {
        if (stdout.includes(text)) done();
      };
      waiting.add(check);
      check();
    });
    return Promise.race([heard, ended.then(() => undefined)]);
  };
  return { child, said, ended };
}

export async function commitState(root: string, state: number, size = 100): Promise<void> {
  const planned = stateFiles(state, size);
  const plan = planChanges({ root, files: planned, manifest: readManifest(root), scope: OWNERS });
  await commitPlan({ plan, ...IDENTITY });
}

/** The two trees that may be found, once each was reached from the other. */
export async function expectedTrees(folder: string, size = 100): Promise<readonly Record<string, string>[]> {
  const root = join(folder, "expected");
  mkdirSync(root);
  await commitState(root, 0, size);
  const first = snapshot(root);
  await commitState(root, 1, size);
  const second = snapshot(root);
  rmSync(root, { recursive: true });
  return [first, second];
}

/** Whether a tool is there; says so loudly when it is not. */
export function hasTool(name: string, args: readonly string[], why: string): boolean {
  try {
    execFileSync(name, args, { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`SKIPPED: ${why} (${name} does not work here)`);
    return false;
  }
}
