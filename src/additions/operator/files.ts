// Every file of a new operator. All of them are user-owned from the start.
import type { PlannedFile } from "../../output/types.js";
import { autogradSource, cudaSource } from "./kernels.js";
import { operatorPage } from "./page.js";
import type { FunctionPlan } from "./plan.js";
import { rTest } from "./r.js";
import { functionSource } from "./source.js";
import { tsTest } from "./ts.js";
import { workThrough } from "./worked.js";

/** Where the files of an operator lie; without those that its answers leave out. */
export function functionPaths({ name, hosts, cuda, differentiable }: PathAnswers): readonly string[] {
  return [
    `csrc/src/${name}.cpp`,
    ...(cuda ? [`csrc/src/cuda/${name}.cu`] : []),
    ...(differentiable ? [`csrc/src/${name}_autograd.cpp`] : []),
    ...(hosts.includes("ts") ? [`test/${name}.test.ts`] : []),
    ...(hosts.includes("r") ? [`tests/testthat/test-${name}.R`] : []),
    `docs/operators/${name}.md`,
  ];
}

interface PathAnswers extends Pick<FunctionPlan, "hosts" | "cuda" | "differentiable"> {
  readonly name: string;
}

/** The files with their texts, in the order of `functionPaths`. */
export function functionFiles(plan: FunctionPlan): readonly PlannedFile[] {
  const { name } = plan.exported;
  const worked = workThrough(plan);
  const paths = functionPaths({ ...plan, name });
  return paths.map((path) => ({ path, content: contentOf(path), owner: "userOwned" as const }));

  function contentOf(path: string): string {
    if (path.endsWith(".cu")) return cudaSource(plan);
    if (path.endsWith("_autograd.cpp")) return autogradSource(plan);
    if (path.endsWith(".cpp")) return functionSource(plan);
    if (path.endsWith(".ts")) return tsTest(plan, worked);
    if (path.endsWith(".R")) return rTest(plan, worked);
    return operatorPage(
      plan,
      worked,
      paths.filter((one) => !one.endsWith(".md")),
    );
  }
}
