// From what a caller passes to what native code takes. Each reader gets the value and the names for its message:
// «leakyStep: x must be a Tensor, got an Array of length 3».
import type { Cell } from "./addon.js";
import { describe } from "./describe.js";
import { tensors } from "./tensor-class.js";

const { cellOf } = tensors;

function refuse(name: string, place: string, expected: string, value: unknown): never {
  throw new TypeError(`${name}: ${place} must be ${expected}, got ${describe(value)}`);
}

function refuseTensor(value: unknown, name: string, place: string): never {
  const kind: unknown = (value as { constructor?: { name?: unknown } } | null | undefined)?.constructor?.name;
  if (kind === "Tensor") {
    throw new TypeError(
      `${name}: ${place} is a Tensor of another lib shim version than this package's. Run \`torch-extension new\` again in both packages' folders and build them again`,
    );
  }
  refuse(name, place, "a Tensor", value);
}

/** @throws {TypeError} when it is no Tensor. A disposed one is found out by native code. */
export function tensor(value: unknown, name: string, parameter: string): Cell {
  return cellOf(value) ?? refuseTensor(value, name, parameter);
}

/** null and undefined stand for an absent tensor. */
export function optionalTensor(value: unknown, name: string, parameter: string): Cell | null {
  if (value === null || value === undefined) return null;
  const cell = cellOf(value);
  if (cell === undefined) refuse(name, parameter, "a Tensor or null", value);
  return cell;
}

export function tensorList(value: unknown, name: string, parameter: string): Cell[] {
  if (!Array.isArray(value)) refuse(name, parameter, "an array of Tensors", value);
  // Not `map`, which passes over the holes of [a, , b].
  return Array.from(value, (element, i) => tensor(element, name, `${parameter}[${i}]`));
}

/**
 * A whole number that a double holds exactly, or a bigint within the range of int64.
 * @throws {RangeError} for a whole number or bigint beyond that.
 */
export function int64(value: unknown, name: string, parameter: string): number | bigint {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value;
    if (!Number.isInteger(value)) refuse(name, parameter, "a whole number", value);
    throw new RangeError(
      `${name}: ${parameter} is ${value}, beyond the integers that a number holds exactly. Pass a bigint`,
    );
  }
  if (typeof value !== "bigint") refuse(name, parameter, "a whole number or bigint", value);
  if (BigInt.asIntN(64, value) === value) return value;
  throw new RangeError(`${name}: ${parameter} is ${value}n, outside the range of int64`);
}

export function double(value: unknown, name: string, parameter: string): number {
  return typeof value === "number" ? value : refuse(name, parameter, "a number", value);
}

export function bool(value: unknown, name: string, parameter: string): boolean {
  return typeof value === "boolean" ? value : refuse(name, parameter, "a boolean", value);
}

export function string(value: unknown, name: string, parameter: string): string {
  return typeof value === "string" ? value : refuse(name, parameter, "a string", value);
}

/** An array of exactly that length; its elements are for the other readers. */
export function tuple(value: unknown, name: string, parameter: string, length: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) refuse(name, parameter, `an array of length ${length}`, value);
  return value;
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
