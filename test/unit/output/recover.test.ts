import { existsSync, lstatSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashContent } from "../../../src/output/content.js";
import {
  applyJournal,
  closeJournal,
  type Journal,
  openJournal,
  prepareJournal,
  stagedFile,
} from "../../../src/output/journal.js";
import { abandon, claim } from "../../../src/output/lock.js";
import { recover } from "../../../src/output/recover.js";
import { errorOf, makeFolder, snapshot, writeTree } from "./support.js";

const JOURNAL_FOLDER = ".torch-extension-journal";

/** A package with a commit that is written down and about to move: `a` replaced, `new/b` made, `c` removed. */
function begin(keepsOriginal = false): { root: string; folder: string; journal: Journal } {
  const root = join(makeFolder(), "my-ext");
  writeTree(root, { a: "old a", "sub/c": "old c" });
  const folder = claim(root, JOURNAL_FOLDER);
  prepareJournal(folder);
  writeFileSync(stagedFile(folder, 0), "new a");
  writeFileSync(stagedFile(folder, 1), "new b");
  const journal: Journal = {
    schema: 1,
    entries: [
      { path: "a", staged: hashContent("new a"), replaces: true, keepsOriginal },
      { path: "new/b", staged: hashContent("new b"), replaces: false, keepsOriginal: false },
      { path: "sub/c", staged: null, replaces: true, keepsOriginal: false },
    ],
    folders: ["new"],
  };
  openJournal(folder, journal);
  return { root, folder, journal };
}

const contents = (root: string) =>
  Object.fromEntries(Object.entries(snapshot(root)).map(([path, text]) => [path, text.replace(/^\d+ ?/, "")]));
const OLD = { a: "old a", "sub/": "", "sub/c": "old c" };

test("nothing to recover: nothing happens", () => {
  const root = makeFolder();
  expect(recover(root)).toEqual({ state: "none", aside: [], backups: [] });
  expect(recover(join(root, "missing"))).toEqual({ state: "none", aside: [], backups: [] });
  expect(snapshot(root)).toEqual({});
});

test("killed after every single move: the old tree", () => {
  for (let moves = 0; moves <= 5; moves++) {
    const { root, folder } = begin();
    const steps = [
      () => renameSync(join(root, "a"), join(folder, "backup/0")),
      () => renameSync(stagedFile(folder, 0), join(root, "a")),
      () => mkdirSync(join(root, "new")),
      () => renameSync(stagedFile(folder, 1), join(root, "new/b")),
      () => renameSync(join(root, "sub/c"), join(folder, "backup/2")),
    ];
    for (const step of steps.slice(0, moves)) step();
    abandon(folder);
    expect(recover(root)).toEqual({ state: "old", aside: [], backups: [] });
    expect(contents(root)).toEqual(OLD);
  }
});

test("killed after the last move: the new tree, with the promised original", () => {
  const { root, folder, journal } = begin(true);
  applyJournal(root, folder, journal);
  closeJournal(root, folder, journal);
  abandon(folder);
  expect(recover(root)).toEqual({ state: "new", aside: [], backups: [{ path: "a", backup: "a.orig" }] });
  expect(contents(root)).toEqual({ a: "new a", "a.orig": "old a", "new/": "", "new/b": "new b" });
});

test("killed while the folders that removals left empty go away: they go", () => {
  const root = join(makeFolder(), "my-ext");
  writeTree(root, { keep: "k", "x/y/z/old": "old" });
  const folder = claim(root, JOURNAL_FOLDER);
  prepareJournal(folder);
  const entry = { path: "x/y/z/old", staged: null, replaces: true, keepsOriginal: false };
  const journal: Journal = { schema: 1, entries: [entry], folders: [] };
  openJournal(folder, journal);
  applyJournal(root, folder, journal);
  closeJournal(root, folder, journal);
  rmdirSync(join(root, "x/y/z"));
  abandon(folder);
  expect(recover(root).state).toBe("new");
  expect(contents(root)).toEqual({ keep: "k" });
});

test("killed before the first move: only the journal goes", () => {
  const root = makeFolder();
  writeTree(root, { a: "old a" });
  const folder = claim(root, JOURNAL_FOLDER);
  prepareJournal(folder);
  writeFileSync(stagedFile(folder, 0), "half");
  abandon(folder);
  expect(recover(root).state).toBe("old");
  expect(contents(root)).toEqual({ a: "old a" });
});

test("what the person made of the files since is never lost", () => {
  const { root, folder, journal } = begin();
  applyJournal(root, folder, journal);
  writeTree(root, { a: "mine a", "new/b": "mine b", "sub/c": "mine c" });
  abandon(folder);
  expect(recover(root).aside).toEqual([
    { path: "sub/c", backup: "sub/c.orig" },
    { path: "a", backup: "a.orig" },
  ]);
  expect(contents(root)).toEqual({ ...OLD, "a.orig": "mine a", "sub/c.orig": "mine c", "new/": "", "new/b": "mine b" });
  expect(recover(root).state).toBe("none");
});

