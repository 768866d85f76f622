// From what native code returns to what a caller gets.
import type { Cell } from "./addon.js";
import type { Tensor } from "./tensor.js";
import { tensors } from "./tensor-class.js";

const { wrap } = tensors;

export function tensor(cell: Cell): Tensor {
  return wrap(cell);
}

export function optionalTensor(cell: Cell | null): Tensor | null {
  return cell === null ? null : wrap(cell);
}

export function tensorList(cells: readonly Cell[]): Tensor[] {
  return cells.map(wrap);
}

/** @throws {RangeError} where a number cannot hold the integer exactly; native code sends a bigint then. */
export function int64(value: number | bigint): number {
  if (typeof value === "number") return value;
  throw new RangeError(`the int64 result ${value} is beyond the integers that a number holds exactly`);
}

/** A tuple of N elements of one type. */
type FixedLength<T, N extends number, R extends readonly T[] = []> = R["length"] extends N
  ? R
  : FixedLength<T, N, readonly [...R, T]>;

/**
 * A list whose elements have names, so that it must be of that length.
 * @throws {Error} where the C++ returned another number of elements.
 */
export function exactly<T, N extends number>(values: readonly T[], length: N, name: string): FixedLength<T, N> {
  if (values.length !== length) {
    throw new Error(
      `${name}: the C++ returned a list of ${values.length}, but its annotation names ${length}. Mend returns=c(…) or the function`,
    );
  }
  return values as readonly unknown[] as FixedLength<T, N>;
}
