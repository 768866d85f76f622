import { describe, expect, it } from "vitest";
import * as torch from "../lib/node/torch/index.js";
import { scaleAdd } from "../ts/index.js";

describe("scaleAdd", () => {
  const a = torch.tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("is alpha * a + b", () => {
    const b = torch.tensor([
      [10, 20, 30],
      [40, 50, 60],
    ]);
    const sum = scaleAdd(a, b, { alpha: -0.5 });
    expect(sum.shape).toEqual([2, 3]);
    expect(sum.dtype).toBe("float32");
    expect(sum.toArray()).toEqual([
      [9.5, 19, 28.5],
      [38, 47.5, 57],
    ]);
  });

  it("takes 1 for alpha where it is left out", () => {
    expect(scaleAdd(a, a).toArray()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
  });

  it("broadcasts", () => {
    expect(scaleAdd(a, torch.tensor([10, 20, 30]), { alpha: 2 }).toArray()).toEqual([
      [12, 24, 36],
      [18, 30, 42],
    ]);
  });

  it("leaves its arguments as they were", () => {
    scaleAdd(a, a, { alpha: 3 });
    expect(a.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("refuses shapes that do not broadcast, with libtorch's message", () => {
    const call = () => scaleAdd(a, torch.tensor([1, 2]));
    expect(call).toThrow(/The size of tensor a \(3\) must match the size of tensor b \(2\)/);
    expect(call).not.toThrow(TypeError);
  });

  it("refuses what is no tensor, and options that it does not have, with a TypeError", () => {
    // @ts-expect-error An array is no tensor.
    const array = () => scaleAdd(a, [1, 2, 3]);
    expect(array).toThrow(TypeError);
    expect(array).toThrow(/scaleAdd: b must be a Tensor/);
    // @ts-expect-error A string is no number.
    expect(() => scaleAdd(a, a, { alpha: "2" })).toThrow(TypeError);
    // @ts-expect-error There is no option of that name.
    expect(() => scaleAdd(a, a, { beta: 2 })).toThrow(TypeError);
  });
});