test("a recovery that was killed itself is recovered from", () => {
  const { root, folder, journal } = begin();
  applyJournal(root, folder, journal);
  // The first recovery got as far as the last entry and the first half of the first one.
  renameSync(join(folder, "backup/2"), join(root, "sub/c"));
  renameSync(join(root, "a"), stagedFile(folder, 0));
  abandon(folder);
  abandon(folder);
  expect(recover(root).state).toBe("old");
  expect(contents(root)).toEqual(OLD);
});

test("a dry run reports and leaves it", () => {
  const { root, folder, journal } = begin();
  applyJournal(root, folder, journal);
  abandon(folder);
  const before = snapshot(root);
  expect(recover(root, { dryRun: true }).state).toBe("old");
  expect(snapshot(root)).toEqual(before);
});

test("a claim whose process lives is not touched", async () => {
  const { root, folder } = begin();
  const before = snapshot(root);
  expect(await errorOf(() => recover(root))).toMatchObject({ name: "LockedError", pid: process.pid });
  expect(snapshot(root)).toEqual(before);
  const lock = JSON.parse(contents(root)[`${JOURNAL_FOLDER}/lock.json`] as string);
  // The same pid, of a process that started at another time: not the one that wrote the lock.
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ ...lock, started: "another-boot:1" }));
  if (existsSync("/proc/self/stat")) expect(recover(root).state).toBe("old");
});

test("a new folder's claim: away, with whatever was staged; also for folders above", () => {
  const parent = makeFolder();
  const folder = claim(parent, `.a${JOURNAL_FOLDER}`);
  writeTree(folder, { "tree/b/my-ext/x": "half" });
  abandon(folder);
  expect(recover(join(parent, "a", "b", "my-ext")).state).toBe("old");
  expect(snapshot(parent)).toEqual({});
});

test("litter of dead processes is swept, here and beside; that of living ones and others' files are not", () => {
  const parent = makeFolder();
  const root = join(parent, "my-ext");
  const dead = `.torch-extension-${2 ** 22 + 1}-abcdefghijkl`;
  const live = `.torch-extension-${process.pid}-abcdefghijkl`;
  writeTree(parent, { [`${dead}/x`]: "", [`${live}/x`]: "", ".torch-extension-notes/x": "", [`my-ext/${dead}/x`]: "" });
  recover(root);
  expect(Object.keys(snapshot(parent))).toEqual(
    [".torch-extension-notes/", ".torch-extension-notes/x", `${live}/`, `${live}/x`, "my-ext/"].sort(),
  );
});

test.each([
  ["../outside/x", "names a place outside"],
  ["out/x", "names a place outside"],
])("a journal that names %s is refused and moves nothing", async (path, why) => {
  const parent = makeFolder();
  const root = join(parent, "my-ext");
  writeTree(parent, { "outside/keep": "k", "my-ext/a": "a" });
  symlinkSync("../outside", join(root, "out"));
  const entry = { path, staged: null, replaces: true, keepsOriginal: false };
  writeTree(root, {
    [`${JOURNAL_FOLDER}/journal.json`]: JSON.stringify({ schema: 1, entries: [entry], folders: [] }),
    [`${JOURNAL_FOLDER}/backup/0`]: "planted",
  });
  const error = await errorOf(() => recover(root));
  expect(error.message).toContain(why);
  expect(error.fix).toContain("backup/");
  expect(contents(join(parent, "outside"))).toEqual({ keep: "k" });
});

test("a damaged journal is named and kept", async () => {
  const { root, folder } = begin();
  writeFileSync(join(folder, "journal.json"), '{"schema": 1');
  abandon(folder);
  expect((await errorOf(() => recover(root))).message).toContain(`${join(folder, "journal.json")} is damaged`);
  expect((await errorOf(() => recover(root))).message).toContain("is damaged");
  expect(existsSync(join(folder, "journal.json"))).toBe(true);
});

test("something else by the journal's name is not touched", async () => {
  const root = makeFolder();
  writeTree(root, { [JOURNAL_FOLDER]: "mine" });
  expect((await errorOf(() => recover(root))).message).toContain("is no folder");
  rmSync(join(root, JOURNAL_FOLDER));
  symlinkSync("elsewhere", join(root, JOURNAL_FOLDER));
  expect((await errorOf(() => recover(root))).message).toContain("is no folder");
  expect(lstatSync(join(root, JOURNAL_FOLDER)).isSymbolicLink()).toBe(true);
});
