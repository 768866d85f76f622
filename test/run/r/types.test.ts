// Every fixture of test/fixtures/types through real R: values in and out, exceptions, arguments that are refused.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileAttributes } from "../../../src/machine/r/compile-attributes.js";
import type { Module } from "../../../src/model/module.js";
import { rName } from "../../../src/targets/r/names.js";
import { fixtureSources, readFixture, typeFixtures } from "../../fixtures/types/format.js";
import { needR } from "../../helpers/needs.js";
import { generateFiles } from "../../helpers/pipeline.js";
import { librariesWith } from "../../helpers/r.js";
import { buildNative, frame, installGlue, rIncludes, writeFiles } from "./package.js";
import { rScript } from "./values.js";

const missing = await needR();
const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());
const helpers = fileURLToPath(new URL("compare.R", import.meta.url));
/** C++ and glue with converters of the person's own, which lie in the package beside the fixtures of types. */
const registered = fileURLToPath(new URL("../../fixtures/registered", import.meta.url));

describe.skipIf(missing !== null)("types through R", () => {
  let module: Module;
  let library = "";
  let native = "";
  let output: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    cpSync(registered, tree.name, { recursive: true });
    const sources = [
      ...typeFixtures.flatMap(fixtureSources),
      ...["csrc/include/myext/myext_types.h", "csrc/src/registered.cpp"].map((path) => {
        return { path, text: readFileSync(join(registered, path), "utf8") };
      }),
    ];
    const types = "src/myext_types.h";
    const inPackage = { [types]: readFileSync(join(registered, types), "utf8") };
    const result = generateFiles({ sources, packageName: "myext", hosts: ["r"], inPackage });
    expect(result.diagnostics).toEqual([]);
    module = result.module;
    writeFiles(tree.name, [...sources, ...result.files, ...frame]);
    expect(await compileAttributes(tree.name, process.env)).toEqual({ ok: true });
    const units = [...sources, ...result.files]
      .map((file) => file.path)
      .filter((path) => /^csrc\/src\/.*\.cpp$/.test(path));
    native = await buildNative(tree.name, units);
    library = await installGlue(tree.name);
    cpSync(helpers, join(tree.name, "compare.R"));
    output = await runFixtures();
  }, 1_200_000);

  /** All fixtures in one R, which takes seconds to load torch; each with variables of its own. What each printed, by name. */
  async function runFixtures(): Promise<ReadonlyMap<string, string>> {
    const hostNames = new Map(module.functions.map((exported) => [exported.name, exported.hostName ?? exported.name]));
    for (const name of typeFixtures) {
      const script = rScript(name, readFixture(name), (cpp) => rName(hostNames.get(cpp) ?? cpp));
      const end = 'cat(steps, "steps,", failures, "failed\\n")\n';
      writeFileSync(join(tree.name, `${name}.R`), `source("compare.R")\n${script}\n${end}`);
    }
    const run = `library(torch)
      library(myext)
      for (name in c(${typeFixtures.map((name) => JSON.stringify(name)).join(", ")})) {
        cat("\n== ", name, "\n", sep = "")
        tryCatch(source(paste0(name, ".R"), local = new.env()), error = function(e) cat("FAILED", conditionMessage(e), "\n"))
      }`;
    writeFileSync(join(tree.name, "fixtures.R"), run);
    const env = { R_LIBS: librariesWith(library), MYEXT_NATIVE: native };
    const { all } = await execa("Rscript", ["fixtures.R"], { cwd: tree.name, env, all: true, reject: false });
    const sections = all.split(/^== /m).slice(1);
    return new Map(sections.map((section) => [section.slice(0, section.indexOf("\n")), section]));
  }

  it.each(typeFixtures)("%s", (name) => {
    const all = output.get(name) ?? "";
    expect(all.split("\n").filter((line) => line.startsWith("FAILED"))).toEqual([]);
    // A fixture that ended R is the last that printed.
    expect(all, [...output.values()].at(-1)).toMatch(/[1-9]\d* steps, 0 failed/);
  });

  it("types that the person registered, by their own converters", async () => {
    const script = `
      library(torch); library(myext)
      x <- torch_tensor(c(1, 2, 3, 4))
      numbers <- function(both) lapply(both, as.numeric)
      both <- registered_split(x, 1L)
      stopifnot(identical(numbers(both), list(first = 1, second = c(2, 3, 4))))
      stopifnot(identical(as.numeric(registered_join(both)), c(3, 4, 5)))
      stopifnot(identical(as.numeric(registered_join(list(second = x, first = x))), c(2, 4, 6, 8)))
      swapped <- registered_swap(list(both, both), 40L)
      stopifnot(swapped[[1]] == 42, identical(numbers(swapped[[2]][[2]]), list(first = c(2, 3, 4), second = 1)))
      stopifnot(registered_swap(list(), NULL)[[1]] == 0)
      for (i in 1:2000) registered_join(registered_split(x, 2L))
      invisible(gc()); cat("all well")`;
    writeFileSync(join(tree.name, "registered.R"), script);
    const env = { R_LIBS: librariesWith(library), MYEXT_NATIVE: native };
    const { all } = await execa("Rscript", ["registered.R"], { cwd: tree.name, env, all: true, reject: false });
    expect(all).toContain("all well");
  });

  it.for(["g++", "clang++"])("the glue compiles without a warning, with %s", async (compiler, context) => {
    const version = await execa(compiler, ["--version"], { reject: false });
    if (version.failed) {
      console.warn(`skipped: the glue is not compiled with ${compiler}, which is not here`);
      context.skip();
      return;
    }
    const includes = (await rIncludes()).flatMap((folder) => ["-isystem", folder]);
    const flags = [
      "-std=c++17",
      "-fsyntax-only",
      "-Wall",
      "-Wextra",
      "-Werror",
      "-Iinst/include",
      "-Isrc",
      ...includes,
    ];
    for (const unit of ["exports", "converters", "native", "registered"]) {
      const { all } = await execa(compiler, [...flags, `src/${unit}.cpp`], { cwd: tree.name, all: true });
      expect(all).toBe("");
    }
  });

  it("loads without its native part, says what is missing, and takes a second copy for the first", async () => {
    const script = `
      library(myext)
      stopped <- function(e) tryCatch({ e; "no" }, error = conditionMessage)
      stopifnot(grepl("native part of myext is not loaded", stopped(int64_echo(1))))
      myext:::tx$load("build/libmyext.so")
      stopifnot(int64_echo(1) == 1)
      object <- Counter(5)
      for (i in 1:2) myext:::tx$load("build/libmyext.so")
      stopifnot(object$add(1) == 6)
      rm(object); invisible(gc())
      myext:::tx$unload("build/libmyext.so")
      stopifnot(grepl("is not loaded", stopped(int64_echo(1))))
      cat("all well")`;
    writeFileSync(join(tree.name, "load.R"), script);
    const env = { R_LIBS: librariesWith(library), MYEXT_NATIVE: "" };
    const { all } = await execa("Rscript", ["load.R"], { cwd: tree.name, env, all: true, reject: false });
    expect(all).toContain("all well");
  });

  it("lets no other library take its functions' place", async () => {
    const { stdout } = await execa("nm", ["-D", "--defined-only", join(library, "myext/libs/myext.so")]);
    expect(stdout).not.toMatch(/ T _(?!Z|init|fini|myext_rcpp_)\w+/);
    expect(stdout).not.toContain("last_error");
  });
});
