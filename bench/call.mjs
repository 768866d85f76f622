// One generated call, and a million results that nobody disposes of.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { coldEnvironment, extension, load, timed, work } from "./package.mjs";
import { median } from "./report.mjs";

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

/** Rounds of ours and of both peers in turn, so that all see the same machine. */
export function call({ folder, env }, rounds) {
  const source = join(work, "peer-add.cpp");
  writeFileSync(
    source,
    `#include <torch/extension.h>\n${operator}\nPYBIND11_MODULE(TORCH_EXTENSION_NAME, m) { m.def("add", &add); }\n`,
  );
  const single = { ...env, OMP_NUM_THREADS: "1" };
  const peer = (name, flags) =>
    last(timed(python, [peerScript, "call", source, join(work, name), ...flags], { cwd: work, env: single }))
      .microseconds;
  const figures = { ours: [], plain: [], optimised: [] };
  for (let round = 0; round < rounds; round += 1) {
    figures.plain.push(peer("peer-plain", []));
    figures.ours.push(last(load(folder, timeLoop, single)).microseconds);
    figures.optimised.push(peer("peer-O2", ["-O2"]));
  }
  const row = (name, values, bound) => ({
    name,
    ours: median(figures.ours),
    peer: median(values),
    ratio: median(figures.ours.map((value, i) => value / values[i])),
    unit: " µs",
    bound,
  });
  return [
    row("add(a, b), pybind11 as load builds it", figures.plain, "≤ 0.6"),
    row("add(a, b), pybind11 with -O2", figures.optimised, "≤ 1.2"),
  ];
}

export function memory({ folder, env }) {
  const { megabytes } = last(load(folder, memoryLoop, env));
  return [
    { name: "peak memory, 1,000,000 undisposed results", ours: megabytes, unit: " MB", digits: 0, bound: "< 300 MB" },
  ];
}
