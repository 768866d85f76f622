// A package that torchexport generated, of sources of our own with the shapes that such packages have: its first bind needs no flag,
// edits nothing that is the person's, and their sources compile and run with what is emitted.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addType, bindPackage } from "../../../src/api.js";
import { declared, library as geometry, tuples } from "../../helpers/additions.js";
import { recordingIo } from "../../helpers/io.js";
import { needR } from "../../helpers/needs.js";
import { librariesWith } from "../../helpers/r.js";
import { snapshot } from "../../helpers/tree.js";
import { buildNative, installGlue, writeFiles } from "./package.js";

const missing = await needR();
const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = join(scratch.name, "shapes");
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe.skipIf(missing !== null)("a package that switched", () => {
  let native = "";
  let library = "";
  /** As it is bound, without what is added. */
  let bound: Readonly<Record<string, unknown>> = {};
  const added = [...tuples.map((args) => args[2] ?? ""), "Mode", "Measure", "HashGrid", "shape"];

  beforeAll(async () => {
    cpSync(fileURLToPath(new URL("../../fixtures/switched", import.meta.url)), root, { recursive: true });
    const before = snapshot(root);
    const { io, err } = recordingIo(root);
    const choices = { folder: ".", check: false, dryRun: false, force: false, json: false };
    expect(await bindPackage({ ...choices, io })).toBe(0);
    expect(err.join("\n")).not.toMatch(/error\[/);
    const theirs = Object.keys(before).filter((path) => !/exports\.(cpp|h)$|\.def$/.test(path));
    const after = snapshot(root);
    for (const path of theirs) expect(after[path]).toBe(before[path]);

    writeFiles(root, [
      { path: "csrc/CMakeLists.txt", text: "project(shapes)\n" },
      { path: "csrc/include/geo/shape.h", text: geometry },
    ]);
    bound = snapshot(root);
    const lines: string[] = [];
    for (const args of [...tuples, ...declared]) {
      const done = recordingIo(root);
      expect(await addType({ argv: [...args, "--no-build", "--yes"], io: done.io }), done.err.join("\n")).toBe(0);
      const said = /where it writes NAMESPACE: (.*)$/m.exec(done.out.join("\n"))?.[1];
      lines.push(...(said?.split(/, (?=export|S3method)/) ?? []));
    }
    const sources = [...added.map((name) => `types/${name}`), "exports", "shapes", "shapes_types", "derived"];
    const units = sources.map((name) => `csrc/src/${name}.cpp`);
    native = await buildNative(root, units, "shapes");
    const namespace = read("NAMESPACE");
    writeFileSync(join(root, "NAMESPACE"), `${namespace}${lines.join("\n")}\n`);
    library = await installGlue(root, "shapes");
    writeFileSync(join(root, "NAMESPACE"), namespace);
  }, 1_200_000);

  it("keeps the lines of the .def that are the person's", () => {
    const def = read("csrc/src/shapes.def");
    expect(def).toMatch(/^LIBRARY SHAPESLIB\nEXPORTS\n\n {2};-/);
    expect(def).toMatch(/-\n\n {2}_by_hand\n$/);
    expect(def).not.toContain("_old");
    expect(def).toContain("  _width\n");
  });

  it("declares what torchexport would", () => {
    const header = read("csrc/include/shapes/exports.h");
    expect(header).toContain('#include "common.h"');
    for (const line of [
      "SHAPES_API void* _halves (void* x, std::int64_t at);",
      "SHAPES_API double _width (Range range);",
      "SHAPES_API void _delete_two (void* x);",
      "inline void* all_four (void* x, void* y) {",
    ]) {
      expect(header).toContain(line);
    }
    expect(read("src/exports.h")).toContain("shapes::four rcpp_all_four (torch::Tensor x, torch::optional::Tensor y);");
    expect(read("src/exports.h")).not.toContain("width");
    expect(read("R/RcppExports.R")).toContain("rcpp_halves <- function(x, at)");
  });

  it("runs in R", async () => {
    const script = `
      library(torch); library(shapes)
      x <- torch_tensor(c(1, 2, 3))
      numbers <- function(...) lapply(list(...), function(t) if (inherits(t, "torch_tensor")) as.numeric(t) else t)
      stopifnot(identical(do.call(numbers, rcpp_halves(x, 1)), list(1, c(2, 3))))
      stopifnot(identical(do.call(numbers, rcpp_thrice(x))[[3]], c(3, 6, 9)))
      stopifnot(identical(do.call(numbers, rcpp_all_four(x, NULL)), list(NULL, 6)))
      stopifnot(identical(do.call(numbers, rcpp_all_four(x, x))[[1]], c(1, 2, 3)))
      stopifnot(as.numeric(rcpp_sum_all(list(x, x), TRUE)) == 24)
      stopifnot(rcpp_is_defined(x), !rcpp_is_defined(NULL))
      stopifnot(rcpp_shout("a") == "a!", shapes_width(1, 3) == 2)
      stopped <- function(e) tryCatch({ e; "no" }, error = conditionMessage)
      stopifnot(stopped(rcpp_shout("")) == "there is nothing to shout", stopped(shapes_by_hand()) == "by hand")
      d <- rcpp_derived(list(x, TRUE), NULL)
      stopifnot(identical(as.numeric(d[[1]]), c(-1, -2, -3)), identical(d[[2]], list(7, NULL)))
      stopifnot(rcpp_derived(list(x, FALSE), 3)[[2]][[1]] == 3)
      for (i in 1:2000) { rcpp_halves(x, 1); stopped(rcpp_shout("")) }
      invisible(gc()); cat("all well")`;
    writeFileSync(join(scratch.name, "run.R"), script);
    const env = { R_LIBS: librariesWith(library), SHAPES_NATIVE: native };
    const { all } = await execa("Rscript", ["run.R"], { cwd: scratch.name, env, all: true, reject: false });
    expect(all).toContain("all well");
  });

  it("derives vectors and dictionaries, and refuses what a class of R's torch would lose", async () => {
    const script = `
      library(torch); library(shapes)
      same <- function(got, wanted) if (!identical(got, wanted)) stop(deparse(got), " is not ", deparse(wanted))
      stopped <- function(e) tryCatch({ force(e); "no" }, error = conditionMessage)
      same(rcpp_reversed(c(1, 2^52)), c(2^52, 1)); same(rcpp_reversed(integer()), numeric())
      same(rcpp_reversed_int(1:3), 3:1); same(rcpp_reversed_int(list(1, 2)), 2:1)
      same(rcpp_reversed_float(c(0.5, 2)), c(2, 0.5))
      same(rcpp_flipped(c(TRUE, FALSE)), c(FALSE, TRUE))
      same(rcpp_turned(c(1, 2, 3)), c(3, 2, 1)); same(rcpp_transposed(list(c(1, 2), c(3, 4))), list(c(1, 3), c(2, 4)))
      same(stopped(rcpp_turned(c(1, 2))), "a list of length 3 is needed, not one of length 2")
      same(rcpp_rows(list(c(1, 2), numeric())), list(numeric(), c(1, 2)))
      same(rcpp_product(c(2, 3), NULL), 6); same(rcpp_product(2L, c(5, 7)), 70)
      same(rcpp_scaled(list(b = 1, a = 2), 10), list(a = 20, b = 10)); same(length(rcpp_scaled(list(), 1)), 0L)
      same(rcpp_counted(list(b = 4:5, a = integer())), list(a = 0L, b = c(4L, 5L, 2L)))
      same(lapply(rcpp_doubled(list(y = torch_tensor(3), x = torch_tensor(1))), as.numeric), list(y = 6, x = 2))
      deep <- rcpp_nested(list("7" = torch_tensor(1)), list(list(z = 0.5), list()))
      same(as.numeric(deep[[1]][["7"]]), 1); same(deep[[2]][[1]], list(z = 0.5)); same(length(rcpp_nested(NULL, list())[[1]]), 0L)
      got <- rcpp_listed(list(NULL, torch_tensor(2))); same(vapply(got, is.null, NA), c(TRUE, FALSE, TRUE))
      same(rcpp_listed_int(1:2), c(1, 2, 7))
      same(rcpp_conjugated(complex(real = 1, imaginary = 2)), complex(real = 1, imaginary = -2)); same(rcpp_conjugated(2L), 2L)
      same(rcpp_negated(2L), -2); same(rcpp_joined(c("a", "\u00e4")), "a\u00e4"); same(rcpp_all_true(c(TRUE, FALSE)), FALSE)
      for (wrong in list(stopped(rcpp_reversed(NA)), stopped(rcpp_reversed(1.5)), stopped(rcpp_reversed_int(2^40)),
          stopped(rcpp_reversed_float("a")), stopped(rcpp_scaled(list(1), 1)), stopped(rcpp_scaled(list(a = 1, a = 2), 1)),
          stopped(rcpp_doubled(list(a = "b"))), stopped(rcpp_negated(NULL)), stopped(rcpp_joined(NA_character_)),
          stopped(rcpp_all_true(NA)))) {
        if (wrong == "no") stop("was not refused")
        cat(wrong, "\n")
      }
      for (i in 1:2000) { rcpp_rows(list(c(1, 2))); rcpp_doubled(list(x = torch_tensor(1))) }
      invisible(gc()); cat("all well")`;
    writeFileSync(join(scratch.name, "derived.R"), script);
    const env = { R_LIBS: librariesWith(library), SHAPES_NATIVE: native };
    const { all } = await execa("Rscript", ["derived.R"], { cwd: scratch.name, env, all: true, reject: false });
    expect(all).toContain("all well");
    expect(all).toContain("a value must be one whole number");
  });

  it("has types of every kind that were added, which pass their tests as written", async () => {
    const script = `
      library(torch); library(shapes)
      x <- torch_tensor(c(1, 2))
      quad <- rcpp_tensor_quadruple_pass(list(in_map = x, out_map = 2 * x, sizes = x, keys = x))
      stopifnot(identical(names(quad), c("in_map", "out_map", "sizes", "keys")), as.numeric(quad$out_map) == c(2, 4))
      map <- rcpp_kernel_map_pass(list(indices = x, hashed = NULL, counts = x))
      stopifnot(identical(names(map), c("indices", "hashed", "counts")), is.null(map$hashed))
      stopped <- function(e) tryCatch({ e; "no" }, error = conditionMessage)
      stopifnot(grepl("the name of an entry of shapes::Mode", stopped(rcpp_Mode_pass("cubic")), fixed = TRUE))
      stopifnot(grepl("an object of class shapes_grid", stopped(rcpp_HashGrid_pass(1)), fixed = TRUE))
      object <- shapes::grid(x, "linear")
      stopifnot(object$touch() == 1, object$mode() == "linear", grepl("no method lost in", stopped(object$lost())))
      stopifnot(capture.output(print(object)) == "<shapes::HashGrid>")
      for (i in 1:2000) { object <- rcpp_HashGrid_pass(shapes::grid(x, "linear")); object$touch(); object$dispose() }
      old <- options(warn = 2)
      environment <- new.env(parent = asNamespace("shapes"))
      results <- as.data.frame(testthat::test_dir("tests/testthat", env = environment, reporter = "summary", stop_on_failure = FALSE))
      cat("\\nfailed", sum(results$failed) + sum(results$error), "skipped", sum(results$skipped), "passed", sum(results$passed))`;
    writeFileSync(join(scratch.name, "added.R"), script);
    const env = { R_LIBS: librariesWith(library), SHAPES_NATIVE: native };
    const { all } = await execa("Rscript", [join(scratch.name, "added.R")], {
      cwd: root,
      env,
      all: true,
      reject: false,
    });
    expect(all).toMatch(/failed 0 skipped 2 passed [1-9]\d$/);
    expect(all).toContain("is yours to write: csrc/src/types/shape.cpp:");
  });

  it("has nothing to do the second time, and is known again", async () => {
    const { io } = recordingIo(root);
    expect(await bindPackage({ folder: ".", check: true, dryRun: false, force: false, json: false, io })).toBe(0);
  });

  it("is as it was once they are taken away again", async () => {
    for (const name of added.toReversed()) {
      const { io, err } = recordingIo(root);
      expect(await addType({ argv: ["--remove", name, "--yes"], io }), err.join("\n")).toBe(0);
    }
    const after = snapshot(root);
    for (const [path, content] of Object.entries(bound)) expect(after[path], path).toEqual(content);
  });
});
