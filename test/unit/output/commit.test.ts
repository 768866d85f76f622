import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commitPlan, forceDecisions } from "../../../src/output/commit.js";
import { hashContent } from "../../../src/output/content.js";
import { LockedError } from "../../../src/output/errors.js";
import { claim, release } from "../../../src/output/lock.js";
import { isFresh } from "../../../src/output/plan.js";
import type { PlannedFile } from "../../../src/output/types.js";
import { errorOf, files, IDENTITY, kinds, makeFolder, planFor, read, snapshot, write, writeTree } from "./support.js";

const FIRST = [
  ...files("generated", { "csrc/src/g.cpp": "one\n", "csrc/node/old.cpp": "old\n" }),
  ...files("userOwned", { "README.md": "read\n" }),
];
const SECOND = [
  ...files("generated", { "csrc/src/g.cpp": "two\n", "new/deep/n.cpp": "n\n" }),
  ...files("userOwned", { "README.md": "R\n" }),
];

test("a new folder, parents included, holds the plan and the manifest and nothing else", async () => {
  const parent = makeFolder();
  const root = join(parent, "a", "b", "my-ext");
  const { manifest: _, ...result } = await write(root, [
    ...FIRST,
    { path: "run.sh", content: "x", owner: "vendored", mode: 0o755 },
  ]);
  expect(result).toEqual({
    created: ["README.md", "csrc/node/old.cpp", "csrc/src/g.cpp", "run.sh", "torch-extension.json"],
    updated: [],
    removed: [],
    backups: [],
  });
  const umask = process.umask();
  const [folder, plain, script] = [0o777, 0o666, 0o777].map((mode) => (mode & ~umask).toString(8));
  expect(snapshot(parent)).toEqual({
    "a/": folder,
    "a/b/": folder,
    "a/b/my-ext/": folder,
    "a/b/my-ext/README.md": `${plain} read\n`,
    "a/b/my-ext/csrc/": folder,
    "a/b/my-ext/csrc/node/": folder,
    "a/b/my-ext/csrc/node/old.cpp": `${plain} old\n`,
    "a/b/my-ext/csrc/src/": folder,
    "a/b/my-ext/csrc/src/g.cpp": `${plain} one\n`,
    "a/b/my-ext/run.sh": `${script} x`,
    "a/b/my-ext/torch-extension.json": `${plain} ${read(root, "torch-extension.json")}`,
  });
});

test("an existing folder, empty or not, gets the same and keeps what it had", async () => {
  const parent = makeFolder();
  const [fresh, empty, full] = ["fresh", "empty", "full"].map((name) => join(parent, name)) as [string, string, string];
  mkdirSync(empty);
  writeTree(full, { "mine.txt": "mine" });
  for (const root of [fresh, empty, full]) await write(root, FIRST);
  expect(snapshot(empty)).toEqual(snapshot(fresh));
  const { "mine.txt": mine, ...others } = snapshot(full);
  expect(mine).toMatch(/ mine$/);
  expect(others).toEqual(snapshot(fresh));
});

test("a second state: updates, new folders, removals with the folders they leave empty; user-owned files stay", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  const result = await write(root, SECOND);
  expect(result).toMatchObject({
    created: ["new/deep/n.cpp"],
    updated: ["csrc/src/g.cpp", "torch-extension.json"],
    removed: ["csrc/node/old.cpp"],
  });
  expect(Object.keys(snapshot(root))).toEqual([
    "README.md",
    "csrc/",
    "csrc/src/",
    "csrc/src/g.cpp",
    "new/",
    "new/deep/",
    "new/deep/n.cpp",
    "torch-extension.json",
  ]);
  expect(read(root, "README.md")).toBe("read\n");
  expect(isFresh(planFor(root, SECOND))).toBe(true);
});

test("unchanged files, the manifest among them, keep their mtime; nothing to do leaves the folder's, too", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  const past = new Date("2020-01-01T00:00:00Z");
  for (const path of ["README.md", "csrc/src/g.cpp", "csrc/node/old.cpp", "torch-extension.json", ""]) {
    utimesSync(join(root, path), past, past);
  }
  await write(root, FIRST);
  const mtime = (path: string) => statSync(join(root, path)).mtime;
  for (const path of ["README.md", "csrc/src/g.cpp", "torch-extension.json", ""]) expect(mtime(path)).toEqual(past);
  await write(root, [
    ...FIRST.filter(({ path }) => !path.endsWith("old.cpp")),
    ...files("generated", { "csrc/node/old.cpp": "2" }),
  ]);
  expect(mtime("csrc/src/g.cpp")).toEqual(past);
  expect(mtime("README.md")).toEqual(past);
  expect(mtime("csrc/node/old.cpp")).not.toEqual(past);
});

