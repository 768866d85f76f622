// Emitted C++ compiles without a warning, and does what it says when it runs against real libtorch.
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { findNodeHeaders } from "../../vendor/lib/build/tools.js";
import { linkFlags, standardFlag, strict, torchFlags, vendored } from "./emitted/flags.js";
import { emitFeatures, features, personFiles, writeFiles } from "./emitted/package.js";

const driver = fileURLToPath(new URL("emitted/driver.cpp", import.meta.url));
const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
const repository = fileURLToPath(new URL("../..", import.meta.url));
const nodeHeaders = findNodeHeaders(process.env, repository)?.path;
const compilers = ["g++", "clang++"];
const has = (command: string) => spawnSync(command, ["--version"]).status === 0;
const said = (absent: string) => console.warn(`skipped: emitted C++ is not compiled here, since there is no ${absent}`);

if (libtorch === null) said("libtorch");
for (const compiler of compilers) if (!has(compiler)) said(compiler);

const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());
const inTree = (...path: string[]) => join(tree.name, ...path);

/** Runs a command in the package's folder and returns all that it printed; fails with it where the command does. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: tree.name, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}${error?.message ?? ""}`);
  return stdout + stderr;
}

const standard = libtorch === null ? "" : standardFlag(libtorch);
const torch = libtorch === null ? [] : torchFlags(libtorch);
const ours = ["-Icsrc/include", `-I${vendored}/cpp/include`];
const flags = [standard, "-O0", "-fPIC", "-fvisibility=hidden", ...ours, ...torch];
const link = libtorch === null ? [] : linkFlags(libtorch);

describe.skipIf(libtorch === null).each(compilers)("with %s", (compiler) => {
  it.skipIf(!has(compiler)).each([
    ["every feature", features],
    ["nothing exported", []],
  ])("%s compiles without a warning", async (_, chosen) => {
    writeFiles(tree.name, await emitFeatures(chosen));
    writeFiles(tree.name, personFiles(chosen));
    for (const unit of ["csrc/src/exports.cpp", "csrc/src/operators.cpp"]) {
      expect(run(compiler, standard, "-fsyntax-only", ...strict, ...ours, ...torch, unit)).toBe("");
    }
  });
});

describe.each(compilers)("the Node glue, with %s", (compiler) => {
  it.skipIf(!has(compiler)).for([
    ["every feature", features],
    ["nothing exported", []],
  ] as const)("%s compiles without a warning", async ([, chosen], context) => {
    if (nodeHeaders === undefined) {
      said("node_api.h");
      context.skip("there is no node_api.h: npm install --save-dev node-api-headers");
      return;
    }
    writeFiles(tree.name, await emitFeatures(chosen));
    const shim = [`-I${vendored}/node/addon/include`, `-I${vendored}/cpp/runtime`, "-isystem", nodeHeaders];
    expect(run(compiler, "-std=c++17", "-fsyntax-only", ...strict, ...ours, ...shim, "csrc/node/addon.cpp")).toBe("");
  });
});

describe.skipIf(libtorch === null || !has("g++"))("the C ABI and the operators", () => {
  // A second TORCH_LIBRARY of one name ends the process, and the driver loads the library twice.
  const chosen = features.filter((feature) => feature !== "registered");

  beforeAll(async () => {
    writeFiles(tree.name, await emitFeatures(chosen));
    writeFiles(tree.name, personFiles(chosen));
    const units = ["exports", "operators", "myext"].map((name) => `csrc/src/${name}.cpp`);
    run("g++", ...flags, "-shared", ...units, ...link, "-o", "libfirst.so");
  });

  it("carry values, refuse what is missing, and register once", () => {
    copyFileSync(inTree("libfirst.so"), inTree("libsecond.so"));
    run("g++", ...flags, driver, ...link, "-o", "driver");
    expect(run(inTree("driver"), inTree("libfirst.so"), inTree("libsecond.so"))).toBe("all as expected\n");
  });

  it("export what the .def lists, and nothing else", () => {
    const lines = readFileSync(inTree("csrc/src/myext.def"), "utf8").split("\n");
    const listed = lines.flatMap((line) => /^ {2}(\w+)$/u.exec(line)?.[1] ?? []);
    const linkers = new Set(["_edata", "_end", "_fini", "_init", "__bss_start"]);
    const symbols = run("nm", "-D", "--defined-only", "libfirst.so").match(/(?<= [TBDR] )(?!_Z)\w+$/gmu) ?? [];
    expect(symbols.filter((symbol) => !linkers.has(symbol)).sort()).toEqual(listed.sort());
  });
});
