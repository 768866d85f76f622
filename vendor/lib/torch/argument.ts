// From what a caller passes to what native code takes. Each reader gets the value and the names for its message:
// «leakyStep: x must be a Tensor, got an Array of length 3». Tensors and objects that are found inside other values are put into
// `alive`, so that the collector leaves them alone until the call is over, whatever the caller's value does meanwhile.
import type { Cell, ObjectCell } from "./addon.js";
import {
  type Device,
  deviceExpected,
  isDevice,
  layoutNames,
  memoryFormatNames,
  type Names,
  scalarTypeNames,
} from "./names.js";
import { objects } from "./object-class.js";
import { outOfRange, type Place, refuse, textOf } from "./place.js";
import { tensors } from "./tensor-class.js";

export * from "./argument-of.js";

const { cellOf } = tensors;

function refuseTensor(value: unknown, name: string, place: Place, expected: string): never {
  const kind: unknown = (value as { constructor?: { name?: unknown } } | null | undefined)?.constructor?.name;
  if (kind === "Tensor") {
    throw new TypeError(
      `${name}: ${textOf(place)} is a Tensor of another lib shim version than this package's. Run \`torch-extension new\` again in both packages' folders and build them again`,
    );
  }
  refuse(name, place, expected, value);
}

/** @throws {TypeError} when it is no Tensor. A disposed one is found out by native code. */
export function tensor(value: unknown, name: string, place: Place, alive?: unknown[]): Cell {
  const cell = cellOf(value);
  if (cell === undefined) refuseTensor(value, name, place, "a Tensor");
  alive?.push(value);
  return cell;
}

/** null and undefined stand for an absent tensor. */
export function optionalTensor(value: unknown, name: string, place: Place, alive?: unknown[]): Cell | null {
  if (value === null || value === undefined) return null;
  const cell = cellOf(value);
  if (cell === undefined) refuseTensor(value, name, place, "a Tensor or null");
  alive?.push(value);
  return cell;
}

export function tensorList(value: unknown, name: string, place: Place, alive?: unknown[]): Cell[] {
  if (!Array.isArray(value)) refuse(name, place, "an array of Tensors", value);
  const inside = { of: place, key: 0 };
  // Not `map`, which passes over the holes of [a, , b].
  return Array.from(value, (element, i) => {
    inside.key = i;
    return tensor(element, name, inside, alive);
  });
}

/** @throws {RangeError} for a whole number or bigint beyond int64, and for a number that holds no digit of its end any more. */
export function int64(value: unknown, name: string, place: Place): number | bigint {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value;
    if (!Number.isInteger(value)) refuse(name, place, "a whole number", value);
    outOfRange(name, place, `is ${value}, beyond the integers that a number holds exactly. Pass a bigint`);
  }
  if (typeof value !== "bigint") refuse(name, place, "a whole number or bigint", value);
  if (BigInt.asIntN(64, value) === value) return value;
  outOfRange(name, place, `is ${value}n, outside the range of int64`);
}

export function int32(value: unknown, name: string, place: Place): number {
  if (typeof value !== "number" || !Number.isInteger(value)) refuse(name, place, "a whole number", value);
  if (value !== (value | 0)) outOfRange(name, place, `is ${value}, outside the range of int32`);
  return value;
}

export function double(value: unknown, name: string, place: Place): number {
  return typeof value === "number" ? value : refuse(name, place, "a number", value);
}

/** Rounded to the nearest float. */
export function float(value: unknown, name: string, place: Place): number {
  if (typeof value !== "number") refuse(name, place, "a number", value);
  const rounded = Math.fround(value);
  if (Number.isFinite(value) && !Number.isFinite(rounded))
    outOfRange(name, place, `is ${value}, outside the range of float`);
  return rounded;
}

export function bool(value: unknown, name: string, place: Place): boolean {
  return typeof value === "boolean" ? value : refuse(name, place, "a boolean", value);
}

export function string(value: unknown, name: string, place: Place): string {
  return typeof value === "string" ? value : refuse(name, place, "a string", value);
}

/** A whole number and a bigint are integers to torch, any other number is floating, a boolean is one. */
export function scalar(value: unknown, name: string, place: Place): number | bigint | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "bigint") refuse(name, place, "a number, bigint or boolean", value);
  return int64(value, name, place);
}

function named<T extends string>(names: Names<T>): (value: unknown, name: string, place: Place) => number {
  return (value, name, place) => names.number(value) ?? refuse(name, place, `one of ${names.expected}`, value);
}

export const dtype = named(scalarTypeNames);
export const layout = named(layoutNames);
export const memoryFormat = named(memoryFormatNames);

export function device(value: unknown, name: string, place: Place): Device {
  return isDevice(value) ? value : refuse(name, place, deviceExpected, value);
}

export function generator(value: unknown, name: string, place: Place, alive?: unknown[]): ObjectCell {
  const cell = objects.cellOf(objects.Generator, value);
  if (cell === undefined) refuse(name, place, "a Generator", value);
  alive?.push(value);
  return cell;
}

/** What options are read from: nothing is inherited, so that one may be named `constructor` or `valueOf`. */
const Own = function Own() {} as unknown as new () => Record<string, unknown>;
Own.prototype = Object.freeze(Object.create(null));

/** The trailing options object: the own properties of an object without names that the function does not know. */
export function options<T extends object>(value: T, name: string, known: readonly (keyof T & string)[]): T {
  if (typeof value !== "object" || value === null || Array.isArray(value) || cellOf(value) !== undefined) {
    refuse(name, "options", `an object with ${known.join(", ")}`, value);
  }
  const own = new Own();
  for (const key of Object.keys(value) as (keyof T & string)[]) {
    if (!known.includes(key)) throw new TypeError(`${name}: unknown option ${key}. Options: ${known.join(", ")}`);
    own[key] = value[key];
  }
  return own as T;
}
