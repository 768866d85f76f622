// Types that `torch-extension type` writes, in real packages: built, and tested by the package's own tests in each host.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needLibtorch } from "../helpers/needs.js";
import { run, torchExtension } from "../helpers/published.js";
import { needNativeRTorch } from "../helpers/r.js";
import { snapshot } from "../helpers/tree.js";
import { buildNative, installGlue } from "./r/package.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = join(scratch.name, "my-ext");

/** Tuples with the shapes that packages for sparse tensors have. */
const tuples: readonly (readonly string[])[] = [
  ["std::tuple<torch::Tensor, torch::Tensor>", "--name", "tensor_pair", "--fields", "indices,counts"],
  [
    ...["std::tuple<torch::Tensor, torch::Tensor, torch::Tensor>", "--name", "tensor_triple"],
    ...["--fields", "coords,feats,map"],
  ],
  [
    ...["std::tuple<torch::Tensor, torch::Tensor, torch::Tensor, torch::Tensor>", "--name", "tensor_quadruple"],
    ...["--fields", "in_map,out_map,sizes,keys"],
  ],
  [
    ...["std::tuple<torch::Tensor, torch::optional<torch::Tensor>, torch::Tensor>", "--name", "kernel_map"],
    ...["--fields", "indices,hashed,counts"],
  ],
];

const types: readonly (readonly string[])[] = [
  ...tuples,
  ["std::tuple<torch::Tensor, double>", "--kind", "tuple", "--name", "scored", "--fields", "tensor,score"],
  ["std::pair<int64_t, std::string>", "--name", "labelled", "--direction", "in"],
  ["std::tuple<std::vector<double>, bool>", "--name", "flagged", "--direction", "out"],
  [
    ...["Measure", "--kind", "record"],
    ...["--fields", "tensor: torch::Tensor, weight: double, sizes: std::vector<int64_t>"],
  ],
  ["Extent", "--kind", "record", "--fields", "low: int64_t", "--fields", "high: double = 2", "--direction", "in"],
  ["Corner", "--kind", "record", "--fields", "x: float, y: torch::optional<double>", "--direction", "out"],
  ["Mode", "--kind", "enum", "--entries", "nearest,linear=3,cubic"],
  ["Side", "--kind", "enum", "--entries", "left,right", "--direction", "in"],
  ["Parity", "--kind", "enum", "--entries", "even,odd=5", "--direction", "out"],
  [
    ...["HashGrid", "--kind", "opaque"],
    ...["--fields", 'weight: torch::Tensor, size: int64_t, label: std::string = "a"'],
    ...["--ts-name", "Grid", "--r-name", "grid"],
  ],
  ["Tally", "--kind", "opaque", "--fields", "start: int64_t", "--direction", "in"],
  ["tokenizer", "--kind", "opaque", "--fields", "words: std::vector<std::string>", "--direction", "out"],
  ["geo::Shape*", "--include", "geo/shape.h"],
  ["geo::Shape", "--name", "area", "--include", "geo/shape.h", "--as", "std::vector<double>", "--direction", "in"],
  ["geo::Shape", "--name", "outline", "--include", "geo/shape.h", "--direction", "out"],
];

const library = `#pragma once
#include <string>
#include <utility>
namespace geo {
class Shape {
 public:
  explicit Shape(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};
}  // namespace geo
`;

let none: string | null = null;
let noR: string | null = null;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** What names a type in R is for packages that have R. */
const forHosts = (words: readonly string[]) =>
  noR === null ? words : words.filter((word, at) => word !== "--r-name" && words[at - 1] !== "--r-name");

beforeAll(async () => {
  none = await needLibtorch();
  if (none !== null) return;
  noR = await needNativeRTorch();
  const wrapper = noR === null ? "ts,r" : "ts";
  const made = await torchExtension(
    ["new", "my-ext", "--start", "minimal", "--wrapper", wrapper, "--yes", "--no-build", "--no-git"],
    { cwd: scratch.name },
  );
  expect(made.code, made.stderr).toBe(0);
  write("csrc/include/geo/shape.h", library);
});

const add = (args: readonly string[], cwd = root) => torchExtension(["type", ...args, "--yes"], { cwd });
const test = (name: string, needs: "libtorch" | "R", body: () => Promise<void>) =>
  it(name, async (context) => {
    const why = needs === "R" ? (none ?? noR) : none;
    if (why !== null) context.skip(why);
    await body();
  });

async function testR(cwd: string, package_: string) {
  const code = `
    pkgload::load_all(".", quiet = TRUE)
    results <- as.data.frame(testthat::test_dir("tests/testthat", package = "${package_}", load_package = "source",
      reporter = "summary", stop_on_failure = FALSE))
    cat("\\nfailed", sum(results$failed) + sum(results$error), "skipped", sum(results$skipped), "passed", sum(results$passed), "\\n")`;
  return run(["Rscript", "-e", code], { cwd });
}

