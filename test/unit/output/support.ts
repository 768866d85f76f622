import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type CommitResult, commitPlan } from "../../../src/output/commit.js";
import { OutputError } from "../../../src/output/errors.js";
import { readManifest } from "../../../src/output/manifest.js";
import { planChanges } from "../../../src/output/plan.js";
import type { Decision, Owner, Plan, PlannedFile } from "../../../src/output/types.js";
import { OWNERS } from "../../../src/output/types.js";

export const NAMES = { packageName: "my-ext", nativeName: "myext" };
export const IDENTITY = { generator: "0.1.0", names: NAMES };

/** A folder of the test's own, removed afterwards. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "output-")));
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** `"csrc/a.cpp": "text"` for each file; folders are made. */
export function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Everything below a folder: kind, permissions and content, by path. */
export function snapshot(root: string, prefix = ""): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const name of readdirSync(join(root, prefix)).sort()) {
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const stat = lstatSync(join(root, path));
    const mode = (stat.mode & 0o777).toString(8);
    if (stat.isDirectory()) {
      entries[`${path}/`] = mode;
      Object.assign(entries, snapshot(root, path));
    } else if (stat.isSymbolicLink()) entries[path] = `-> ${readlinkSync(join(root, path))}`;
    else entries[path] = stat.isFile() ? `${mode} ${readFileSync(join(root, path)).toString("latin1")}` : "special";
  }
  return entries;
}

export const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

/** Planned files of one owner. */
export function files(owner: Owner, contents: Readonly<Record<string, string>>): PlannedFile[] {
  return Object.entries(contents).map(([path, content]) => ({ path, content, owner }));
}

/** A plan against the folder's own manifest. */
export function planFor(root: string, planned: readonly PlannedFile[], scope: readonly Owner[] = OWNERS): Plan {
  return planChanges({ root, files: planned, manifest: readManifest(root), scope });
}

/** Plan and commit in one. */
export function write(
  root: string,
  planned: readonly PlannedFile[],
  decisions: Readonly<Record<string, Decision>> = {},
): Promise<CommitResult> {
  return commitPlan({ plan: planFor(root, planned), decisions: new Map(Object.entries(decisions)), ...IDENTITY });
}

/** `{ "a.txt": "create" }` */
export function kinds(plan: Plan): Record<string, string> {
  return Object.fromEntries(plan.changes.map(({ path, kind }) => [path, kind]));
}

/** The OutputError that the call throws or rejects with; any other outcome fails the test. */
export async function errorOf(run: () => unknown): Promise<OutputError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
