import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recover } from "../../../src/output/recover.js";
import { snapshot } from "../../unit/output/support.js";
import { commitState, compileChild, expectedTrees, hasTool, makeTemporary, removeTemporary, start } from "./support.js";

let folder = "";
let child = "";
let trees: readonly Record<string, string>[] = [];

beforeAll(async () => {
  folder = makeTemporary();
  mkdirSync(join(folder, "js"));
  child = compileChild(join(folder, "js"));
  trees = await expectedTrees(folder);
});
afterAll(() => removeTemporary(folder));

/** A parent with nothing but the package in it, in state 0. */
async function makePackage(): Promise<{ parent: string; root: string }> {
  const parent = join(folder, "parent");
  rmSync(parent, { recursive: true, force: true });
  mkdirSync(parent);
  const root = join(parent, "my-ext");
  mkdirSync(root);
  await commitState(root, 0);
  return { parent, root };
}

test("killed at 50 random moments, the tree is the old one or the new one, byte by byte", async () => {
  const { parent, root } = await makePackage();
  const seen = { unsettled: 0, old: 0, new: 0, none: 0 };
  for (let round = 0; round < 50; round++) {
    const run = start(process.execPath, [child, root, "loop"]);
    await run.said("ready");
    await setTimeout(Math.random() * 40);
    run.child.kill("SIGKILL");
    expect((await run.ended).signal).toBe("SIGKILL");
    const before = JSON.stringify(snapshot(root));
    if (!trees.some((tree) => JSON.stringify(tree) === before)) seen.unsettled++;
    const { state, aside } = recover(root);
    seen[state]++;
    expect(aside).toEqual([]);
    expect(trees).toContainEqual(snapshot(root));
    expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
  }
  console.log(`50 kills: ${JSON.stringify(seen)}`);
  // Otherwise no kill came within a commit, and nothing was tested.
  expect(seen.unsettled).toBeGreaterThan(5);
});

const STRACE = hasTool(
  "strace",
  ["-qq", "-e", "inject=rename:error=EIO:when=9999", "true"],
  "a kill or an error at each rename",
);
/** A commit of one state, with something done to it at a system call. */
const injected = (what: string, root: string, state: string) =>
  start("strace", ["-f", "-qq", "-o", "/dev/null", "-e", `inject=${what}`, process.execPath, child, root, state]).ended;
const RENAMES = "?rename,?renameat,?renameat2";

// strace counts calls by thread: fsync runs on several.
test.skipIf(!STRACE).each([
  ["rename", RENAMES, 25],
  ["mkdir", "?mkdir,?mkdirat", 5],
  ["unlink and rmdir", "?unlink,?unlinkat,?rmdir", 10],
  ["fsync", "fsync", 5],
])("killed at each %s in turn, the tree is the old one or the new one", async (name, calls, atLeast) => {
  const states: string[] = [];
  for (let count = 1; ; count++) {
    const { parent, root } = await makePackage();
    const { signal, code } = await injected(`${calls}:signal=SIGKILL:when=${count}`, root, "1");
    if (signal === null && code === 0) break;
    recover(root);
    const tree = snapshot(root);
    expect(trees).toContainEqual(tree);
    states.push(JSON.stringify(tree) === JSON.stringify(trees[1]) ? "new" : "old");
    expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
  }
  console.log(`kills at each ${name}: ${states.join(" ")}`);
  expect(states.length).toBeGreaterThanOrEqual(atLeast);
});

test.skipIf(!STRACE)(
  "an error of the system at each rename leaves the old tree, or the new one when all was done",
  async () => {
    const outcomes: string[] = [];
    for (let count = 1; ; count++) {
      const { parent, root } = await makePackage();
      const { code, stdout } = await injected(`${RENAMES}:error=ENOSPC:when=${count}`, root, "1");
      const tree = snapshot(root);
      expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
      if (code === 0) {
        expect(tree).toEqual(trees[1]);
        outcomes.push("new");
        // Past the last rename no error is injected: a second run in a row without one ends the test.
        if (outcomes.slice(-4).join() === "new,new,new,new") break;
      } else {
        expect(tree).toEqual(trees[0]);
        expect(JSON.parse(stdout.split("\n")[1] ?? "")).toMatchObject({
          message: expect.stringContaining("the disk is full"),
        });
        outcomes.push("old");
      }
    }
    console.log(`errors at each rename: ${outcomes.join(" ")}`);
    expect(outcomes.filter((outcome) => outcome === "old").length).toBeGreaterThan(20);
  },
);

test.skipIf(!STRACE)("a recovery that is killed at each rename is recovered from", async () => {
  for (let first = 12; first <= 20; first += 8) {
    for (let second = 1; second < 12; second += 2) {
      const { root } = await makePackage();
      for (const count of [first, second]) {
        await injected(`${RENAMES}:signal=SIGKILL:when=${count}`, root, "1");
      }
      recover(root);
      expect(snapshot(root)).toEqual(trees[0]);
    }
  }
});

test.skipIf(!STRACE)("a new folder, killed at each rename: not there, or whole", async () => {
  const parent = join(folder, "new");
  const root = join(parent, "my-ext");
  const found: boolean[] = [];
  for (let count = 1; ; count++) {
    rmSync(parent, { recursive: true, force: true });
    mkdirSync(parent);
    const { signal, code } = await injected(`${RENAMES}:signal=SIGKILL:when=${count}`, root, "0");
    if (signal === null && code === 0) break;
    recover(root);
    const after = snapshot(parent);
    if (Object.keys(after).length > 0) expect(snapshot(root)).toEqual(trees[0]);
    found.push(Object.keys(after).length > 0);
    expect(Object.keys(after).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
  }
  expect(new Set(found)).toEqual(new Set([true, false]));
});
