// Readers of numbers and booleans.
import { outOfRange, type Place, refuse } from "./place.js";

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
