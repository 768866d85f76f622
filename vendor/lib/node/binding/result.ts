// From what native code returns to what a caller gets.
import type { Cell, ObjectCell } from "../torch/addon.js";
import type { Generator } from "../torch/generator.js";
import {
  type Layout,
  layoutNames,
  type MemoryFormat,
  memoryFormatNames,
  type ScalarType,
  scalarTypeNames,
} from "../torch/names.js";
import { objects } from "../torch/object-class.js";
import type { Tensor } from "../torch/tensor.js";
import { tensors } from "../torch/tensor-class.js";

export * from "./result-of.js";

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
  throw new RangeError(
    `the int64 result ${value} is beyond the integers that a number holds exactly. Pass { bigint: true } to get bigints`,
  );
}

/** For a caller who asked for it. */
export function bigint(value: number | bigint): bigint {
  return BigInt(value);
}

export function dtype(number: number): ScalarType {
  return scalarTypeNames.name(number);
}

export function layout(number: number): Layout {
  return layoutNames.name(number);
}

export function memoryFormat(number: number): MemoryFormat {
  return memoryFormatNames.name(number);
}

export function generator(cell: ObjectCell): Generator {
  return objects.adopt(objects.Generator, cell);
}
