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
const RENAMES = "?rename,?renameat,?renameat2";

test.skipIf(!STRACE)("killed at each rename in turn, the tree is the old one or the new one", async () => {
  const states: string[] = [];
  for (let count = 1; ; count++) {
    const { parent, root } = await makePackage();
    const inject = `inject=${RENAMES}:signal=SIGKILL:when=${count}`;
    const { signal, code } = await start("strace", [
      "-f",
      "-qq",
      "-o",
      "/dev/null",
      "-e",
      inject,
      process.execPath,
      child,
      root,
      "1",
    ]).ended;
    if (signal === null && code === 0) break;
    const { state } = recover(root);
    states.push(state);
    expect(snapshot(root)).toEqual(
      state === "new" || (state === "none" && states.includes("new")) ? trees[1] : trees[0],
    );
    expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
  }
  console.log(`kills at each rename: ${states.join(" ")}`);
  expect(states.length).toBeGreaterThan(25);
  expect(states).toContain("old");
  expect(states).toContain("new");
});

test.skipIf(!STRACE)(
  "an error of the system at each rename leaves the old tree, or the new one when all was done",
  async () => {
    const outcomes: string[] = [];
    for (let count = 1; ; count++) {
      const { parent, root } = await makePackage();
      const inject = `inject=${RENAMES}:error=ENOSPC:when=${count}`;
      const run = start("strace", ["-f", "-qq", "-o", "/dev/null", "-e", inject, process.execPath, child, root, "1"]);
      const { code, stdout } = await run.ended;
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
    for (let second = 1; second < 12; second++) {
      const { root } = await makePackage();
      for (const count of [first, second]) {
        const inject = `inject=${RENAMES}:signal=SIGKILL:when=${count}`;
        await start("strace", ["-f", "-qq", "-o", "/dev/null", "-e", inject, process.execPath, child, root, "1"]).ended;
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
    const inject = `inject=${RENAMES}:signal=SIGKILL:when=${count}`;
    const { signal, code } = await start("strace", [
      "-f",
      "-qq",
      "-o",
      "/dev/null",
      "-e",
      inject,
      process.execPath,
      child,
      root,
      "0",
    ]).ended;
    if (signal === null && code === 0) break;
    recover(root);
    const after = snapshot(parent);
    if (Object.keys(after).length > 0) expect(snapshot(root)).toEqual(trees[0]);
    found.push(Object.keys(after).length > 0);
    expect(Object.keys(after).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
  }
  expect(new Set(found)).toEqual(new Set([true, false]));
});
