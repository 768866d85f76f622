// What generated bindings are made of.

export type { Complex } from "../torch/complex.js";
export { Generator } from "../torch/generator.js";
export type { Device, Layout, MemoryFormat, ScalarType } from "../torch/names.js";
export { loadNative, type NativeSource } from "../torch/native.js";
export type { Scalar } from "../torch/scalar.js";
export { Tensor } from "../torch/tensor.js";
export * as argument from "./argument.js";
export type { WithDefaults } from "./argument-of.js";
export * as object from "./object.js";
export * as result from "./result.js";
