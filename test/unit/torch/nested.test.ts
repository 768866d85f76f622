import { describe, expect, it } from "vitest";
import type { DType } from "../../../vendor/lib/node/torch/dtype.js";
import { flatten, inferDType, nest, shapeOf } from "../../../vendor/lib/node/torch/nested.js";

function read(data: unknown, dtype?: DType): { readonly shape: readonly number[]; readonly elements: unknown } {
  const { shape, leaf } = shapeOf(data);
  return { shape, elements: flatten(data, shape, dtype ?? inferDType(leaf), dtype === undefined) };
}

describe("nested arrays", () => {
  it("become elements row by row, with a dtype by kind", () => {
    expect(
      read([
        [1, 2],
        [3, 4.5],
        [5, 6],
      ]),
    ).toEqual({ shape: [3, 2], elements: new Float32Array([1, 2, 3, 4.5, 5, 6]) });
    expect(read([1n, 2n])).toEqual({ shape: [2], elements: new BigInt64Array([1n, 2n]) });
    expect(read([[true], [false]])).toEqual({ shape: [2, 1], elements: new Uint8Array([1, 0]) });
    expect(read(3)).toEqual({ shape: [], elements: new Float32Array([3]) });
    expect(read([[], []])).toEqual({ shape: [2, 0], elements: new Float32Array(0) });
    expect(read([new Int32Array([1, 2]), [3, 4]], "int32").elements).toEqual(new Int32Array([1, 2, 3, 4]));
    expect(read([{ re: 1, im: 2 }])).toEqual({ shape: [1], elements: new Float32Array([1, 2]) });
    expect(read([{ re: 1, im: 2 }, 3, 4n], "complex128").elements).toEqual(new Float64Array([1, 2, 3, 0, 4, 0]));
    expect(read([], "complex64")).toEqual({ shape: [0], elements: new Float32Array(0) });
  });

  it.each<[unknown, DType | undefined, string]>([
    [[[1, 2], [3]], undefined, "tensor: ragged array: data[1] has length 1, the first of its kind has 2"],
    [[[1], 2], undefined, "tensor: ragged array: data[1] is the number 2, where an array of length 1 belongs"],
    [
      [1, [2]],
      undefined,
      "tensor: ragged array: data[1] is an Array of length 1, where other elements are single values",
    ],
    [[[[1]], [["a"]]], undefined, 'tensor: data[1][0][0] must be a number, bigint or boolean, got the string "a"'],
    [
      [{ re: 1, im: -2 }],
      "float32",
      "tensor: data[0] must be a number, bigint or boolean, got the complex number 1-2i",
    ],
    [
      [{ re: 1, im: 2 }, 3],
      undefined,
      "tensor: data[1] is the number 3, the first element a complex number. Name a dtype to mix them",
    ],
    [
      [new Float32Array(2)],
      "complex64",
      "tensor: data[0] is a Float32Array of length 2 among others, whose numbers may be real parts or pairs. Pass one typed array and a shape",
    ],
    [[1, undefined], undefined, "tensor: data[1] must be a number, bigint or boolean, got undefined"],
    [[1, true], undefined, "tensor: data[1] is the boolean true, the first element a number. Name a dtype to mix them"],
    [[1, 2.5], "int32", "tensor: data[1] is 2.5, no integer as dtype int32 needs. Round it, or name a float dtype"],
    [
      [0, 2],
      "bool",
      "tensor: data[1] must be a boolean for dtype bool, got the number 2. Compare first, or name another dtype",
    ],
  ])("%j (%s) is refused with the place", (data, dtype, message) => {
    expect(() => read(data, dtype)).toThrow(new TypeError(message));
  });

  it("refuses what is outside the dtype's range", () => {
    expect(() => read([0, 256], "uint8")).toThrow(
      new RangeError("tensor: data[1] is 256, outside the range of dtype uint8"),
    );
    expect(() => read([2 ** 60], "int64")).toThrow(RangeError);
    expect(() => read([2n ** 63n])).toThrow(RangeError);
    expect(read([-(2n ** 63n), 5], "int64").elements).toEqual(new BigInt64Array([-(2n ** 63n), 5n]));
    expect(read([NaN, Infinity]).elements).toEqual(new Float32Array([NaN, Infinity]));
  });

  it("come back from elements by shape", () => {
    expect(nest([1, 2, 3, 4, 5, 6], [3, 2])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(nest([7], [])).toBe(7);
    expect(nest([], [2, 0])).toEqual([[], []]);
  });
});
