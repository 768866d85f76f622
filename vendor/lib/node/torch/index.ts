export type { Complex } from "./complex.js";
export { type TensorOptions, tensor } from "./create.js";
export type { DType, TypedArray } from "./dtype.js";
export { Generator } from "./generator.js";
export type { Device, Layout, MemoryFormat, ScalarType } from "./names.js";
export type { NestedArray, NestedResult } from "./nested.js";
export { type Scalar, scalar, type TypedScalar } from "./scalar.js";
export { Tensor } from "./tensor.js";
export { tidy } from "./tidy.js";
