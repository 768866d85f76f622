// Operators as `torch-extension function` writes them, without a folder.

import { probeFunction } from "../../src/additions/engine/probe.js";
import { planOf } from "../../src/additions/operator/addition.js";
import { functionFiles } from "../../src/additions/operator/files.js";
import { type FunctionPlan, planProblem } from "../../src/additions/operator/plan.js";
import { functionAnswers } from "../../src/additions/operator/table.js";
import { runPipeline } from "../../src/generate/pipeline.js";
import type { SourceFile } from "../../src/model/file.js";
import type { Module } from "../../src/model/module.js";
import { inputOf } from "./pipeline.js";

export interface Asked {
  readonly name: string;
  readonly param: readonly string[];
  readonly returns: readonly string[];
  readonly backend?: "cpu" | "cpu,cuda";
  readonly differentiable?: boolean;
}

export interface WrittenFunction {
  readonly plan: FunctionPlan;
  readonly files: readonly SourceFile[];
  /** What bind makes of the package with these files. */
  readonly module: Module;
}

/** Writes operators into a package `my-ext` of both hosts. @param headers below csrc/include */
export async function functionWriter(headers: readonly SourceFile[]): Promise<(asked: Asked) => WrittenFunction> {
  const names = { packageName: "my-ext", nativeName: "myext" };
  const input = inputOf({ sources: headers, hosts: ["ts", "r"] });
  return ({ name, param, returns, backend = "cpu", differentiable = false }) => {
    const answers = functionAnswers(
      new Map<string, string | boolean | readonly string[]>([
        ["name", name],
        ["param", param],
        ["returns", returns],
        ["backend", backend],
        ["differentiable", differentiable],
      ]),
    );
    if (typeof answers === "string") throw new Error(answers);
    const { exported, module, problems } = probeFunction(input, answers);
    if (exported === null) throw new Error(problems.join("\n"));
    const plan = planOf(answers, exported, module, { names, hosts: ["ts", "r"] });
    const problem = planProblem(plan);
    if (problem !== null) throw new Error(problem);
    const files = functionFiles(plan).map(({ path, content }) => ({ path, text: String(content) }));
    const sources = [...headers, ...files.filter(({ path }) => path.startsWith("csrc/"))];
    const bound = runPipeline({ ...input, sources });
    const errors = bound.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
    return { plan, files, module: bound.module };
  };
}

/** An enum, two structs and two classes, for functions that take them. */
export const kinds: SourceFile = {
  path: "csrc/include/myext/kinds.h",
  text: `#pragma once
#include <torch_extension/tensor.h>

#include <cstdint>
#include <string>
#include <utility>

namespace myext {

enum class Mode { nearest, linear = 3 };

struct Range {
  double low;
  double high = 2;
  int64_t steps = 1;
};

struct Box {
  std::string name;
  torch::Tensor corner;
  torch::optional<Range> range;
};

class Counter {
 public:
  // [[torch::export]]
  explicit Counter(int64_t start, double by = 1) : value_(start + static_cast<int64_t>(by)) {}
  // [[torch::export]]
  int64_t value() const { return value_; }

 private:
  int64_t value_;
};

class Weights {
 public:
  // [[torch::export]]
  explicit Weights(torch::Tensor values) : values_(std::move(values)) {}
  // [[torch::export]]
  torch::Tensor values() const { return values_; }

 private:
  torch::Tensor values_;
};

}  // namespace myext
`,
};
