// Readers of scalars.
import { bool, double, int64 } from "./argument-number.js";
import { isComplex } from "./complex.js";
import { type Place, refuse } from "./place.js";

/** For native code `[x]` is floating and `[re, im]` complex, whatever the numbers are. */
type NativeScalar = number | bigint | boolean | readonly [number] | readonly [re: number, im: number];

/** A whole number and a bigint are integers to torch, any other number is floating, a boolean is one; objects say what they are. */
export function scalar(value: unknown, name: string, place: Place): NativeScalar {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return int64(value, name, place);
  if (isComplex(value)) return [value.re, value.im];
  if (typeof value === "object" && value !== null && "dtype" in value && "value" in value) {
    return typedScalar(value, name, place);
  }
  refuse(name, place, "a number, bigint, boolean, { re, im } or scalar(value, dtype)", value);
}

/** Of `{ value, dtype }`, whose own place is null where it is no argument of a function. */
export function typedScalar(
  { value, dtype }: { readonly value: unknown; readonly dtype: unknown },
  name: string,
  place: Place | null,
): NativeScalar {
  const inside = (key: string): Place => (place === null ? key : { of: place, key: `.${key}` });
  const at = inside("value");
  switch (dtype) {
    case "bool":
      return bool(value, name, at);
    case "int64": {
      const integer = int64(value, name, at);
      // To native code -0 is floating.
      return integer === 0 ? 0 : integer;
    }
    case "float64":
      return [double(value, name, at)];
    case "complex128":
      if (typeof value === "number") return [value, 0];
      return isComplex(value) ? [value.re, value.im] : refuse(name, at, "a number or { re, im }", value);
    default:
      refuse(name, inside("dtype"), 'one of "bool", "int64", "float64", "complex128", the kinds of scalars', dtype);
  }
}
