// Words and names that would be code in an emitted language: what is emitted of them, all in one package, is what the compilers of
// those languages read without a warning.
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SourceFile } from "../../src/model/file.js";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { findNodeHeaders } from "../../vendor/lib/build/tools.js";
import { cppNames, named, payloads, sayingAll } from "../helpers/injection.js";
import { generateFiles } from "../helpers/pipeline.js";
import { needR } from "../helpers/r.js";
import { rIncludes } from "../run/r/package.js";
import { strict, torchFlags, vendored } from "./emitted/flags.js";
import { writeFiles } from "./emitted/package.js";
import { compilerOptions } from "./emitted/tsconfig.js";

const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
const repository = fileURLToPath(new URL("../..", import.meta.url));
const nodeHeaders = findNodeHeaders(process.env, repository)?.path;
const has = (command: string) => spawnSync(command, ["--version"]).status === 0;
const missingR = await needR();
const said = (absent: string) =>
  console.warn(`skipped: injected C++ is not compiled here, since there is no ${absent}`);
if (libtorch === null) said("libtorch");
if (!has("g++")) said("g++");
if (nodeHeaders === undefined) said("node_api.h");

const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());

function emit(sources: readonly SourceFile[], packageName: string) {
  return generateFiles({ sources, packageName, nativeName: packageName, hosts: ["ts", "r"] });
}

/** Names that no rule refuses, each on its own; words of C++ are left out by that. */
const names = cppNames.filter((name) => emit([named(name)], "names").files.length > 0);
/** Without what the person's own header could not say: a comment that goes on over the next line, letters that g++ warns of. */
const words = payloads.filter((text) => !/\\ *$|\?\?\/$|\u202E/u.test(text));

/** A command in the package's folder; all that it printed. Fails with it where the command does. */
function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: tree.name, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}${error?.message ?? ""}`);
  return stdout + stderr;
}

const packages = ["words", "names"] as const;
const includes = packages.flatMap((name) => [`-I${name}/csrc/include`]);

beforeAll(() => {
  for (const [name, sources] of [
    ["words", [sayingAll(words)]],
    ["names", names.map(named)],
  ] as const) {
    const { files, diagnostics } = emit(sources, name);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    writeFiles(join(tree.name, name), [...sources, ...files]);
  }
});

describe("what would be code", () => {
  it("is in the corpus", () => {
    expect(words.length).toBeGreaterThan(30);
    expect(names.length).toBeGreaterThan(70);
  });

  it.skipIf(libtorch === null || !has("g++"))("is C++ at the C ABI and in the dispatcher", () => {
    // One unit of all, since each reads libtorch's headers again.
    const units = packages.flatMap((name) => [`${name}/csrc/src/exports.cpp`, `${name}/csrc/src/operators.cpp`]);
    writeFileSync(join(tree.name, "all.cpp"), units.map((unit) => `#include "${unit}"\n`).join(""));
    const torch = libtorch === null ? [] : torchFlags(libtorch);
    const standard = libtorch?.version.startsWith("1.") ? "-std=c++17" : "-std=c++20";
    expect(
      run("g++", standard, "-fsyntax-only", ...strict, ...includes, `-I${vendored}/cpp/include`, ...torch, "all.cpp"),
    ).toBe("");
  });

  it.skipIf(nodeHeaders === undefined || !has("g++"))("is C++ in the glue for Node", () => {
    const shim = [`-I${vendored}/cpp/include`, `-I${vendored}/node/addon/include`, `-I${vendored}/cpp/runtime`];
    const units = packages.map((name) => `${name}/csrc/node/addon.cpp`);
    const flags = ["-std=c++17", "-fsyntax-only", ...strict, ...includes, ...shim, "-isystem", nodeHeaders ?? ""];
    expect(run("g++", ...flags, ...units)).toBe("");
  });

  it("is TypeScript that type-checks", () => {
    for (const name of packages) symlinkSync(join(vendored), join(tree.name, name, "lib"), "dir");
    writeFileSync(join(tree.name, "package.json"), JSON.stringify({ name: "my-ext", type: "module" }));
    const include = packages.map((name) => `${name}/ts`);
    writeFileSync(
      join(tree.name, "tsconfig.json"),
      JSON.stringify({ compilerOptions: compilerOptions(repository), include }),
    );
    const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    expect(run(process.execPath, compiler, "-p", "tsconfig.json")).toBe("");
  });

  it.skipIf(!has("Rscript"))("is R that R parses", () => {
    const files = packages.map((name) => `${name}/R/generated.R`);
    expect(run("Rscript", "-e", "for (f in commandArgs(TRUE)) invisible(parse(f))", ...files)).toBe("");
  });

  it.skipIf(missingR !== null)("is help that R reads, with the words in it", () => {
    for (const name of packages) {
      mkdirSync(join(tree.name, name, "R"), { recursive: true });
      writeFileSync(join(tree.name, name, "DESCRIPTION"), `Package: ${name}\nVersion: 0.0.1\nEncoding: UTF-8\n`);
    }
    const code = `for (package in commandArgs(TRUE)) {
      blocks <- roxygen2::parse_file(file.path(package, "R/generated.R"), env = NULL)
      for (block in blocks) stopifnot(!any(vapply(block$tags, function(tag) tag$tag %in% c("eval", "examples", "rawNamespace"), NA)))
      topics <- roxygen2::roclet_process(roxygen2::rd_roclet(), blocks, env = NULL, base_path = package)$topics
      for (topic in topics) {
        file <- tempfile(fileext = ".Rd")
        writeLines(enc2utf8(topic$format()), file, useBytes = TRUE)
        rd <- withCallingHandlers(tools::parse_Rd(file, encoding = "UTF-8"), warning = function(w) stop(w))
        tags <- unlist(lapply(rd, function(part) attr(part, "Rd_tag")))
        stopifnot(!any(c("\\\\Sexpr", "\\\\examples") %in% tags), !grepl("Sexpr", paste(tools::checkRd(rd), collapse = "")))
      }
    }`;
    run("Rscript", "-e", code, ...packages);
  });

  it.skipIf(missingR !== null || !has("g++"))("is C++ in the glue for R", async () => {
    const system = (await rIncludes()).flatMap((folder) => ["-isystem", folder]);
    for (const name of packages) {
      const own = [`-I${name}/csrc/include`, `-I${name}/src`];
      const units = ["exports", "converters", "native"].map((unit) => `#include "${unit}.cpp"\n`);
      writeFileSync(join(tree.name, name, "src", "all.cpp"), units.join(""));
      expect(run("g++", "-std=c++17", "-fsyntax-only", ...strict, ...own, ...system, `${name}/src/all.cpp`)).toBe("");
    }
  });
});