test("an update keeps the file's mode", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  chmodSync(join(root, "csrc/src/g.cpp"), 0o640);
  await write(root, SECOND);
  expect(statSync(join(root, "csrc/src/g.cpp")).mode & 0o777).toBe(0o640);
});

test.runIf(process.getuid?.() === 0)("as root, an update keeps the file's owner", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  const { chownSync } = await import("node:fs");
  chownSync(join(root, "csrc/src/g.cpp"), 1234, 1235);
  await write(root, SECOND);
  expect(statSync(join(root, "csrc/src/g.cpp"))).toMatchObject({ uid: 1234, gid: 1235 });
});

test("without consent nothing is written, and all that needs it is named", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  writeTree(root, { "csrc/src/g.cpp": "edited\n", "new/deep/n.cpp": "theirs\n" });
  const before = snapshot(root);
  const error = await errorOf(() => write(root, SECOND));
  expect(error.message).toContain(root);
  expect(error.message).toContain("csrc/src/g.cpp (edited since), new/deep/n.cpp (not ours)");
  expect(error.fix).toContain("--force");
  expect(snapshot(root)).toEqual(before);
});

test("by force, originals are kept under the next free name, and user-owned files are still not written", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  writeTree(root, {
    "csrc/src/g.cpp": "edited\n",
    "csrc/src/g.cpp.orig": "1",
    "csrc/src/g.cpp.orig.1": "2",
    "README.md": "mine\n",
  });
  const plan = planFor(root, SECOND);
  const { backups } = await commitPlan({ plan, decisions: forceDecisions(plan), ...IDENTITY });
  expect(backups).toEqual([{ path: "csrc/src/g.cpp", backup: "csrc/src/g.cpp.orig.2" }]);
  expect(read(root, "csrc/src/g.cpp.orig.2")).toBe("edited\n");
  expect(read(root, "csrc/src/g.cpp")).toBe("two\n");
  expect(read(root, "README.md")).toBe("mine\n");
});

test("kept: an edited file stays edited, a template's file becomes theirs, a generated one is asked about again", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  writeTree(root, { "csrc/src/g.cpp": "edited\n", "new/deep/n.cpp": "theirs\n", "docs.md": "theirs\n" });
  const planned = [...SECOND, ...files("userOwned", { "docs.md": "ours\n" })];
  await write(root, planned, { "csrc/src/g.cpp": "keep", "new/deep/n.cpp": "keep", "docs.md": "keep" });
  expect(read(root, "csrc/src/g.cpp") + read(root, "new/deep/n.cpp") + read(root, "docs.md")).toBe(
    "edited\ntheirs\ntheirs\n",
  );
  expect(kinds(planFor(root, planned))).toEqual({
    "README.md": "kept",
    "csrc/src/g.cpp": "edited",
    "docs.md": "kept",
    "new/deep/n.cpp": "collision",
  });
});

test("a new answer is shown once: the manifest remembers the newest", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  const answered = () => planFor(root, SECOND).changes.find(({ path }) => path === "README.md");
  expect(answered()).toMatchObject({ kind: "kept", answerChanged: true });
  await write(root, SECOND);
  expect(answered()).toMatchObject({ kind: "kept", answerChanged: false });
});

test("a file of theirs that they removed comes back by decision only", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  rmSync(join(root, "README.md"));
  expect((await write(root, FIRST)).created).toEqual([]);
  expect((await write(root, FIRST, { "README.md": "write" })).created).toEqual(["README.md"]);
  expect(read(root, "README.md")).toBe("read\n");
});

test("an edited file that is no longer planned stays and is forgotten", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  writeTree(root, { "csrc/node/old.cpp": "edited\n" });
  const { manifest, removed } = await write(root, SECOND);
  expect(removed).toEqual([]);
  expect(read(root, "csrc/node/old.cpp")).toBe("edited\n");
  expect(manifest.files.generated).toEqual({
    "csrc/src/g.cpp": hashContent("two\n"),
    "new/deep/n.cpp": hashContent("n\n"),
  });
});

test("a dry run says what would be done and touches nothing, not even the folder", async () => {
  const parent = makeFolder();
  const root = join(parent, "my-ext");
  const dry = () => commitPlan({ plan: planFor(root, SECOND), dryRun: true, ...IDENTITY });
  expect((await dry()).created).toContain("new/deep/n.cpp");
  expect(snapshot(parent)).toEqual({});
  await write(root, FIRST);
  writeTree(root, { "csrc/src/g.cpp": "edited\n" });
  const before = [snapshot(parent), statSync(root).mtimeMs];
  expect(await dry()).toMatchObject({
    updated: ["csrc/src/g.cpp", "torch-extension.json"],
    removed: ["csrc/node/old.cpp"],
  });
  expect([snapshot(parent), statSync(root).mtimeMs]).toEqual(before);
});

