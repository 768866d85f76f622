// What the fixtures cannot say, since it is TypeScript's alone: integers of any size, objects that are let go of, names, forgeries.

export const behaviour = `
import * as m from "./dist/ts/index.js";
import * as torch from "./dist/lib/node/torch/index.js";
const caught = (f) => { try { f(); return "no error"; } catch (e) { return e.constructor.name + ": " + e.message; } };
const counter = new m.Counter({ start: 1 });
const foreign = m.handleMake(3);
let inTidy = null;
const outOfTidy = torch.tidy(() => { inTidy = new m.Counter({ start: 2 }); return new m.Counter({ start: 5 }); });
class Mine extends m.Counter {}
const mine = new Mine({ start: 4 });
const gone = new m.Counter({ start: 1 });
gone.dispose();
gone.dispose();
const box = { name: "b", corner: torch.tensor([1]), more: [1], parent: null };
const generator = new torch.Generator(7);
const before = generator.seed;
generator.manualSeed(2n ** 64n - 1n);
console.log(JSON.stringify({
  big: [String(m.int64Echo(2n ** 62n, { bigint: true })), typeof m.int64Echo(1, { bigint: true }), m.int64Echo(-5n)],
  tooBig: caught(() => m.int64Echo(2n ** 62n)),
  range: [caught(() => m.int64Echo(2n ** 63n)), caught(() => m.int64Echo(2 ** 53)), caught(() => m.vectorInt64([1, 2n ** 64n]))],
  bigList: m.vectorInt64([1, 2n ** 60n], { bigint: true }).map(String),
  tooBigList: caught(() => m.vectorInt64([2n ** 60n])),
  used: [caught(() => gone.value()), caught(() => m.handleRead(gone)), gone.disposed, counter.disposed],
  kind: [caught(() => m.handleRead(generator)), caught(() => m.handleRead(Object.create(m.Counter.prototype))), caught(() => m.Counter.prototype.value.call({})),
    caught(() => new (Object.getPrototypeOf(m.Counter))(Symbol(), m.Counter, 1234)), caught(() => m.handleRead(Object.setPrototypeOf(new torch.Generator(), m.Counter.prototype)))],
  classes: [counter instanceof m.Counter, foreign instanceof m.Counter, foreign.value(), mine.value(), mine instanceof Mine, m.handleRead(mine)],
  tidy: [inTidy.disposed, outOfTidy.disposed, outOfTidy.value()],
  using: (() => { const c = new m.Counter({ start: 1 }); c[Symbol.dispose](); return c.disposed; })(),
  defaults: m.structureScale(box).weight,
  fields: [caught(() => m.structureScale({ ...box, wieght: 1 })), caught(() => m.structureScale({ name: "b" })), caught(() => m.structureScale({ ...box, more: [1, "2"] })), caught(() => m.structureScale([]))],
  plain: [...m.dictMap({ x: { a: 1, __proto__: null } })], nested: [...m.dictTensors({ a: torch.tensor([1]) }).keys()],
  dicts: [caught(() => m.dictTensors({ a: 1 })), caught(() => m.dictTensors([])), caught(() => m.dictUnordered({ 1: [] })), caught(() => m.dictTensors(torch.tensor([1])))],
  enums: [m.Mode.linear, caught(() => m.enumerationNext({ mode: "none" })), caught(() => m.enumerationBroken())],
  names: [caught(() => m.dtypeEcho("float33")).slice(0, 60), caught(() => m.deviceEcho("gpu")), m.deviceEcho("cuda:3"), m.dtypeEcho("complex64")],
  generator: [String(before), String(generator.seed), caught(() => new torch.Generator(-1)), caught(() => m.generatorDraw({})), generator instanceof torch.Generator],
  scalars: [2, 2n, torch.scalar(2, "float64"), { value: 2, dtype: "float64" }, torch.scalar(-0, "int64"), torch.scalar(2, "complex128"),
    { re: 2, im: 0 }].map((x) => m.scalarKind({ x })),
  complex: m.scalarEcho({ re: 0.5, im: -2 }),
  scalarsRefused: [caught(() => m.scalarEcho({ re: 1 })), caught(() => m.scalarEcho({ value: 1.5, dtype: "int64" })),
    caught(() => m.scalarEcho({ value: 1, dtype: "float32" })), caught(() => torch.scalar("2", "float64")), caught(() => m.scalarList([1, "2"]))],
  complexTensor: m.scalarAdd(torch.tensor([1, 2]), { re: 0, im: 1 }).toArray(),
  float: [m.floatHalve(0.1), caught(() => m.floatHalve(1e300)), m.floatHalve(Infinity) === Infinity],
}));
`;

const tooBig = "is beyond the integers that a number holds exactly. Pass { bigint: true } to get bigints";
const disposed = "an object among its arguments was disposed. Dispose it after its last use";

