// Whatever types are picked: the files can be written, and bind takes them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsTensor, kernelsOf, needsSum } from "../../../src/additions/operator/plan.js";
import { leavesOf } from "../../../src/additions/operator/values.js";
import { workThrough } from "../../../src/additions/operator/worked.js";
import { functionWriter, kinds } from "../../helpers/function.js";
import { askedFunctions, parameterTexts } from "../../helpers/function-types.js";

const write = await functionWriter([kinds]);
/** The sentences that may refuse a combination. */
const why = /^--(?:backend cpu,cuda|differentiable) wants a tensor/u;

describe("an operator of any types", () => {
  it("is written, and bound without an error", () => {
    fc.assert(
      fc.property(askedFunctions, (one) => {
        let written: ReturnType<typeof write>;
        try {
          written = write(one);
        } catch (error) {
          // Only where nothing is there that a kernel or a gradient could be of.
          expect(String(error instanceof Error ? error.message : error)).toMatch(why);
          return;
        }
        const { plan, files, module } = written;
        const isKernel = kernelsOf(plan) !== "here";
        expect(isKernel).toBe(one.backend === "cpu,cuda" || one.differentiable === true);
        expect(module.registrations.some(({ kind }) => kind === "impl")).toBe(isKernel);
        const worked = workThrough(plan);
        expect(worked.results).toHaveLength(plan.results.length);
        if (plan.results.some((result) => holdsTensor(result.type))) expect(needsSum(plan)).toBe(true);
        for (const { path, text } of files) {
          expect(text, path).not.toMatch(/undefined\b(?!\))|\[object|\bNaN\b(?!\))/u);
          expect(text.endsWith("\n") && !/[ \t]$/mu.test(text), path).toBe(true);
        }
      }),
    );
  });

  it("asks no gradient of what an object holds", () => {
    const param = ["w: Weights", "x: torch::Tensor"];
    const { files } = write({ name: "f", param, returns: ["torch::Tensor"], differentiable: true });
    const text = (path: string) => files.find((file) => file.path === path)?.text ?? "";
    expect(text("test/f.test.ts")).toMatch(/= f\(new Weights\(tensor\(.*\)\), tensors\[0\] as torch\.Tensor\);/);
    expect(text("tests/testthat/test-f.R")).toMatch(/<- f\(Weights\(tensor\(.*\)\), tensors\[\[1\]\]\)\n/);
  });

  it("has the numbers of its tests exactly, so that no order of sums and products matters", () => {
    fc.assert(
      fc.property(parameterTexts, (param) => {
        const { plan } = write({ name: "f", param, returns: ["torch::Tensor"] });
        const { samples, computed } = workThrough(plan);
        const leaves = plan.exported.parameters.map(({ type: of }, i) => leavesOf(of, samples[i] ?? { kind: "none" }));
        const numbers = leaves.flatMap((one) => one.numbers);
        const tensors = leaves.flatMap((one) => one.tensors);
        const product = numbers.reduce((all, value) => all * BigInt(value * 2), 1n);
        expect(Math.abs(computed.total)).toBeLessThan(1e6);
        for (const [i, value] of computed.sum.values.entries()) {
          const squares = tensors.reduce((sum, { values }) => sum + BigInt((values[i] ?? Number.NaN) * 4) ** 2n, 0n);
          const exact = product * (tensors.length === 0 ? 16n : squares);
          // Beyond the first few, numbers are one.
          expect(BigInt(value * 2 ** 10) * 2n ** BigInt(numbers.length) * 16n).toBe(exact * 2n ** 10n);
        }
      }),
    );
  });
});
