// `bind` as it is published: in a terminal, watched, and killed.
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import tmp from "tmp";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { recover } from "../../src/output/recover.js";
import { installed, torchExtension } from "../helpers/published.js";
import { keys, openTerminal } from "../helpers/terminal.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
let root = "";
let rounds = 0;
beforeEach(() => {
  root = join(scratch.name, String(++rounds), "my-ext");
  mkdirSync(join(root, "csrc/src"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{ "name": "my-ext" }\n');
  writeFileSync(source(), functions(["first"]));
});

const source = (): string => join(root, "csrc/src/mine.cpp");
const functions = (names: readonly string[]): string =>
  [
    "#include <torch_extension/tensor.h>",
    ...names.map((name) => `// [[torch::export]]\ntorch::Tensor ${name}(const torch::Tensor& x) { return x; }\n`),
  ].join("\n");
const bind = (...flags: string[]) => torchExtension(["bind", ...flags], { cwd: root });
const terminal = (...flags: string[]) => openTerminal([installed("torch-extension"), "bind", ...flags], { cwd: root });
const read = (path: string): string => readFileSync(join(root, path), "utf8");

describe("a generated file that was edited", () => {
  beforeEach(async () => {
    expect((await bind()).code).toBe(0);
    for (const path of ["ts/generated.ts", "csrc/src/exports.cpp"]) appendFileSync(join(root, path), "// mine\n");
  });

  it("is named, and asked about in a terminal: one is kept, one overwritten with a backup", async () => {
    const prompts = terminal();
    await prompts.waitFor("2 files are in the way:");
    await prompts.waitFor("csrc/src/exports.cpp (generated, edited by you since it was written)");
    await prompts.waitFor("ts/generated.ts (generated, edited by you since it was written)");
    await prompts.answer("csrc/src/exports.cpp", `${keys.down}${keys.down}${keys.enter}`);
    await prompts.waitFor("-// mine");
    await prompts.answer("csrc/src/exports.cpp", `${keys.down}${keys.enter}`);
    await prompts.answer("ts/generated.ts", keys.enter);
    expect(await prompts.exited(), prompts.screen()).toBe(0);
    expect(read("csrc/src/exports.cpp")).not.toContain("// mine");
    expect(read("csrc/src/exports.cpp.orig")).toContain("// mine");
    expect(read("ts/generated.ts")).toContain("// mine");
    // What was kept is still the person's edit of a generated file: the next run asks again.
    const next = await bind();
    expect(next.code).toBe(1);
    expect(next.stderr).toContain("ts/generated.ts (generated, edited by you since it was written)");
  });

  it.each(["stop", "Ctrl-C"])("%s leaves the tree as it was", async (way) => {
    const before = snapshot(root);
    const prompts = terminal();
    await prompts.answer(/\? csrc\/src\/exports\.cpp/, way === "stop" ? `${keys.up}${keys.enter}` : keys.ctrlC);
    expect(await prompts.exited(), prompts.screen()).toBe(way === "stop" ? 1 : 130);
    expect(snapshot(root)).toEqual(before);
  });

  it("without a terminal ends with 1; --check shows the difference and exits 3", async () => {
    const before = snapshot(root);
    const refused = await bind();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("--force");
    const checked = await bind("--check");
    expect(checked.code).toBe(3);
    expect(checked.stdout).toContain("-// mine");
    expect((await bind("--dry-run")).stdout).toContain("ask: edited  ts/generated.ts");
    expect(snapshot(root)).toEqual(before);
  });
});

it("removes what is no longer generated, and leaves what was edited of it", async () => {
  writeFileSync(join(root, "DESCRIPTION"), "Package: myext\nVersion: 0.1.0\n");
  expect((await bind()).code).toBe(0);
  appendFileSync(join(root, "csrc/node/addon.cpp"), "// mine\n");
  rmSync(join(root, "package.json"));
  const done = await bind();
  expect(done.code, done.stderr).toBe(0);
  expect(existsSync(join(root, "ts/generated.ts"))).toBe(false);
  expect(existsSync(join(root, "ts"))).toBe(false);
  expect(read("csrc/node/addon.cpp")).toContain("// mine");
  expect(done.stdout).toMatch(/^Removed, as no longer generated: ts\/generated\.ts$/mu);
  expect(done.stdout).toContain("csrc/node/addon.cpp is no longer generated; you edited it, so it stays.");
});

describe("bind --watch in a terminal", () => {
  it("binds on save, shows what is refused, goes on, and ends by Ctrl-C with 130", async () => {
    const watched = terminal("--watch");
    await watched.waitFor("Watching csrc/. Ctrl-C ends it.");
    writeFileSync(source(), functions(["first"]).replace("const torch::Tensor&", "const torch::Tensr&"));
    await watched.waitFor("error[TX12");
    await watched.waitFor("1 error: nothing was written.");
    writeFileSync(source(), functions(["first", "second"]));
    await watched.waitFor("Bound: ");
    expect(read("ts/generated.ts")).toContain("function second(");
    watched.type(keys.ctrlC);
    expect(await watched.exited(), watched.screen()).toBe(130);
    expect(watched.screen()).toContain("Stopped watching.");
    expect(watched.screen()).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });
});

it("killed at 100 random moments, the tree is the old one or the new one", async () => {
  const states = [0, 1].map((state) => functions(Array.from({ length: 40 }, (_, i) => `f${state}_${i}`)));
  const trees: Record<string, string>[] = [];
  let duration = 0;
  for (const state of [0, 1]) {
    writeFileSync(source(), states[state] ?? "");
    const start = performance.now();
    expect((await bind()).code).toBe(0);
    duration = performance.now() - start;
    trees.push(snapshot(root));
  }
  /** The tree without the source, which this test writes itself. */
  const generated = (tree: Record<string, string>): string =>
    JSON.stringify(Object.entries(tree).filter(([path]) => path !== "csrc/src/mine.cpp"));
  const expected = trees.map(generated);
  const journal = join(root, ".torch-extension-journal");
  const seen = { kills: 0, inJournal: 0, finished: 0, states: [0, 0] };
  for (let round = 0; seen.kills < 100; round++) {
    writeFileSync(source(), states[round % 2] ?? "");
    const child = spawn(process.execPath, [installed("torch-extension"), "bind"], { cwd: root, stdio: "ignore" });
    const ended = new Promise<NodeJS.Signals | null>((done) => child.on("close", (_, signal) => done(signal)));
    let over = false;
    void ended.then(() => {
      over = true;
    });
    // Half of the kills come at any moment of the process, half once it has begun to write.
    if (round % 4 < 2) await setTimeout(Math.random() * duration);
    else {
      while (!over && !existsSync(journal)) await setTimeout(1);
      await setTimeout(Math.random() * 15);
    }
    child.kill("SIGKILL");
    seen[(await ended) === "SIGKILL" ? "kills" : "finished"]++;
    if (existsSync(journal)) seen.inJournal++;
    recover(root);
    const found = expected.indexOf(generated(snapshot(root)));
    expect(found, `round ${round}`).toBeGreaterThanOrEqual(0);
    seen.states[found] = (seen.states[found] ?? 0) + 1;
  }
  console.log(`killed: ${JSON.stringify(seen)}`);
  // Else no kill came while files were moved, and nothing was tested.
  expect(seen.inJournal).toBeGreaterThan(10);
  writeFileSync(source(), states[0] ?? "");
  expect((await bind()).code).toBe(0);
  expect(generated(snapshot(root))).toBe(expected[0]);
});

it("writes nothing into a project without csrc/, and says what one that was not started here lacks", async () => {
  const lacking = await bind();
  expect(lacking.code).toBe(0);
  expect(lacking.stderr).toContain("`npx generator-torch-extension new` in the package: it adds lib/");
  expect((await bind()).stderr).toBe("");
  rmSync(join(root, "csrc"), { recursive: true });
  rmSync(join(root, "torch-extension.json"));
  const before = snapshot(root);
  const refused = await bind();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("has no csrc/");
  expect(snapshot(root)).toEqual(before);
});
