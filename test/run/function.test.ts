// Operators that `torch-extension function` writes, in real packages: built by the command itself, and tested by the package's own tests.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kinds } from "../helpers/function.js";
import { needLibtorch } from "../helpers/needs.js";
import { linkModules, run, torchExtension } from "../helpers/published.js";
import { needNativeRTorch } from "../helpers/r.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const root = join(scratch.name, "my-ext");

/** A function each, whose arguments and results are of every kind. */
const operators: readonly (readonly string[])[] = [
  ["no_params", "--returns", "double"],
  ["nothing", "--param", "x: torch::Tensor", "--param", "n: double = 1", "--returns", "void"],
  [
    ...["everything", "--param", "x: torch::Tensor", "--param", "w: torch::optional<torch::Tensor> = torch::nullopt"],
    ...["--param", "xs: std::vector<torch::Tensor> = {}", "--param", "n: torch::optional<int64_t> = torch::nullopt"],
    ...["--param", "weights: std::vector<double> = {1, 2}", "--param", 'label: std::string = "a"'],
    ...["--returns", "out: torch::Tensor, total: double, label: std::string", "--backend", "cpu,cuda"],
    "--differentiable",
  ],
  [
    ...["settings", "--param", "m: torch::MemoryFormat", "--param", "t: torch::ScalarType = torch::kFloat64"],
    ...["--param", "d: torch::Device = torch::kCPU", "--param", "l: torch::Layout = torch::kStrided"],
    ...["--returns", "t: torch::ScalarType, d: torch::Device, l: torch::Layout, m: torch::MemoryFormat"],
    ...["--returns", "g: torch::Generator"],
  ],
  [
    ...["containers", "--param", "a: std::map<std::string, torch::Tensor>", "--param", "b: c10::Dict<int64_t, double>"],
    ...["--param", "c: c10::List<torch::optional<torch::Tensor>>", "--param", "d: std::pair<torch::Tensor, double>"],
    ...["--param", "e: at::IntArrayRef", "--param", "f: std::vector<bool>"],
    ...["--returns", "a: std::map<std::string, torch::Tensor>, b: c10::Dict<int64_t, double>"],
    ...["--returns", "c: c10::List<torch::optional<torch::Tensor>>, d: std::tuple<int64_t, torch::optional<float>>"],
    ...["--returns", "e: std::vector<int64_t>, f: std::vector<bool>, g: std::vector<std::string>"],
  ],
  [
    ...["declared", "--param", "range: Range", "--param", "box: Box", "--param", "counter: Counter"],
    ...["--param", "counters: std::unordered_map<std::string, Counter>"],
    ...["--param", "mode: Mode = Mode::linear", "--differentiable"],
    ...["--returns", "mode: Mode, range: Range, box: Box, counter: Counter"],
  ],
  [
    "list_of",
    "--param",
    "xs: std::vector<torch::Tensor>",
    "--returns",
    "std::vector<torch::Tensor>",
    "--differentiable",
  ],
];

const scaleAdd = [
  ...["scale_by", "--param", "x: torch::Tensor", "--param", "y: torch::Tensor", "--param", "n: int64_t = 2"],
  ...["--returns", "out: torch::Tensor", "--backend", "cpu,cuda", "--differentiable"],
];

let none: string | null = null;
let noR: string | null = null;

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
  linkModules(root);
  const header = join(root, kinds.path);
  mkdirSync(join(header, ".."), { recursive: true });
  writeFileSync(header, kinds.text);
});

const add = (args: readonly string[], cwd = root) => torchExtension(["function", ...args, "--yes"], { cwd });
const test = (name: string, needs: "libtorch" | "R", body: () => Promise<void>) =>
  it(name, async (context) => {
    const why = needs === "R" ? (none ?? noR) : none;
    if (why !== null) context.skip(why);
    await body();
  });

describe("operators of every kind", () => {
  test("are added, and built without a warning", "libtorch", async () => {
    for (const args of operators) {
      const done = await add([...args, "--no-build"]);
      expect(done.code, done.stdout + done.stderr).toBe(0);
    }
    // This one builds all of them, for each host.
    const done = await add(scaleAdd);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(existsSync(join(root, "build/node/out/myext.node"))).toBe(true);
    for (const host of noR === null ? ["node", "r"] : ["node"]) {
      const log = join(root, `build/${host}/build.log`);
      if (existsSync(log)) expect(readFileSync(log, "utf8")).not.toMatch(/warning:/);
    }
  });

  test("pass their tests as written, types included, in Node", "libtorch", async () => {
    const checked = await run(["npm", "run", "check"], { cwd: root });
    expect(checked.code, checked.stdout + checked.stderr).toBe(0);
    const tested = await run(["npx", "vitest", "run"], { cwd: root });
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
    for (const [name] of [...operators, scaleAdd]) expect(tested.stdout).toContain(`test/${name}.test.ts`);
  });

  test("and in R, where autograd's gradients are checked", "R", async () => {
    const code = `
      pkgload::load_all(".", quiet = TRUE)
      results <- as.data.frame(testthat::test_dir("tests/testthat", package = "myext", load_package = "source",
        reporter = "summary", stop_on_failure = FALSE))
      cat("\\nfailed", sum(results$failed) + sum(results$error), "passed", sum(results$passed), "\\n")`;
    const tested = await run(["Rscript", "-e", code], { cwd: root });
    expect(tested.stdout, tested.stderr).toMatch(/failed 0 passed [1-9]\d/);
    expect(tested.stdout).toContain("scale_by");
  });

  test("are what torch differentiates, twice where asked", "R", async () => {
    const code = `
      pkgload::load_all(".", quiet = TRUE)
      x <- torch::torch_tensor(c(1, 2), requires_grad = TRUE)
      y <- torch::torch_tensor(c(3, 4))
      out <- scale_by(x, y, n = 5)
      first <- torch::autograd_grad(out$sum(), x, create_graph = TRUE)[[1]]
      second <- torch::autograd_grad(first$sum(), x)[[1]]
      cat(as.numeric(out), as.numeric(first), as.numeric(second), out$requires_grad, "\\n")
      torch::with_no_grad(cat(scale_by(x, y)$requires_grad, "\\n"))
      empty <- torch::torch_empty(2, 3, device = "meta")
      cat(scale_by(empty, empty)$shape, scale_by(empty, empty)$device$type)`;
    const { stdout, stderr } = await run(["Rscript", "-e", code], { cwd: root });
    expect(stdout, stderr).toBe("50 100 10 20 10 10 TRUE \nFALSE \n2 3 meta");
  });

  test("go again, and leave the package as it was", "libtorch", async () => {
    const before = snapshot(root);
    const extra = await add(["extra", "--param", "x: torch::Tensor", "--no-build"]);
    expect(extra.code, extra.stderr).toBe(0);
    const removed = await torchExtension(["function", "--remove", "extra", "--yes"], { cwd: root });
    expect(removed.code, removed.stdout + removed.stderr).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });
});