describe("types of every kind", () => {
  test("are added, and built without a warning", "libtorch", async () => {
    for (const args of types.slice(1).map(forHosts)) {
      const done = await add([...args, "--no-build"]);
      expect(done.code, done.stdout + done.stderr).toBe(0);
    }
    // This one builds all of them, for each host.
    const done = await add(types[0] ?? []);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    for (const host of noR === null ? ["node", "r"] : ["node"]) {
      const log = join(root, `build/${host}/build.log`);
      if (existsSync(log)) expect(readFileSync(log, "utf8")).not.toMatch(/warning:/);
    }
  });

  test(
    "pass their tests as written in Node, those of unwritten conversions left open with their place",
    "libtorch",
    async () => {
      const checked = await run(["npm", "run", "check"], { cwd: root });
      expect(checked.code, checked.stdout + checked.stderr).toBe(0);
      const tested = await run(["npx", "vitest", "run", "--reporter", "verbose"], { cwd: root });
      expect(tested.code, tested.stdout + tested.stderr).toBe(0);
      expect(tested.stdout).toContain("6 skipped");
      const line =
        read("csrc/src/types/shape.cpp")
          .split("\n")
          .findIndex((one) => one.includes("throw ")) + 1;
      expect(tested.stdout).toContain(
        `todo: The conversion of std::string to geo::Shape is yours to write: csrc/src/types/shape.cpp:${line}`,
      );
      for (const name of ["scored", "Measure", "Mode", "HashGrid", "tensor_quadruple"]) {
        expect(tested.stdout).toContain(`test/${name}.test.ts`);
      }
    },
  );

  test("and in R", "R", async () => {
    const tested = await testR(root, "myext");
    expect(tested.stdout, tested.stderr).toMatch(/failed 0 skipped 6 passed [1-9]\d/);
    expect(tested.stdout).toContain("is yours to write: csrc/src/types/shape.cpp:");
  });

  test("go through and back once the person wrote their conversions", "libtorch", async () => {
    for (const name of ["shape", "area", "outline"]) {
      const path = `csrc/src/types/${name}.cpp`;
      const isText = name !== "area";
      const from = isText ? "from" : "std::to_string(from.at(0))";
      const to = isText ? "return get().text();" : "return {std::stod(get().text()), 0.5};";
      let count = 0;
      const mended = read(path)
        .replace("/*from*/", "from")
        .replace(/ {2}throw [^;]*;/g, () => {
          count += 1;
          return count === 1 ? `  value_ = std::make_shared<geo::Shape>(${from});` : `  ${to}`;
        })
        .replace("#include <string>", "#include <memory>\n#include <string>");
      write(path, mended);
    }
    const built = await torchExtension(["build", "--yes"], { cwd: root });
    expect(built.code, built.stdout + built.stderr).toBe(0);
    const tested = await run(["npx", "vitest", "run", "--reporter", "verbose"], { cwd: root });
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
    expect(tested.stdout).not.toContain("skipped");
  });

  test("and in R, which shows them", "R", async () => {
    const tested = await testR(root, "myext");
    expect(tested.stdout, tested.stderr).toMatch(/failed 0 skipped 0 passed [1-9]\d/);
    const code =
      'pkgload::load_all(".", quiet = TRUE); print(as_shape("round")); cat(from_shape(shape_pass(as_shape("a"))))';
    const { stdout, stderr } = await run(["Rscript", "-e", code], { cwd: root });
    expect(stdout, stderr).toBe("<myext::shape: round>\na");
  });

  test("go again, and leave the package as it was", "libtorch", async () => {
    const before = snapshot(root);
    const extra = await add(["Extra", "--kind", "opaque", "--fields", "x: torch::Tensor", "--no-build"]);
    expect(extra.code, extra.stderr).toBe(0);
    const removed = await torchExtension(["type", "--remove", "Extra", "--yes"], { cwd: root });
    expect(removed.code, removed.stdout + removed.stderr).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });
});

describe("a package that switched from torchexport", () => {
  test("gets its four tuple types with names of their own", "R", async () => {
    const shapes = join(scratch.name, "shapes");
    cpSync(fileURLToPath(new URL("../fixtures/switched", import.meta.url)), shapes, { recursive: true });
    writeFileSync(join(shapes, "csrc/CMakeLists.txt"), "project(shapes)\n");
    const bound = await torchExtension(["bind"], { cwd: shapes });
    expect(bound.code, bound.stdout + bound.stderr).toBe(0);
    const before = snapshot(shapes);
    for (const args of tuples) {
      const done = await add([...args, "--no-build"], shapes);
      expect(done.code, done.stdout + done.stderr).toBe(0);
    }
    const names = tuples.map((args) => args[2] ?? "");
    const units = ["exports", "shapes", "shapes_types", "derived", ...names.map((name) => `types/${name}`)];
    const native = await buildNative(
      shapes,
      units.map((name) => `csrc/src/${name}.cpp`),
      "shapes",
    );
    const installed = await installGlue(shapes, "shapes");
    const code = `
      library(torch); library(shapes)
      x <- torch_tensor(c(1, 2))
      quad <- rcpp_tensor_quadruple_pass(list(in_map = x, out_map = 2 * x, sizes = x, keys = x))
      stopifnot(identical(names(quad), c("in_map", "out_map", "sizes", "keys")), as.numeric(quad$out_map) == c(2, 4))
      map <- rcpp_kernel_map_pass(list(indices = x, hashed = NULL, counts = x))
      stopifnot(identical(names(map), c("indices", "hashed", "counts")), is.null(map$hashed))
      old <- options(warn = 2)
      environment <- new.env(parent = asNamespace("shapes"))
      results <- as.data.frame(testthat::test_dir("tests/testthat", env = environment, reporter = "summary", stop_on_failure = FALSE))
      cat("\\nfailed", sum(results$failed) + sum(results$error), "skipped", sum(results$skipped), "passed", sum(results$passed))`;
    const { stdout, stderr } = await run(["Rscript", "-e", code], {
      cwd: shapes,
      env: { ...process.env, R_LIBS: installed, SHAPES_NATIVE: native },
    });
    expect(stdout, stderr).toMatch(/failed 0 skipped 0 passed 4$/);
    for (const name of names) {
      const removed = await torchExtension(["type", "--remove", name, "--yes"], { cwd: shapes });
      expect(removed.code, removed.stdout + removed.stderr).toBe(0);
    }
    const after = snapshot(shapes);
    for (const [path, content] of Object.entries(before)) expect(after[path], path).toEqual(content);
  });
});
