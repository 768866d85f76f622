import { type Tensor as TensorClass, tensors } from "./tensor-class.js";

/**
 * A torch tensor. Made by `tensor()` or by a function of a package; there is no public constructor.
 *
 * Its memory is given back when the collector takes the object, or earlier by `dispose()`, `using` or `tidy()`. A tensor that
 * was disposed throws an Error wherever it is used.
 */
// The class without its private fields: types of two packages would not fit together with them, as their values do.
export interface Tensor extends Pick<TensorClass, keyof TensorClass> {}

/** For `instanceof`: one class for every package in the process whose lib shim is of the same version. */
export const Tensor: {
  readonly prototype: Tensor;
  [Symbol.hasInstance](value: unknown): value is Tensor;
} = tensors.Tensor as never;
