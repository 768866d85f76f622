// The fixtures of types: what is emitted for them compiles without a warning, and the dispatcher carries their values.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SourceFile } from "../../src/model/file.js";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { findNodeHeaders } from "../../vendor/lib/build/tools.js";
import { fixtureSources, typeFixtures } from "../fixtures/types/format.js";
import { generateFiles } from "../helpers/pipeline.js";
import { dispatcherProgram } from "./emitted/dispatcher.js";
import { compileFlags, linkFlags } from "./emitted/flags.js";
import { writeFiles } from "./emitted/package.js";

const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
const has = (command: string) => spawnSync(command, ["--version"]).status === 0;
const said = (absent: string) =>
  console.warn(`skipped: the fixtures are not compiled here, since there is no ${absent}`);
const compilers = ["g++", "clang++"];
if (libtorch === null) said("libtorch");
for (const compiler of compilers) if (!has(compiler)) said(compiler);

const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());
const emitted = fileURLToPath(new URL("emitted", import.meta.url));

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: tree.name, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}${error?.message ?? ""}`);
  return stdout + stderr;
}

describe.skipIf(libtorch === null)("every type", () => {
  let sources: readonly SourceFile[] = [];
  const flags = libtorch === null ? [] : ["-Icsrc/include", ...compileFlags(libtorch)];

  beforeAll(async () => {
    sources = typeFixtures.flatMap(fixtureSources);
    const { module, files, diagnostics } = generateFiles({ sources });
    expect(diagnostics).toEqual([]);
    writeFiles(tree.name, [...sources, ...files]);
    writeFileSync(join(tree.name, "program.cpp"), dispatcherProgram(module));
  });

  it.skipIf(!has("clang++"))("compiles without a warning with clang++", () => {
    for (const unit of ["csrc/src/exports.cpp", "csrc/src/operators.cpp"]) {
      expect(run("clang++", ...flags, "-fsyntax-only", unit)).toBe("");
    }
  });

  const repository = fileURLToPath(new URL("../..", import.meta.url));
  const nodeHeaders = findNodeHeaders(process.env, repository)?.path;
  if (nodeHeaders === undefined) said("node_api.h: npm install --save-dev node-api-headers");
  const lib = join(repository, "vendor", "lib");
  const folders = ["cpp/include", "node/addon/include", "cpp/runtime"];
  const shim = [...folders.map((folder) => `-I${lib}/${folder}`), "-isystem", nodeHeaders ?? ""];
  it.skipIf(nodeHeaders === undefined).each(compilers.filter(has))(
    "has glue for Node without a warning, with %s",
    (compiler) => {
      const strict = ["-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-Icsrc/include"];
      expect(run(compiler, ...strict, ...shim, "csrc/node/addon.cpp")).toBe("");
    },
  );

  it.skipIf(!has("g++"))("compiles without a warning with g++, and crosses the dispatcher", () => {
    const link = libtorch === null ? [] : linkFlags(libtorch);
    // One unit of all, since each reads libtorch's headers again.
    const own = sources.map(({ path }) => path).filter((path) => path.endsWith(".cpp"));
    writeFileSync(join(tree.name, "fixtures.cpp"), own.map((path) => `#include "${path}"\n`).join(""));
    const units = ["csrc/src/exports.cpp", "csrc/src/operators.cpp", "fixtures.cpp"];
    for (const [i, unit] of units.entries()) {
      expect(run("g++", ...flags, "-fPIC", "-fvisibility=hidden", "-c", unit, "-o", `${i}.o`)).toBe("");
    }
    run("g++", "-shared", ...units.map((_, i) => `${i}.o`), "-Wl,--no-undefined", ...link, "-o", "libfixtures.so");
    run("g++", ...flags, `-I${emitted}`, "program.cpp", ...link, "-o", "program");
    const said = run(join(tree.name, "program"), join(tree.name, "libfixtures.so"));
    expect(said).toMatch(/^\d+ calls, 0 failures\n$/u);
    expect(Number.parseInt(said, 10)).toBeGreaterThan(150);
  });
});
