import { typedScalar } from "./argument-scalar.js";
import type { Complex } from "./complex.js";

/**
 * A value whose kind torch is told, since a number does not say it: `{ value: 2, dtype: "float64" }` is 2.0 and no integer. These
 * four are the kinds that scalars of torch have.
 */
export interface TypedScalar {
  readonly value: number | bigint | boolean | Complex;
  readonly dtype: ScalarKind;
}

type ScalarKind = "bool" | "int64" | "float64" | "complex128";

/**
 * What stands for a scalar of torch: a whole number or bigint is an integer to it, any other number is floating, `{ re, im }` is
 * complex. `scalar(2, "float64")` is what says otherwise.
 */
export type Scalar = number | bigint | boolean | Complex | TypedScalar;

/**
 * A scalar of that kind.
 *
 * @throws {TypeError} where the value cannot be of that kind.
 * @throws {RangeError} for an int64 that a number does not hold exactly.
 * @example scalar(2, "float64")
 */
export function scalar(value: number | bigint | boolean | Complex, dtype: ScalarKind): TypedScalar {
  const made: TypedScalar = Object.freeze({ value, dtype });
  typedScalar(made, "scalar", null);
  return made;
}
