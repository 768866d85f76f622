// Types and operators that `torch-extension type` and `function` write, together in one real package: built by the command itself, and
// tested by the package's own tests in each host.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { library, operators, scaleAdd, types } from "../helpers/additions.js";
import { kinds } from "../helpers/function.js";
import { needLibtorch } from "../helpers/needs.js";
import { linkModules, run, torchExtension } from "../helpers/published.js";
import { bareR, needNativeRTorch } from "../helpers/r.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = join(scratch.name, "my-ext");

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
  // A precompiled header that is made in the background would come between two looks at the package.
  vi.stubEnv("TORCH_EXTENSION_PCH", "off");
  none = await needLibtorch();
  if (none !== null) return;
  noR = await needNativeRTorch();
  const wrapper = noR === null ? "ts,r" : "ts";
  const made = await torchExtension(
    ["new", "my-ext", "--start", "minimal", "--wrapper", wrapper, "--yes", "--no-build", "--no-git"],
    { cwd: scratch.name },
  );
  expect(made.code, made.stderr).toBe(0);
  linkModules(root);
  write("csrc/include/geo/shape.h", library);
  write(kinds.path, kinds.text);
});

async function add(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const done = await torchExtension([...args, "--yes"], { cwd: root, env });
  expect(done.code, done.stdout + done.stderr).toBe(0);
}

const test = (name: string, needs: "libtorch" | "R", body: () => Promise<void>) =>
  it(name, async (context) => {
    const why = needs === "R" ? (none ?? noR) : none;
    if (why !== null) context.skip(why);
    await body();
  });

/** Runs the package's tests in R, those of `filter`, then `code`. */
async function testR(filter: string, code: string) {
  const all = `
    pkgload::load_all(".", quiet = TRUE)
    results <- as.data.frame(testthat::test_dir("tests/testthat", package = "myext", load_package = "source",
      filter = ${JSON.stringify(filter)}, reporter = "summary", stop_on_failure = FALSE))
    cat("\nfailed", sum(results$failed) + sum(results$error), "skipped", sum(results$skipped), "passed", sum(results$passed), "\n")
    ${code}`;
  return run(["Rscript", "-e", all], { cwd: root });
}

describe("types and operators of every kind", () => {
  test("are added, and built without a warning", "libtorch", async () => {
    for (const args of types) await add(["type", ...forHosts(args), "--no-build"], bareR);
    for (const args of operators) await add(["function", ...args, "--no-build"], bareR);
    // This one builds all of them, for each host.
    await add(["function", ...scaleAdd]);
    expect(existsSync(join(root, "build/node/out/myext.node"))).toBe(true);
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
      const names = ["scored", "Measure", "Norm", "HashGrid", "tensor_quadruple"];
      for (const name of [...names, ...[...operators, scaleAdd].map((args) => args[0])]) {
        expect(tested.stdout).toContain(`test/${name}.test.ts`);
      }
    },
  );

  test("and in R, where autograd's gradients are checked, twice where asked", "R", async () => {
    const tested = await testR(
      "",
      `x <- torch::torch_tensor(c(1, 2), requires_grad = TRUE)
      y <- torch::torch_tensor(c(3, 4))
      out <- scale_by(x, y, n = 5)
      first <- torch::autograd_grad(out$sum(), x, create_graph = TRUE)[[1]]
      second <- torch::autograd_grad(first$sum(), x)[[1]]
      cat(as.numeric(out), as.numeric(first), as.numeric(second), out$requires_grad, "\n")
      torch::with_no_grad(cat(scale_by(x, y)$requires_grad, "\n"))
      empty <- torch::torch_empty(2, 3, device = "meta")
      cat(scale_by(empty, empty)$shape, scale_by(empty, empty)$device$type)`,
    );
    const skipped = /failed 0 skipped (\d+) passed [1-9]\d/.exec(tested.stdout)?.[1];
    expect(skipped, tested.stdout + tested.stderr).toBeDefined();
    // Six conversions, and the kernels of CUDA where there is no GPU.
    const reasons = [...tested.stdout.matchAll(/Reason: (.*)/g)].map((match) => match[1] ?? "");
    expect(reasons).toHaveLength(Number(skipped));
    const todo = reasons.filter((reason) => reason.startsWith("todo: "));
    expect(todo).toHaveLength(6);
    for (const reason of todo) expect(reason).toMatch(/ is yours to write: csrc\/src\/types\/\w+\.cpp:\d+$/);
    expect(reasons.filter((reason) => !todo.includes(reason) && reason !== "there is no GPU")).toEqual([]);
    expect(tested.stdout).toContain("is yours to write: csrc/src/types/shape.cpp:");
    expect(tested.stdout).toContain("scale_by");
    expect(tested.stdout, tested.stderr).toMatch(/\n50 100 10 20 10 10 TRUE \nFALSE \n2 3 meta$/);
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
    const files = ["shape", "area", "outline"].map((name) => `test/${name}.test.ts`);
    const tested = await run(["npx", "vitest", "run", "--reporter", "verbose", ...files], { cwd: root });
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
    expect(tested.stdout).not.toContain("skipped");
    for (const file of files) expect(tested.stdout).toContain(file);
  });

  test("and in R, which shows them", "R", async () => {
    const code = 'print(as_shape("round")); cat(from_shape(shape_pass(as_shape("a"))))';
    const tested = await testR("^(shape|area|outline)$", code);
    expect(tested.stdout, tested.stderr).toMatch(/failed 0 skipped 0 passed [1-9]/);
    expect(tested.stdout).toMatch(/\n<myext::shape: round>\na$/);
  });

  test("go again, and leave the package as it was", "libtorch", async () => {
    const before = snapshot(root);
    await add(["type", "Extra", "--kind", "opaque", "--fields", "x: torch::Tensor", "--no-build"]);
    await add(["function", "use_extra", "--param", "x: Extra", "--no-build"]);
    await add(["function", "--remove", "use_extra"]);
    await add(["type", "--remove", "Extra"]);
    expect(snapshot(root)).toEqual(before);
  });
});
