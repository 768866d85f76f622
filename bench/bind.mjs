// How long a whole `torch-extension bind` takes, beside what R has for the same number of functions: torchexport, and Rcpp's own
// generator over functions that it knows.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extension, timed, work } from "./package.mjs";
import { median } from "./report.mjs";

/** torchexport over 1,000 functions, where it is not installed: measured once on two cores of x86-64. */
const TORCHEXPORT_SECONDS = 7.7;
const PER_FILE = 50;

/** Functions of four shapes, each with a comment, so that no two lines are the same. */
function sourceOf(from, to) {
  const functions = [];
  for (let i = from; i < to; i++) {
    const [parameter, signature] = [
      ["x", `torch::Tensor scale_${i}(const torch::Tensor& x, double by_${i} = 0.9)`],
      [
        "input",
        `std::tuple<torch::Tensor, torch::Tensor> step_${i}(torch::Tensor input, torch::optional<torch::Tensor> state_${i}, int64_t n)`,
      ],
      ["x", `double total_${i}(torch::Tensor x)`],
      [
        "xs",
        `std::vector<torch::Tensor> each_${i}(std::vector<torch::Tensor> xs, bool keep_${i} = true, std::string mode = "sum")`,
      ],
    ][i % 4];
    functions.push(`/// What function ${i} does, in a sentence.
/// @param ${parameter} what it takes
/// @returns what comes out
// [[torch::export]]
${signature} {
  if (${i} > 0) { throw std::runtime_error("not in a benchmark }"); }
  return {};
}
`);
  }
  return `#include <torch/types.h>\n\nnamespace myext {\n\n${functions.join("\n")}\n}  // namespace myext\n`;
}

function makePackage(name, functions, host) {
  const folder = join(work, name);
  for (const path of ["csrc/src", "R", "src"]) mkdirSync(join(folder, path), { recursive: true });
  if (host === "ts") writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "my-ext", version: "0.0.0" }));
  else writeFileSync(join(folder, "DESCRIPTION"), "Package: myext\nVersion: 0.1\nImports: Rcpp\nLinkingTo: Rcpp\n");
  for (let from = 0; from < functions; from += PER_FILE) {
    const text = sourceOf(from, Math.min(functions, from + PER_FILE));
    writeFileSync(join(folder, `csrc/src/part${from / PER_FILE}.cpp`), text);
  }
  return folder;
}

/** Seconds of whole processes: each from nothing, then each with nothing to do. */
function bindTimes(folder, rounds) {
  const env = { ...process.env, TORCH_EXTENSION_CACHE: join(work, "bind-cache") };
  const generated = [
    "csrc/src/exports.cpp",
    "csrc/src/operators.cpp",
    "csrc/src/myext.def",
    "csrc/include",
    "csrc/node",
  ];
  const [first, again] = [[], []];
  for (let i = 0; i < rounds; i++) {
    for (const path of [...generated, "ts", "docs", "torch-extension.json"]) {
      rmSync(join(folder, path), { recursive: true, force: true });
    }
    rmSync(env.TORCH_EXTENSION_CACHE, { recursive: true, force: true });
    first.push(extension(["bind", folder], { env }).seconds);
    again.push(extension(["bind", folder], { env }).seconds);
  }
  return { first: median(first), again: median(again) };
}

const has = (name) =>
  spawnSync("Rscript", ["-e", `quit(status = !requireNamespace("${name}", quietly = TRUE))`]).status === 0;
const r = (code, cwd) => timed("Rscript", ["-e", code], { cwd }).seconds;

/** `Rcpp::compileAttributes()`, which knows no tensor, over functions of the same number and length. */
function rcppSeconds(functions, rounds) {
  const folder = makePackage("rcpp", 0, "r");
  const body = Array.from(
    { length: functions },
    (_, i) => `//' What function ${i} does, in a sentence.
//' @param x what it takes
// [[Rcpp::export]]
Rcpp::List f_${i}(Rcpp::NumericVector x, double by_${i} = 0.9, bool keep = true) {
  return Rcpp::List();
}
`,
  );
  writeFileSync(join(folder, "src/functions.cpp"), `#include <Rcpp.h>\n\n${body.join("\n")}`);
  writeFileSync(join(folder, "NAMESPACE"), "");
  const seconds = [];
  for (let i = 0; i < rounds; i++) {
    for (const path of ["src/RcppExports.cpp", "R/RcppExports.R"]) rmSync(join(folder, path), { force: true });
    seconds.push(r("Rcpp::compileAttributes()", folder));
  }
  return median(seconds);
}

function torchexportSeconds(functions, rounds) {
  const folder = makePackage("torchexport", functions, "r");
  mkdirSync(join(folder, "csrc/include/myext"), { recursive: true });
  writeFileSync(join(folder, "NAMESPACE"), "");
  return median(Array.from({ length: rounds }, () => r("torchexport::export()", folder)));
}

/** Rows for the report. */
export function bind(rounds) {
  const thousand = bindTimes(makePackage("bind-1000", 1000, "ts"), rounds);
  const tenThousand = bindTimes(makePackage("bind-10000", 10_000, "ts"), rounds);
  const torchexport = has("torchexport") ? torchexportSeconds(1000, rounds) : TORCHEXPORT_SECONDS;
  const rows = [
    { name: "bind 1,000 functions, beside torchexport", ours: thousand.first, peer: torchexport, bound: "≤ 0.10 ×" },
    { name: "… nothing changed", ours: thousand.again, bound: "< 0.5 s" },
    { name: "… 10,000, beside 1,000", ours: tenThousand.first, peer: thousand.first, bound: "≤ 12 ×" },
  ];
  if (has("Rcpp")) {
    rows.splice(1, 0, {
      name: "… beside Rcpp::compileAttributes()",
      ours: thousand.first,
      peer: rcppSeconds(1000, rounds),
      bound: "",
    });
  }
  return rows.map((row) => ({ ...row, unit: " s" }));
}
