import { describe, expect, it } from "vitest";
import * as argument from "../../../vendor/lib/node/binding/argument.js";
import * as result from "../../../vendor/lib/node/binding/result.js";
import { objects } from "../../../vendor/lib/node/torch/object-class.js";
import { tidy } from "../../../vendor/lib/node/torch/tidy.js";
import { installFakeAddon } from "./fake-addon.js";

const { attached, make, objects: released } = installFakeAddon();
const point = argument.recordOf("Point", [
  ["x", argument.int64],
  ["y", argument.double, 0.5],
]);

describe("a reader that is made of others", () => {
  it.each<[string, () => unknown, unknown]>([
    ["nothing for what is absent", () => argument.optionalOf(argument.double)(undefined, "f", "x"), null],
    ["an array, its holes refused", () => argument.listOf(argument.bool)([true, false], "f", "x"), [true, false]],
    ["the fields of a record in their order", () => point({ y: 2, x: 1n }, "f", "p"), [1n, 2]],
    ["the default of a field", () => point({ x: 1 }, "f", "p"), [1, 0.5]],
    [
      "a Map in turn",
      () => argument.dictOf(argument.int64, argument.string, "int64")(new Map([[1, "a"]]), "f", "m"),
      [1, "a"],
    ],
    ["a plain object", () => argument.dictOf(argument.string, argument.double, "string")({ a: 1 }, "f", "m"), ["a", 1]],
    [
      "an enum's number",
      () =>
        argument.enumOf("Mode", [
          ["a", 3],
          ["b", 2n ** 60n],
        ])("b", "f", "m"),
      2n ** 60n,
    ],
    ["a float, rounded", () => argument.float(0.1, "f", "x"), Math.fround(0.1)],
    ["a dtype's number", () => argument.dtype("complex64", "f", "x"), 9],
  ])("gives %s", (_, read, expected) => {
    expect(read()).toEqual(expected);
  });

  it.each<[string, () => unknown, string]>([
    [
      "deep inside",
      () => argument.listOf(point)([{ x: 1 }, { x: "1" }], "f", "ps"),
      "f: ps[1].x must be a whole number or bigint",
    ],
    [
      "a hole",
      () => argument.listOf(argument.bool)(Object.assign([true], { 2: false }), "f", "x"),
      "f: x[1] must be a boolean, got undefined",
    ],
    [
      "a field that every object has",
      () => argument.recordOf("R", [["valueOf", argument.double]])({}, "f", "r"),
      "f: r.valueOf must be a number, got undefined",
    ],
    [
      "a value by its key",
      () => argument.dictOf(argument.string, argument.double, "string")({ 'a"': "b" }, "f", "m"),
      'f: m["a\\""] must be a number',
    ],
    [
      "a key",
      () => argument.dictOf(argument.int64, argument.double, "int64")(new Map([["a", 1]]), "f", "m"),
      'f: m[key "a"] must be a whole number or bigint',
    ],
    [
      "an object of a class as dictionary",
      () => argument.dictOf(argument.string, argument.double, "string")(new Date(), "f", "m"),
      "f: m must be a Map or a plain object, got a Date",
    ],
  ])("names the place: %s", (_, read, message) => {
    expect(read).toThrow(TypeError);
    expect(read).toThrow(message);
  });

  it("keeps what native code reads alive, also where a getter makes it", () => {
    const alive: unknown[] = [];
    const reader = argument.tupleOf(argument.listOf(argument.tensor), argument.optionalOf(argument.tensor));
    const made = make();
    reader([[make(), make()], made], "f", "x", alive);
    expect(alive).toHaveLength(3);
    expect(alive.at(-1)).toBe(made);
    argument.recordOf("R", [["t", argument.tensor]])(
      {
        get t() {
          return make();
        },
      },
      "f",
      "r",
      alive,
    );
    expect(alive).toHaveLength(4);
  });

  it.each([
    [2 ** 31, /outside the range of int32/],
    [-(2 ** 31) - 1, /outside the range of int32/],
    [1.5, /a whole number/],
  ])("refuses %s as an int32", (value, message) => {
    expect(() => argument.int32(value, "f", "n")).toThrow(message);
  });
});

describe("a converter that is made of others", () => {
  it("gives every tensor its owner before it throws for an integer", () => {
    const before = attached.length;
    const convert = result.tupleOf<[number, unknown]>(
      result.int64,
      result.listOf(result.recordOf([["t", result.tensor]])),
    );
    expect(() => convert([2n ** 60n, [[901], [902]]])).toThrow(RangeError);
    expect(attached.slice(before)).toEqual([901, 902]);
  });

  it("gives maps, records and names", () => {
    expect(result.dictOf<string, bigint>(null, result.bigint)(["a", 1, "b", 2n ** 60n])).toEqual(
      new Map([
        ["a", 1n],
        ["b", 2n ** 60n],
      ]),
    );
    expect(
      result.recordOf([
        ["a", null],
        ["b", result.optionalOf(result.int64)],
      ])([1, null]),
    ).toEqual({ a: 1, b: null });
    const mode = result.enumOf("Mode", [
      ["a", 0],
      ["alias", 0],
    ]);
    expect(mode(0)).toBe("a");
    expect(() => mode(7)).toThrow("the C++ returned 7, which no entry of Mode has");
    expect([result.dtype(15), result.layout(2), result.memoryFormat(2)]).toEqual([
      "bfloat16",
      "sparse_csr",
      "channels_last",
    ]);
    expect(() => result.dtype(999)).toThrow(RangeError);
  });
});

class Cell extends objects.NativeObject {
  constructor() {
    super(objects.secret, Cell, 77);
  }
}

describe("a native object", () => {
  it("is told from one of another class, whatever its prototype says", () => {
    const cell = new Cell();
    expect(argument.objectOf(Cell)(cell, "f", "c")).toBe(77);
    const other = objects.adopt(objects.Generator, 78);
    Object.setPrototypeOf(other, Cell.prototype);
    expect(() => argument.objectOf(Cell)(other, "f", "c")).toThrow("f: c must be a Cell, got a Cell");
    expect(() => argument.generator(cell, "f", "g")).toThrow("f: g must be a Generator, got a Cell");
  });

  it("is made without the constructor of its class when native code has made it", () => {
    const adopted = objects.adopt(Cell, 79);
    expect(adopted).toBeInstanceOf(Cell);
    expect(objects.cellOf(Cell, adopted)).toBe(79);
  });

  it("cannot be forged", () => {
    expect(() => Reflect.construct(objects.NativeObject, [Symbol(), Cell, 1])).toThrow(TypeError);
    expect(objects.cellOf(Cell, Object.create(Cell.prototype))).toBeUndefined();
  });

  it("is disposed by tidy, unless it is returned", () => {
    const kept = tidy(() => {
      expect(new Cell().disposed).toBe(false);
      return { inside: [objects.adopt(Cell, 81)] };
    });
    expect(released).toContain(77);
    expect(released).not.toContain(81);
    expect(kept.inside).toHaveLength(1);
  });
});
