import { describe } from "./describe.js";

/**
 * Where a value stands: a parameter, or inside what stands elsewhere. The key of an element of a list changes while the list is
 * read, so that a place is put into words only when something is wrong there.
 */
export type Place = string | { readonly of: Place; key: number | string };

/** `x`, `points[3].x`, `weights["fc1"]`. */
export function textOf(place: Place): string {
  if (typeof place === "string") return place;
  const { of, key } = place;
  if (typeof key === "number") return `${textOf(of)}[${key}]`;
  return key.startsWith(".") ? textOf(of) + key : `${textOf(of)}[${key}]`;
}

/** Throws the TypeError of a wrong argument: «leakyStep: x must be a Tensor, got the number 1». */
export function refuse(name: string, place: Place, expected: string, value: unknown): never {
  throw new TypeError(`${name}: ${textOf(place)} must be ${expected}, got ${describe(value)}`);
}

export function outOfRange(name: string, place: Place, why: string): never {
  throw new RangeError(`${name}: ${textOf(place)} ${why}`);
}
