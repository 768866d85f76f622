// The kernels of CUDA that `torch-extension function` writes, without a GPU: compiled and run against a stand-in for CUDA's runtime.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../vendor/lib/build/libtorch.js";
import { functionWriter, kinds } from "../helpers/function.js";
import { needLibtorch } from "../helpers/needs.js";
import { compileFlags, linkFlags } from "./emitted/flags.js";

const standIn = fileURLToPath(new URL("cuda", import.meta.url));
const none = await needLibtorch();
const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());

const write = await functionWriter([kinds]);

/** The launches as calls: `k<<<a, b, c, d>>>(x)` → `launch(a, b, c, d, [&] { k(x); })`. */
function withoutLaunches(text: string): string {
  const launch = /(\w+<scalar_t>)<<<([^>]+)>>>\(([\s\S]*?)\);\n/gu;
  expect(text.match(launch)).toHaveLength(1);
  return text.replace(launch, "stand_in::launch($2, [&] { $1($3); });\n");
}

function run(name: string, cuda: string, main: string): string {
  const source = join(scratch.name, `${name}.cpp`);
  writeFileSync(
    source,
    `#include "cuda_stand_in.h"\n${withoutLaunches(cuda)}\n#include <ATen/ops/ones.h>\n#include <ATen/ops/randn.h>\n#include <iostream>\n${main}`,
  );
  if (libtorch === null) throw new Error("no libtorch");
  const flags = [...compileFlags(libtorch), "-DAT_PER_OPERATOR_HEADERS", `-I${standIn}`];
  const program = join(scratch.name, name);
  const built = spawnSync("g++", [...flags, source, ...linkFlags(libtorch), "-o", program], { encoding: "utf8" });
  expect(built.stderr).toBe("");
  const ran = spawnSync(program, { encoding: "utf8" });
  return ran.stdout + ran.stderr;
}

const refusals = `
template <class Call>
void say(const Call& call) {
  try {
    call();
    std::cout << "no error\\n";
  } catch (const c10::Error& error) {
    std::cout << error.what_without_backtrace() << "\\n";
  }
}
`;

describe.skipIf(none !== null)("a kernel of CUDA", () => {
  it("of the function itself computes what the CPU's does, whatever the size and layout", () => {
    const { files } = write({
      name: "scale_add",
      param: ["x: torch::Tensor", "y: torch::Tensor", "n: int64_t = 2", "flag: bool = true"],
      returns: ["out: torch::Tensor"],
      backend: "cpu,cuda",
    });
    const cuda = files.find(({ path }) => path.endsWith(".cu"))?.text ?? "";
    const said = run(
      "own",
      cuda,
      `${refusals}
int main() {
  for (int64_t count : {0, 1, 255, 256, 257, 100000}) {
    const at::Tensor x = at::randn({count}, at::kDouble), y = at::randn({count}, at::kDouble);
    std::cout << myext::scale_add_cuda(x, y, 3, false).allclose((x * x + y * y) * -3) << " ";
  }
  const at::Tensor x = at::randn({5, 7}, at::kFloat).t();
  std::cout << myext::scale_add_cuda(x, x, 1, true).allclose(x * x * 2) << " " << stand_in::launched() << "\\n";
  say([&] { myext::scale_add_cuda(x, x.t(), 1, true); });
  say([&] { myext::scale_add_cuda(x, x.to(at::kDouble), 1, true); });
  say([&] { myext::scale_add_cuda(x.to(at::kLong), x.to(at::kLong), 1, true); });
  say([&] { myext::scale_add_cuda(x.to(at::kHalf), x.to(at::kHalf), 1, true); });
}`,
    );
    expect(said.split("\n")).toEqual([
      "1 1 1 1 1 1 1 12",
      "scale_add: all tensors must be Float of sizes [7, 5] like the first, got Float of sizes [5, 7]",
      "scale_add: all tensors must be Float of sizes [7, 5] like the first, got Double of sizes [7, 5]",
      "scale_add: tensors must be floating point, got Long",
      expect.stringContaining("not implemented for 'Half'"),
      "",
    ]);
  });

  it("of a second operator takes any number of tensors", () => {
    const { files } = write({
      name: "mixed",
      param: ["xs: std::vector<torch::Tensor>", "weights: std::vector<double>"],
      returns: ["out: torch::Tensor", "total: double"],
      backend: "cpu,cuda",
      differentiable: true,
    });
    const cuda = files.find(({ path }) => path.endsWith(".cu"))?.text ?? "";
    const said = run(
      "inner",
      cuda,
      `${refusals}
int main() {
  const at::Tensor a = at::randn({3, 4}, at::kDouble), b = at::randn({3, 4}, at::kDouble);
  std::cout << myext::mixed_kernel_cuda({a, b, a}, 0.5).allclose((2 * a * a + b * b) * 0.5) << "\\n";
  say([] { myext::mixed_kernel_cuda({}, 1); });
}`,
    );
    expect(said).toBe("1\nmixed_kernel: no tensor is given\n");
  });
});
