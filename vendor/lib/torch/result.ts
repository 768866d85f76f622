// From what native code returns to what a caller gets.
import type { Cell } from "./addon.js";
import { type Tensor, tensors } from "./tensor-class.js";

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
