import { type Tensor as TensorClass, tensors } from "./tensor-class.js";

/** A torch tensor: shared by every package in the process whose lib shim is of the same version. */
export const Tensor: typeof TensorClass = tensors.Tensor;
export type Tensor = TensorClass;