export const expectedBehaviour = {
  big: ["4611686018427387904", "bigint", -5],
  tooBig: `RangeError: the int64 result 4611686018427387904 ${tooBig}`,
  range: [
    "RangeError: int64Echo: x is 9223372036854775808n, outside the range of int64",
    "RangeError: int64Echo: x is 9007199254740992, beyond the integers that a number holds exactly. Pass a bigint",
    "RangeError: vectorInt64: x[1] is 18446744073709551616n, outside the range of int64",
  ],
  bigList: ["1152921504606846976", "1"],
  tooBigList: `RangeError: the int64 result 1152921504606846976 ${tooBig}`,
  used: [`Error: Counter.value: ${disposed}`, `Error: handleRead: ${disposed}`, true, false],
  kind: [
    "TypeError: handleRead: counter must be a Counter, got a Generator",
    "TypeError: handleRead: counter must be a Counter, got a Counter",
    "TypeError: Counter.value: this must be a Counter, got a plain object",
    "TypeError: NativeObject has no public constructor: the classes of packages make it",
    "TypeError: handleRead: counter must be a Counter, got a Counter",
  ],
  classes: [true, true, 3, 4, true, 4],
  tidy: [true, false, 5],
  using: true,
  defaults: 1,
  fields: [
    "TypeError: structureScale: box has an unknown field wieght. Fields of Box: name, corner, weight, mode, more, parent",
    "TypeError: structureScale: box.corner must be a Tensor, got undefined",
    'TypeError: structureScale: box.more[1] must be a whole number or bigint, got the string "2"',
    "TypeError: structureScale: box must be a Box, an object with name, corner, weight, mode, more, parent, got an Array of length 0",
  ],
  plain: [["a", 2]],
  nested: ["a"],
  dicts: [
    'TypeError: dictTensors: x["a"] must be a Tensor, got the number 1',
    "TypeError: dictTensors: x must be a Map or a plain object, got an Array of length 0",
    "TypeError: dictUnordered: x must be a Map, got a plain object",
    "TypeError: dictTensors: x must be a Map or a plain object, got a Tensor",
  ],
  enums: [
    "linear",
    'TypeError: enumerationNext: mode must be a Mode, one of "nearest", "linear", "cubic", got the string "none"',
    "Error: enumeration_broken: the result is 99, which is none of its type's values. Use one that the C++ declares",
  ],
  names: [
    'TypeError: dtypeEcho: x must be one of "uint8", "int8", "int',
    'TypeError: deviceEcho: x must be a device such as "cpu" or "cuda:0", got the string "gpu"',
    "cuda:3",
    "complex64",
  ],
  generator: [
    "7",
    "18446744073709551615",
    "RangeError: Generator: seed is -1, outside the range of uint64",
    "TypeError: generatorDraw: generator must be a Generator, got a plain object",
    true,
  ],
  scalars: ["int", "int", "float", "float", "int", "complex", "complex"],
  complex: { re: 0.5, im: -2 },
  scalarsRefused: [
    "TypeError: scalarEcho: x must be a number, bigint, boolean, { re, im } or scalar(value, dtype), got a plain object",
    "TypeError: scalarEcho: x.value must be a whole number, got the number 1.5",
    'TypeError: scalarEcho: x.dtype must be one of "bool", "int64", "float64", "complex128", the kinds of scalars, got the string "float32"',
    'TypeError: scalar: value must be a number, got the string "2"',
    'TypeError: scalarList: x[1] must be a number, bigint, boolean, { re, im } or scalar(value, dtype), got the string "2"',
  ],
  complexTensor: [
    { re: 1, im: 1 },
    { re: 2, im: 1 },
  ],
  float: [0.05000000074505806, "RangeError: floatHalve: x is 1e+300, outside the range of float", true],
};

/**
 * Calls each 120,000 times in one synchronous loop; how many megabytes the process grew by after the first 20,000. What grew is
 * called as often once more: a leak grows each time, the allocator's reserve does not.
 */
export function leaks(codes: readonly { readonly name: string; readonly code: string }[]): string {
  return `
import * as m from "./dist/ts/index.js";
import * as torch from "./dist/lib/node/torch/index.js";
const grown = [];
for (const { code } of ${JSON.stringify(codes)}) {
  const call = new Function("m", "torch", "kept", "count", "for (let i = 0; i < count; i += 1) " + code);
  call(m, torch, {}, 20_000);
  gc();
  const grow = () => {
    const before = process.memoryUsage.rss();
    call(m, torch, {}, 100_000);
    gc();
    return Math.round((process.memoryUsage.rss() - before) / 2 ** 20);
  };
  const first = grow();
  grown.push({ code, megabytes: first > 3 ? Math.min(first, grow()) : first });
}
console.log(JSON.stringify(grown));
`;
}
