import { describe, expect, it } from "vitest";
import * as torch from "../lib/node/torch/index.js";
import { LltmCell, lltmBackward, lltmForward } from "../ts/index.js";
import { type Arguments, backward, forward, numbers, type Sizes } from "./reference.js";

const cases: Sizes[] = [
  { batch: 1, features: 1, state: 1 },
  { batch: 2, features: 3, state: 4 },
  { batch: 5, features: 2, state: 3 },
];

function shapes({ batch, features, state }: Sizes): Record<keyof Arguments, number[]> {
  return {
    input: [batch, features],
    weights: [3 * state, state + features],
    bias: [3 * state],
    oldH: [batch, state],
    oldCell: [batch, state],
  };
}

function randomArguments(sizes: Sizes, seed: number): Arguments {
  const random = numbers(seed);
  const { input, weights, bias, oldH, oldCell } = shapes(sizes);
  const filled = (shape: readonly number[]) => random(shape.reduce((a, b) => a * b));
  return {
    input: filled(input),
    weights: filled(weights),
    bias: filled(bias),
    oldH: filled(oldH),
    oldCell: filled(oldCell),
  };
}

function tensors(sizes: Sizes, args: Arguments): Record<keyof Arguments, torch.Tensor> {
  const shape = shapes(sizes);
  const tensor = (name: keyof Arguments) => torch.tensor(args[name], { shape: shape[name] });
  return {
    input: tensor("input"),
    weights: tensor("weights"),
    bias: tensor("bias"),
    oldH: tensor("oldH"),
    oldCell: tensor("oldCell"),
  };
}

function run(sizes: Sizes, args: Arguments) {
  const { input, weights, bias, oldH, oldCell } = tensors(sizes, args);
  return lltmForward(input, weights, bias, oldH, oldCell);
}

function gradients(sizes: Sizes, args: Arguments, gradH: Float64Array, gradCell: Float64Array): Arguments {
  const { weights, bias } = tensors(sizes, args);
  const state = [sizes.batch, sizes.state];
  const cell = new LltmCell(weights, bias);
  const result = cell.backward(
    run(sizes, args),
    torch.tensor(gradH, { shape: state }),
    torch.tensor(gradCell, { shape: state }),
  );
  return {
    input: values(result.dInput),
    weights: values(result.dWeights),
    bias: values(result.dBias),
    oldH: values(result.dOldH),
    oldCell: values(result.dOldCell),
  };
}

function values(tensor: torch.Tensor): Float64Array {
  return Float64Array.from(tensor.data(), Number);
}

/** The largest difference of two arrays that must have one length. */
function distance(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

describe.each(cases)("batch $batch, features $features, state $state", (sizes) => {
  const args = randomArguments(sizes, 1);
  const gradH = numbers(2)(sizes.batch * sizes.state);
  const gradCell = numbers(3)(sizes.batch * sizes.state);

  it("steps forward as the formula says", () => {
    const { newH, newCell } = run(sizes, args);
    const expected = forward(sizes, args);
    expect(newH.shape).toEqual([sizes.batch, sizes.state]);
    expect(newH.dtype).toBe("float64");
    expect(distance(values(newH), expected.newH)).toBeLessThan(1e-12);
    expect(distance(values(newCell), expected.newCell)).toBeLessThan(1e-12);
  });

  it("has the gradients that an independent computation has", () => {
    const actual = gradients(sizes, args, gradH, gradCell);
    const expected = backward(sizes, args, gradH, gradCell);
    for (const name of Object.keys(expected) as (keyof Arguments)[]) {
      expect(distance(actual[name], expected[name]), name).toBeLessThan(1e-12);
    }
  });

  it("has the gradients that finite differences have", () => {
    const actual = gradients(sizes, args, gradH, gradCell);
    const loss = (changed: Arguments) => {
      const { newH, newCell } = run(sizes, changed);
      const dot = (a: Float64Array, b: Float64Array) =>
        a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
      return dot(values(newH), gradH) + dot(values(newCell), gradCell);
    };
    const step = 1e-5;
    for (const name of Object.keys(args) as (keyof Arguments)[]) {
      const expected = args[name].map((value, i) => {
        const moved = (by: number) => ({ ...args, [name]: args[name].with(i, value + by) });
        return (loss(moved(step)) - loss(moved(-step))) / (2 * step);
      });
      expect(distance(actual[name], expected), name).toBeLessThan(1e-8);
    }
  });
});

describe("in float32", () => {
  it("agrees to float32's precision", () => {
    const sizes = { batch: 2, features: 3, state: 4 };
    const args = randomArguments(sizes, 4);
    const shape = shapes(sizes);
    const float = (name: keyof Arguments) => torch.tensor(Float32Array.from(args[name]), { shape: shape[name] });
    const { newH } = lltmForward(float("input"), float("weights"), float("bias"), float("oldH"), float("oldCell"));
    expect(newH.dtype).toBe("float32");
    expect(distance(values(newH), forward(sizes, args).newH)).toBeLessThan(1e-5);
  });
});

describe("what does not fit is refused", () => {
  const sizes = { batch: 2, features: 3, state: 4 };
  const { input, weights, bias, oldH, oldCell } = tensors(sizes, randomArguments(sizes, 5));
  const step = lltmForward(input, weights, bias, oldH, oldCell);

  it.each([
    [
      "weights of other sizes",
      () => lltmForward(input, input, bias, oldH, oldCell),
      "lltm_forward: weights must be [3 * state, state + features] = [12, 7], got [2, 3]",
    ],
    [
      "a bias of other sizes",
      () => lltmForward(input, weights, oldH, oldH, oldCell),
      "lltm_forward: bias must be [3 * state] = [12], got [2, 4]",
    ],
    [
      "an input that is no matrix",
      () => lltmForward(bias, weights, bias, oldH, oldCell),
      "lltm_forward: input must be [batch, features], got [12]",
    ],
    [
      "a state of another batch",
      () => lltmForward(input, weights, bias, oldH, weights),
      "lltm_forward: old_cell must be [batch, state] = [2, 4], got [12, 7]",
    ],
    [
      "another dtype",
      () => lltmForward(input, weights, torch.tensor(new Float32Array(12)), oldH, oldCell),
      "lltm_forward: bias must be Double like the other tensors, got Float",
    ],
    [
      "integers",
      () => lltmForward(torch.tensor(new Int32Array(6), { shape: [2, 3] }), weights, bias, oldH, oldCell),
      "lltm_forward: input must be floating point, got Int",
    ],
    [
      "a gradient of other sizes",
      () => new LltmCell(weights, bias).backward(step, input, oldCell),
      "lltm_backward: grad_h must be [batch, state] = [2, 4], got [2, 3]",
    ],
    [
      "a gradient of another dtype",
      () => new LltmCell(weights, bias).backward(step, oldH, torch.tensor(new Float32Array(8), { shape: [2, 4] })),
      "lltm_backward: grad_cell must be Double like the other tensors, got Float",
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).not.toThrow(TypeError);
  });

  it("what is no tensor, as a TypeError that names it", () => {
    // @ts-expect-error An array is no tensor.
    const array = () => lltmForward(input, [1, 2, 3], bias, oldH, oldCell);
    expect(array).toThrow(TypeError);
    expect(array).toThrow(/lltmForward: weights must be a Tensor/);
    // @ts-expect-error Neither is null.
    const absent = () => lltmBackward(oldH, oldH, oldH, oldH, oldH, oldH, null, weights);
    expect(absent).toThrow(TypeError);
    expect(absent).toThrow(/lltmBackward: joined must be a Tensor/);
  });
});
