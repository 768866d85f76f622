import { describe, expect, it } from "vitest";
import * as argument from "../../../vendor/lib/node/binding/argument.js";
import * as result from "../../../vendor/lib/node/binding/result.js";
import { Tensor } from "../../../vendor/lib/node/torch/tensor.js";
import { installFakeAddon } from "./fake-addon.js";

const { make } = installFakeAddon();

const scalarExpected = "a number, bigint, boolean, { re, im } or scalar(value, dtype)";
const scalar = { value: 0.5, dtype: "int64" };

describe("argument", () => {
  it.each<[string, () => unknown, string]>([
    [
      "an array",
      () => argument.tensor([1, 2, 3], "leakyStep", "x"),
      "leakyStep: x must be a Tensor, got an Array of length 3",
    ],
    ["undefined", () => argument.tensor(undefined, "f", "x"), "f: x must be a Tensor, got undefined"],
    ["a number", () => argument.tensor(7, "f", "x"), "f: x must be a Tensor, got the number 7"],
    [
      "a typed array",
      () => argument.tensor(new Int8Array(2), "f", "x"),
      "f: x must be a Tensor, got an Int8Array of length 2",
    ],
    ["an object", () => argument.optionalTensor({}, "f", "x"), "f: x must be a Tensor or null, got a plain object"],
    ["a list's element", () => argument.tensorList([make(), null], "f", "xs"), "f: xs[1] must be a Tensor, got null"],
    [
      "a tensor as list",
      () => argument.tensorList(make(), "f", "xs"),
      "f: xs must be an array of Tensors, got a Tensor",
    ],
    ["a fraction", () => argument.int64(1.5, "f", "n"), "f: n must be a whole number, got the number 1.5"],
    [
      "a string as int",
      () => argument.int64("1", "f", "n"),
      'f: n must be a whole number or bigint, got the string "1"',
    ],
    ["a bigint as double", () => argument.double(1n, "f", "p"), "f: p must be a number, got the bigint 1n"],
    ["a number as bool", () => argument.bool(1, "f", "flag"), "f: flag must be a boolean, got the number 1"],
    ["null as string", () => argument.string(null, "f", "mode"), "f: mode must be a string, got null"],
    [
      "a short tuple",
      () => argument.tupleOf(argument.int64, argument.int64)([1], "f", "pair"),
      "f: pair must be an array of length 2, got an Array of length 1",
    ],
    [
      "half a complex number",
      () => argument.scalar({ re: 1 }, "f", "x"),
      `f: x must be ${scalarExpected}, got a plain object`,
    ],
    ["a tensor as scalar", () => argument.scalar(make(), "f", "x"), `f: x must be ${scalarExpected}, got a Tensor`],
    [
      "a fraction as integer",
      () => argument.scalar(scalar, "f", "x"),
      "f: x.value must be a whole number, got the number 0.5",
    ],
    [
      "an unknown option",
      () => argument.options({ decya: 1 } as { decay?: number }, "f", ["decay"]),
      "f: unknown option decya. Options: decay",
    ],
    [
      "a tensor as options",
      () => argument.options(make() as { decay?: number }, "f", ["decay"]),
      "f: options must be an object with decay, got a Tensor",
    ],
  ])("refuses %s with a TypeError that names function and parameter", (_, read, message) => {
    expect(read).toThrow(new TypeError(message));
  });

  it("refuses integers that would lose digits", () => {
    expect(() => argument.int64(2 ** 53, "f", "n")).toThrow(RangeError);
    expect(() => argument.int64(2n ** 63n, "f", "n")).toThrow(
      new RangeError("f: n is 9223372036854775808n, outside the range of int64"),
    );
    expect(argument.int64(-(2n ** 63n), "f", "n")).toBe(-(2n ** 63n));
    expect(() => result.int64(2n ** 60n)).toThrow(RangeError);
  });

  it("reads tensors as cells, absent ones as null", () => {
    const x = make();
    expect(argument.tensorList([x, x], "f", "xs")).toEqual(Array(2).fill(argument.tensor(x, "f", "x")));
    expect([argument.optionalTensor(null, "f", "x"), argument.optionalTensor(undefined, "f", "x")]).toEqual([
      null,
      null,
    ]);
  });

  it("reads scalars as what they are to torch", () => {
    const read = (value: unknown) => argument.scalar(value, "f", "x");
    expect([read(2), read(0.5), read(true), read(2n)]).toEqual([2, 0.5, true, 2n]);
    expect([read({ value: 2, dtype: "float64" }), read({ value: -0, dtype: "int64" })]).toEqual([[2], 0]);
    expect([read({ re: 1, im: 0 }), read({ value: 1, dtype: "complex128" })]).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(() => read(2n ** 64n)).toThrow(RangeError);
  });

  it("reads options that are the caller's own, whatever their names", () => {
    type Options = { constructor?: unknown; toString?: unknown; valueOf?: unknown; decay?: number };
    const known = ["constructor", "toString", "valueOf", "decay"] as const;
    const read = (options: Options) => {
      const { constructor: a = 1, toString: b = 2, valueOf: c = 3, decay = 4 } = argument.options(options, "f", known);
      return [a, b, c, decay];
    };
    expect(read({})).toEqual([1, 2, 3, 4]);
    expect(read({ valueOf: 7, decay: 8 })).toEqual([1, 2, 7, 8]);
    expect(read(Object.create({ decay: 9 }))).toEqual([1, 2, 3, 4]);
    expect(() => read(JSON.parse('{ "__proto__": { "decay": 9 } }'))).toThrow("f: unknown option __proto__. Options: ");
  });

  it("tells a Tensor of another shim from something else", () => {
    const foreign = new (class Tensor {})();
    expect(() => argument.tensor(foreign, "f", "x")).toThrow(
      /f: x is a Tensor of another lib shim version.*npx generator-torch-extension upgrade/,
    );
  });

  it("names the place of a hole in a list", () => {
    expect(() => argument.tensorList(new Array(2), "f", "xs")).toThrow(/^f: xs\[0\] must be a Tensor/);
  });

  it("lets nobody make a Tensor of a number", () => {
    expect(() => Reflect.construct(Tensor as never, [1])).toThrow(
      new TypeError("Tensor has no public constructor. Use tensor(data)"),
    );
  });
});
