// The vendored operators and functions, which compile in half the time, return what libtorch's own return, and live beside them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { compileFlags, linkFlags } from "./emitted/flags.js";

const source = fileURLToPath(new URL("thin/results.cpp", import.meta.url));
const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
const canRun = libtorch !== null && spawnSync("g++", ["--version"]).status === 0;
if (!canRun) console.warn("skipped: thin headers are not compiled here, since there is no libtorch or no g++");

const folder = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => folder.removeCallback());

/** Compiles the program with the defines, and returns what it prints. */
function results(...defines: string[]): string {
  if (libtorch === null) throw new Error("there is no libtorch");
  const program = join(folder.name, `results${defines.join("")}`);
  const args = [...compileFlags(libtorch), ...defines.map((define) => `-D${define}`), source, ...linkFlags(libtorch)];
  const compiled = spawnSync("g++", [...args, "-o", program], { encoding: "utf8" });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  expect(compiled.stderr).toBe("");
  const run = spawnSync(program, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout;
}

describe.skipIf(!canRun)("operators.h and functions.h", () => {
  it("return what libtorch's own return", () => {
    const ours = results("AT_PER_OPERATOR_HEADERS");
    expect(ours.split("\n").length).toBeGreaterThan(300);
    expect(ours).toBe(results("AT_PER_OPERATOR_HEADERS", "WITH_LIBTORCHS"));
  });

  it("live beside all of ATen", () => {
    expect(results("WITH_LIBTORCHS_AFTER")).toBe(results("WITH_LIBTORCHS"));
  });
});
