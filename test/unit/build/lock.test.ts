import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isLocked, longestHold, takeLock } from "../../../vendor/lib/build/lock.js";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tx-lock-"));
  file = join(folder, "a.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A lock with that text, made so many milliseconds ago. */
function leave(text: string, age: number): void {
  writeFileSync(file, text);
  const then = new Date(Date.now() - age);
  utimesSync(file, then, then);
}

describe("a lock", () => {
  it("is held by one at a time, and leaves nothing behind", () => {
    const release = takeLock(file);
    expect([release, isLocked(file), takeLock(file)]).toEqual([expect.any(Function), true, null]);
    release?.();
    expect([isLocked(file), readdirSync(folder)]).toEqual([false, []]);
  });

  it.each([
    ["empty, from a writer that was killed", "", 60_000],
    ["cut short", "1", 60_000],
    ["of a process that is gone", "999999999 1 0.5\n", 0],
    ["of a process id that another process has now", `${process.pid} 1 0.5\n`, longestHold + 1000],
  ])("is taken over when it is %s", (_, text, age) => {
    leave(text, age);
    expect(isLocked(file)).toBe(false);
    const release = takeLock(file);
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`^${process.pid} `));
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["being written", "", 0],
    ["of a living process", `${process.ppid} 1 0.5\n`, 1000],
  ])("is left alone when it is %s", (_, text, age) => {
    leave(text, age);
    expect([isLocked(file), takeLock(file), readFileSync(file, "utf8")]).toEqual([true, null, text]);
  });

  it("of another process is not given back by the one before", () => {
    const release = takeLock(file);
    writeFileSync(file, "1 1 0.5\n");
    release?.();
    expect(readFileSync(file, "utf8")).toBe("1 1 0.5\n");
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "is not taken where nothing can be written",
    () => {
      chmodSync(folder, 0o500);
      expect(takeLock(file)).toBe(null);
      chmodSync(folder, 0o700);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
