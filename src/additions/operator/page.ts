// docs/operators/<name>.md: what an operator is in C++, its files, an example for each host that its tests run.
import type { Host } from "../../model/host.js";
import { typeTitle } from "../../types/derive.js";
import { signatureOf } from "./body.js";
import { backwardName, type FunctionPlan, kernelName, kernelsOf } from "./plan.js";
import { rExample } from "./r.js";
import { tsExample } from "./ts.js";
import type { Worked } from "./worked.js";

export function operatorPage(plan: FunctionPlan, worked: Worked, files: readonly string[]): string {
  const { exported, results } = plan;
  const lines = [
    `# \`${exported.name}\``,
    "",
    ...aboutKernels(plan),
    "",
    "```cpp",
    ...signatureOf(plan, true, ";"),
    "```",
    "",
    "| value | what it is |",
    "| --- | --- |",
    ...exported.parameters.map(({ name, type }) => `| \`${name}\` | ${typeTitle(type)} |`),
    ...results.map(({ name, type }) => `| ${name === null ? "result" : `result \`${name}\``} | ${typeTitle(type)} |`),
    "",
    "How each value crosses the layers, and who owns the memory, is in the [table of calls](../call-stack.md): tensors and all",
    "that is not a plain number are borrowed for the call on their way in, and the caller's to free on their way out, which the",
    "host's garbage collector does.",
    "",
    "## Example",
    "",
    ...plan.hosts.flatMap((host) => example(host, plan, worked)),
    "The tests of the package run this page's examples as they stand here.",
    "",
    "## Files",
    "",
    ...files.map((path) => `- [${path}](../../${path}): ${aboutFile(path, plan)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function example(host: Host, plan: FunctionPlan, worked: Worked): readonly string[] {
  return host === "ts"
    ? ["```js", ...tsExample(plan, worked), "```", ""]
    : ["```r", ...rExample(plan, worked), "```", ""];
}

function aboutKernels(plan: FunctionPlan): readonly string[] {
  const { exported, nativeName, cuda, differentiable } = plan;
  const kernels = kernelsOf(plan);
  const full = `\`${nativeName}::${kernelName(plan)}\``;
  if (kernels === "here") {
    return [`An operator of \`${nativeName}\`, written in torch's own operations, so that it runs wherever those do.`];
  }
  const backends = cuda ? "the CPU and CUDA" : "the CPU";
  const inner =
    kernels === "inner" ? " It calls an operator of tensors and one factor, since no kernel takes all its types." : "";
  return [
    `An operator of \`${nativeName}\`.${inner} The dispatcher has kernels of ${full} for ${backends}.`,
    differentiable
      ? `Its gradients are computed by \`${backwardName(plan)}\`, which is exported as well; autograd knows it by way of \`torch::autograd::Function\`.`
      : `No gradient flows through \`${exported.name}\`.`,
  ];
}

function aboutFile(path: string, plan: FunctionPlan): string {
  if (path.endsWith(".cu")) return "the kernel of CUDA, compiled where libtorch has CUDA and `nvcc` is there";
  if (path.endsWith("_autograd.cpp")) return "the gradients, and their registration";
  if (path.endsWith(".cpp")) {
    return `the annotated function${kernelsOf(plan) === "here" ? "" : " and the kernel of the CPU"}`;
  }
  return "its tests";
}
