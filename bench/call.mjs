// One generated call, and a million results that nobody disposes of.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { coldEnvironment, extension, load, timed, work } from "./package.mjs";

const python = "/usr/bin/python3";
const peerScript = new URL("./peer.py", import.meta.url).pathname;

const operator = `
// [[torch::export]]
torch::Tensor add(const torch::Tensor& a, const torch::Tensor& b) { return at::add(a, b); }
`;

/** A package with one operator, `add`, built as users build. */
export function makeAdd() {
  const env = coldEnvironment("call");
  const folder = join(work, "addition");
  extension(["new", "addition", "--start", "minimal", "--yes", "--no-git", "--no-build", "--no-install"], {
    env,
    cwd: work,
  });
  writeFileSync(
    join(folder, "csrc/src/add.cpp"),
    `#include <torch_extension/tensor.h>\n#include <ATen/ops/add.h>\nnamespace addition {${operator}}\n`,
  );
  extension(["bind", folder], { env, cwd: work });
  extension(["build", folder, "--no-install"], { env, cwd: work });
  return { folder, env };
}

const timeLoop = `
  const { add } = m;
  const a = torch.tensor([1, 2, 3, 4]), b = torch.tensor([4, 3, 2, 1]);
  const rounds = [];
  for (let round = 0; round < 8; round += 1) {
    const calls = 200_000, start = performance.now();
    for (let i = 0; i < calls; i += 1) add(a, b);
    rounds.push(((performance.now() - start) / calls) * 1e3);
  }
  rounds.shift();
  console.log(JSON.stringify({ microseconds: rounds.sort((x, y) => x - y)[3] }));`;

const memoryLoop = `
  const { add } = m;
  const a = torch.tensor([1, 2, 3, 4]), b = torch.tensor([4, 3, 2, 1]);
  for (let i = 0; i < 1_000_000; i += 1) add(a, b);
  console.log(JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024 }));`;

const last = (run) => JSON.parse(run.stdout.trim().split("\n").at(-1));

export function call({ folder, env }) {
  const source = join(work, "peer-add.cpp");
  writeFileSync(
    source,
    `#include <torch/extension.h>\n${operator}\nPYBIND11_MODULE(TORCH_EXTENSION_NAME, m) { m.def("add", &add); }\n`,
  );
  const single = { ...env, OMP_NUM_THREADS: "1" };
  const peer = (name, flags) =>
    last(timed(python, [peerScript, "call", source, join(work, name), ...flags], { cwd: work, env: single }))
      .microseconds;
  const plain = peer("peer-plain", []);
  const optimised = peer("peer-O2", ["-O2"]);
  const ours = last(load(folder, timeLoop, single)).microseconds;
  return [
    { name: "add(a, b), pybind11 as load builds it", ours, peer: plain, unit: " µs", bound: "≤ 0.6" },
    { name: "add(a, b), pybind11 with -O2", ours, peer: optimised, unit: " µs", bound: "≤ 1.2" },
  ];
}

export function memory({ folder, env }) {
  const { megabytes } = last(load(folder, memoryLoop, env));
  return [
    { name: "peak memory, 1,000,000 undisposed results", ours: megabytes, unit: " MB", digits: 0, bound: "< 300 MB" },
  ];
}
