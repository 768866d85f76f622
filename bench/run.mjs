// `npm run bench [-- cold call memory bind r] [-- --rounds 3]`: the figures that docs and notes quote, beside the peer, in one run.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { bind } from "./bind.mjs";
import { call, makeAdd, memory } from "./call.mjs";
import { cold } from "./cold.mjs";
import { r } from "./r.mjs";
import { report } from "./report.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" } },
});
const all = ["cold", "call", "memory", "bind", "r"];
const jobs = positionals.length > 0 ? positionals : all;
const unknown = jobs.filter((job) => !all.includes(job));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. Run: npm run bench -- ${all.join(" ")}`);
  process.exit(2);
}

const hasPeer = () => spawnSync("/usr/bin/python3", ["-c", "import torch.utils.cpp_extension"]).status === 0;
if (jobs.some((job) => job === "cold" || job === "call") && !hasPeer()) {
  const install = "apt-get install -y python3-torch python3-dev ninja-build";
  const sudo = process.getuid?.() === 0 ? "" : "sudo -n ";
  if (spawnSync("sh", ["-c", `command -v apt-get && ${sudo}true`]).status === 0) {
    spawnSync("sh", ["-c", `${sudo}apt-get update && ${sudo}${install}`], { stdio: "inherit" });
  }
  if (!hasPeer()) {
    console.error(`The peer, PyTorch for Python, is not on this machine. Run: sudo ${install}`);
    process.exit(5);
  }
}

console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`);
const rows = [];
if (jobs.includes("bind")) rows.push(...bind(Number(values.rounds)));
if (jobs.includes("cold")) rows.push(...cold(Number(values.rounds)));
if (jobs.includes("call") || jobs.includes("memory")) {
  const addition = makeAdd();
  if (jobs.includes("call")) rows.push(...call(addition, Number(values.rounds)));
  if (jobs.includes("memory")) rows.push(...memory(addition));
}
if (jobs.includes("r")) rows.push(...r(Number(values.rounds)));
report(rows);