test("a file that changed after it was planned stops the commit", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  for (const meanwhile of [{ "csrc/src/g.cpp": "saved\n" }, { "new/deep/n.cpp": "made\n" }]) {
    const plan = planFor(root, SECOND);
    writeTree(root, meanwhile);
    const before = snapshot(root);
    const error = await errorOf(() => commitPlan({ plan, decisions: forceDecisions(plan), ...IDENTITY }));
    expect(error.message).toContain(`${Object.keys(meanwhile)[0]} in ${root} was changed while this ran`);
    expect(snapshot(root)).toEqual(before);
    writeTree(root, { "csrc/src/g.cpp": "one\n" });
  }
});

test("a folder that appeared after a new one was planned is an error that says so", async () => {
  const root = join(makeFolder(), "my-ext");
  const plan = planFor(root, FIRST);
  await write(root, SECOND);
  const before = snapshot(root);
  expect((await errorOf(() => commitPlan({ plan, ...IDENTITY }))).message).toContain("changed by another run");
  expect(snapshot(root)).toEqual(before);
});

test("a link inside the package is written through; one that leaves it is not, even when it comes after the plan", async () => {
  const parent = makeFolder();
  const root = join(parent, "my-ext");
  await write(root, FIRST);
  mkdirSync(join(root, "real"));
  symlinkSync("real", join(root, "new"));
  await write(root, SECOND);
  expect(read(root, "real/deep/n.cpp")).toBe("n\n");
  writeTree(parent, { "outside/x": "" });
  const plan = planFor(root, [...SECOND, ...files("generated", { "later/a.cpp": "a" })]);
  symlinkSync("../outside", join(root, "later"));
  const before = snapshot(parent);
  await errorOf(() => commitPlan({ plan, ...IDENTITY }));
  expect(snapshot(parent)).toEqual(before);
});

test("a root that is a link to nothing is refused", async () => {
  const root = join(makeFolder(), "my-ext");
  symlinkSync("nowhere", root);
  expect((await errorOf(() => write(root, FIRST))).message).toContain(`${root} is a link to nothing`);
});

test("a name that the system refuses in the middle leaves the tree as it was", async () => {
  const parent = makeFolder();
  const long: PlannedFile[] = [...SECOND, ...files("generated", { [`zzz/${"n".repeat(300)}.cpp`]: "z" })];
  const root = join(parent, "my-ext");
  expect((await errorOf(() => write(root, long))).message).toMatch(/cannot be looked up|too long/);
  expect(snapshot(parent)).toEqual({});
});

test("of two commits at once one writes and the other names its process", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, FIRST);
  const results = await Promise.allSettled([write(root, SECOND), write(root, SECOND)]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  const { reason } = results[1] as PromiseRejectedResult;
  expect(reason).toBeInstanceOf(LockedError);
  expect(reason).toMatchObject({ pid: process.pid, message: expect.stringContaining(`process ${process.pid}`) });
  expect(isFresh(planFor(root, SECOND))).toBe(true);
});

test("of two that make the same new folder one does and the other names its process", async () => {
  const parent = makeFolder();
  const root = join(parent, "my-ext");
  const results = await Promise.allSettled([write(root, FIRST), write(root, SECOND)]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ name: "LockedError", pid: process.pid });
  expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("my-ext/"))).toEqual([]);
});

test("a claim of a living process is named, also by its fix", () => {
  const root = makeFolder();
  const other = spawn("sleep", ["60"]);
  try {
    const folder = claim(root, ".torch-extension-journal");
    const lock = JSON.parse(read(folder, "lock.json"));
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ ...lock, pid: other.pid, started: null }));
    expect(() => claim(root, ".torch-extension-journal")).toThrowError(
      expect.objectContaining({ pid: other.pid, fix: expect.stringContaining(`kill ${other.pid}`) }),
    );
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ ...lock, host: `not-${hostname()}` }));
    expect(() => claim(root, ".torch-extension-journal")).toThrowError(/on another machine \(not-/);
    release(folder, root);
    expect(snapshot(root)).toEqual({});
  } finally {
    other.kill("SIGKILL");
  }
});

test("no listener for a signal or for the exit stays behind", async () => {
  const count = () => ["SIGINT", "SIGTERM", "SIGHUP", "exit"].map((name) => process.listenerCount(name));
  const before = count();
  const root = mkdtempSync(join(makeFolder(), "r"));
  await write(root, FIRST);
  const plan = planFor(root, SECOND);
  writeTree(root, { "csrc/src/g.cpp": "saved\n" });
  await errorOf(() => commitPlan({ plan, decisions: forceDecisions(plan), ...IDENTITY }));
  expect(count()).toEqual(before);
});
