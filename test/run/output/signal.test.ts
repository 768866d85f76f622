import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashContent } from "../../../src/output/content.js";
import { recover } from "../../../src/output/recover.js";
import { errorOf, snapshot } from "../../unit/output/support.js";
import {
  commitState,
  compileChild,
  expectedTrees,
  hasTool,
  makeTemporary,
  type Running,
  removeTemporary,
  start,
} from "./support.js";

/** Large enough for a signal to come while files are staged. */
const SIZE = 400_000;

let folder = "";
let child = "";
let trees: readonly Record<string, string>[] = [];

beforeAll(async () => {
  folder = makeTemporary();
  mkdirSync(join(folder, "js"));
  child = compileChild(join(folder, "js"));
  trees = await expectedTrees(folder, SIZE);
});
afterAll(() => removeTemporary(folder));

async function makePackage(): Promise<string> {
  const root = join(folder, "my-ext");
  rmSync(root, { recursive: true, force: true });
  await commitState(root, 0, SIZE);
  return root;
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s while files are written: the old tree or the new one, exit 130",
  async (signal) => {
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 12; round++) {
      const root = await makePackage();
      const run = start(process.execPath, [child, root, "1", String(SIZE)]);
      await staging(run, root);
      await setTimeout(round * 4);
      run.child.kill(signal);
      const ended = await run.ended;
      const tree = snapshot(root);
      expect(trees.map(digest)).toContain(digest(tree));
      const isNew = digest(tree) === digest(trees[1]);
      const outcome = `${ended.code ?? "before"} ${isNew ? "new" : "old"}`;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (ended.code !== 130) continue;
      const error = JSON.parse(ended.stdout.split("\n")[1] ?? "");
      expect(error.message).toBe(`Stopped by ${signal}: ${isNew ? "all files were written" : "nothing was changed"}.`);
    }
    console.log(`${signal}: ${JSON.stringify(outcomes)}`);
    expect(outcomes["130 old"]).toBeGreaterThan(0);
  },
);

const STRACE = hasTool(
  "strace",
  ["-qq", "-e", "inject=rename:signal=SIGINT:when=9999", "true"],
  "a signal at a given call",
);

test.skipIf(!STRACE).each([
  ["fsync", 3, "old"],
  ["?rename,?renameat,?renameat2", 12, "new"],
])("SIGINT at %s number %i: the %s tree, exit 130", async (calls, count, tree) => {
  const root = await makePackage();
  const inject = `inject=${calls}:signal=SIGINT:when=${count}`;
  const args = ["-f", "-qq", "-o", "/dev/null", "-e", inject, process.execPath, child, root, "1", String(SIZE)];
  const { code, stdout } = await start("strace", args).ended;
  expect(JSON.parse(stdout.split("\n")[1] ?? "")).toMatchObject({ name: "InterruptedError" });
  expect(code).toBe(130);
  expect(digest(snapshot(root))).toBe(digest(trees[tree === "old" ? 0 : 1]));
});

test("a second process gets an error with the first one's id, and after a kill the next run recovers", async () => {
  const root = await makePackage();
  const run = start(process.execPath, [child, root, "1", String(SIZE * 20)]);
  await staging(run, root);
  run.child.kill("SIGSTOP");
  const before = snapshot(root);
  for (const second of [() => recover(root), () => commitState(root, 1, SIZE)]) {
    const error = await errorOf(second);
    expect(error).toMatchObject({ name: "LockedError", pid: run.child.pid });
    expect(error.message).toContain(`process ${run.child.pid}`);
    expect(error.fix).toContain(`kill ${run.child.pid}`);
  }
  expect(digest(snapshot(root))).toBe(digest(before));
  run.child.kill("SIGKILL");
  await run.ended;
  expect(recover(root).state).toBe("old");
  expect(digest(snapshot(root))).toBe(digest(trees[0]));
  await commitState(root, 1, SIZE);
  expect(digest(snapshot(root))).toBe(digest(trees[1]));
});

/** Until the process has begun to write: its claim is there. */
async function staging(run: Running, root: string): Promise<void> {
  const claim = join(root, ".torch-extension-journal");
  while (run.child.exitCode === null && !existsSync(claim)) await setTimeout(1);
}

/** Names and hashes of a tree: short enough for the message of a failure. */
function digest(tree: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(tree ?? {})
    .map(([path, entry]) => `${path} ${hashContent(entry).slice(0, 8)}`)
    .join("\n");
}
