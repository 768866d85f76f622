import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OutputError } from "../../../src/output/errors.js";
import { recover } from "../../../src/output/recover.js";
import { errorOf, snapshot } from "../../unit/output/support.js";
import { commitState, compileChild, hasTool, makeTemporary, removeTemporary, start } from "./support.js";

let folder = "";
let disk = "";

const ROOT = process.getuid?.() === 0;
if (!ROOT) console.warn("SKIPPED: full disks, mounts and permissions (these tests mount a tmpfs and need root)");
const MOUNT = ROOT && hasTool("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], "full disks and mounts");

beforeAll(() => {
  folder = makeTemporary();
  disk = join(folder, "disk");
  mkdirSync(disk);
  if (MOUNT) execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", disk]);
});
afterAll(() => {
  if (MOUNT) execFileSync("umount", [disk]);
  removeTemporary(folder);
});

/** Leaves so many bytes on the small disk. */
function leaveFree(bytes: number): void {
  rmSync(join(disk, "filler"), { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize - bytes));
}

function clearDisk(): void {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
}

/** Commits at every amount of free space; each must leave the old tree with an error that says why, or succeed. */
async function sweepSpace(root: string, state: number, size: number): Promise<{ failed: number; done: number }> {
  const outcome = { failed: 0, done: 0 };
  for (let free = 0; outcome.done === 0; free += 8192) {
    leaveFree(free);
    const before = snapshot(disk);
    let error: unknown = null;
    await commitState(root, state, size).catch((thrown: unknown) => {
      error = thrown;
    });
    if (error === null) {
      outcome.done++;
      break;
    }
    expect(error).toBeInstanceOf(OutputError);
    expect((error as OutputError).message).toMatch(/the disk is full\. (Nothing was|No file was) (written|changed)\.$/);
    expect((error as OutputError).message).toContain(root);
    expect((error as OutputError).fix).toContain("Free some space");
    expect(snapshot(disk)).toEqual(before);
    outcome.failed++;
  }
  return outcome;
}

test.skipIf(!MOUNT)("a disk that fills up while a new folder is made leaves no folder", async () => {
  const { failed, done } = await sweepSpace(join(disk, "my-ext"), 0, 20_000);
  expect(failed).toBeGreaterThan(20);
  expect(done).toBe(1);
  clearDisk();
});

test.skipIf(!MOUNT)("a disk that fills up while an existing folder is written leaves it byte by byte", async () => {
  const root = join(disk, "my-ext");
  await commitState(root, 0, 10_000);
  const { failed, done } = await sweepSpace(root, 1, 10_000);
  expect(failed).toBeGreaterThan(10);
  expect(done).toBe(1);
  clearDisk();
});

test.skipIf(!MOUNT)("an existing empty folder on a full disk stays empty", async () => {
  const root = join(disk, "my-ext");
  mkdirSync(root);
  expect((await errorOf(() => commitState(root, 0, 100_000))).message).toContain("the disk is full");
  expect(snapshot(disk)).toEqual({ "my-ext/": "755" });
  clearDisk();
});

test.skipIf(!MOUNT)("a file system without a free inode, at every count, leaves the tree as it was", async () => {
  const root = join(disk, "my-ext");
  await commitState(root, 0);
  let failed = 0;
  const { files, ffree } = statfsSync(disk);
  for (let free = 0; ; free++) {
    execFileSync("mount", ["-o", `remount,nr_inodes=${files - ffree + free}`, disk]);
    const before = snapshot(disk);
    const error = await commitState(root, 1).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error === null) break;
    expect(error).toMatchObject({ name: "OutputError", message: expect.stringContaining("the disk is full") });
    expect(snapshot(disk)).toEqual(before);
    failed++;
  }
  expect(failed).toBeGreaterThan(20);
  execFileSync("mount", ["-o", `remount,nr_inodes=${files}`, disk]);
  clearDisk();
});

test.skipIf(!MOUNT)("a mount inside the package: the moves before it are undone, and the error says why", async () => {
  const root = join(folder, "mounted");
  await commitState(root, 0);
  const inner = join(root, "only1");
  mkdirSync(inner);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", inner]);
  try {
    const before = snapshot(root);
    const error = await errorOf(() => commitState(root, 1));
    expect(error.message).toContain(join(inner, "in"));
    expect(error.message).toContain("another file system");
    expect(error.fix).toContain("Unmount it");
    expect(snapshot(root)).toEqual(before);
  } finally {
    execFileSync("umount", [inner]);
  }
});

// The other user loads what is installed here, which a checkout in root's home keeps from them.
const modules = new URL("../../../node_modules", import.meta.url).pathname;
const readsModules = ["--reuid=65534", "--regid=65534", "--clear-groups", "ls", modules];
const SETPRIV = ROOT && hasTool("setpriv", readsModules, "permissions of another user");

test.skipIf(!SETPRIV)("a folder in the package that one may not write: the moves before it are undone", async () => {
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "js"));
  const child = compileChild(join(folder, "js"));
  const root = join(folder, "theirs");
  await commitState(root, 0);
  execFileSync("chown", ["-R", "65534:65534", root]);
  chownSync(join(root, "run.sh"), 0, 0);
  chownSync(join(root, "only0/in"), 0, 0);
  const before = snapshot(root);
  const run = (path: string) =>
    start("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, child, path, "1"]).ended;
  const { code, stdout } = await run(root);
  expect(code).toBe(1);
  const error = JSON.parse(stdout.split("\n")[1] ?? "");
  expect(error.message).toContain(`${join(root, "only0/in/0.txt")}: permission denied. No file was changed.`);
  expect(error.fix).toContain("the right to write there");
  expect(snapshot(root)).toEqual(before);

  chmodSync(join(root, "changed/3.txt"), 0);
  chownSync(join(root, "changed/3.txt"), 0, 0);
  const unreadable = JSON.parse((await run(root)).stdout.split("\n")[1] ?? "");
  expect(unreadable.message).toContain("changed/3.txt cannot be read (EACCES)");

  const denied = JSON.parse((await run(join(folder, "not-there"))).stdout.split("\n")[1] ?? "");
  expect(denied.message).toBe(
    `Cannot write into ${join(folder, "not-there")}: permission denied. Nothing was changed.`,
  );
});

test.skipIf(!MOUNT)("a link from a small disk to the package is the package, journal and all", async () => {
  const root = join(folder, "linked");
  await commitState(root, 0);
  symlinkSync(root, join(disk, "link"));
  leaveFree(0);
  await commitState(join(disk, "link"), 1, 10_000);
  expect(recover(join(disk, "link")).state).toBe("none");
  expect(readdirSync(root)).toContain("only1");
  clearDisk();
});
