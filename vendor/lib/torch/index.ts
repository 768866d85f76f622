export { type TensorOptions, tensor } from "./create.js";
export type { DType, TypedArray } from "./dtype.js";
export type { NestedArray, NestedResult } from "./nested.js";
export { Tensor } from "./tensor.js";
export { tidy } from "./tidy.js";
