// From what a caller passes to what native code takes. Each reader gets the value and the names for its message:
// «leakyStep: x must be a Tensor, got an Array of length 3». Tensors and objects that are found inside other values are put into
// `alive`, so that the collector leaves them alone until the call is over, whatever the caller's value does meanwhile.
import type { Cell, ObjectCell } from "../torch/addon.js";
import {
  type Device,
  deviceExpected,
  isDevice,
  layoutNames,
  memoryFormatNames,
  type Names,
  scalarTypeNames,
} from "../torch/names.js";
import { objects } from "../torch/object-class.js";
import { type Place, refuse, textOf } from "../torch/place.js";
import { tensors } from "../torch/tensor-class.js";

export * from "../torch/argument-number.js";
export * from "../torch/argument-scalar.js";
export * from "./argument-of.js";

const { cellOf } = tensors;

function refuseTensor(value: unknown, name: string, place: Place, expected: string): never {
  const kind: unknown = (value as { constructor?: { name?: unknown } } | null | undefined)?.constructor?.name;
  if (kind === "Tensor") {
    throw new TypeError(
      `${name}: ${textOf(place)} is a Tensor of another lib shim version than this package's. Run \`npx generator-torch-extension upgrade\` in both packages' folders and build them again`,
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

export function string(value: unknown, name: string, place: Place): string {
  return typeof value === "string" ? value : refuse(name, place, "a string", value);
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
