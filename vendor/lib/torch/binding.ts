// What generated bindings are made of.
export * as argument from "./argument.js";
export type { WithDefaults } from "./argument-of.js";
export type { Complex } from "./complex.js";
export { Generator } from "./generator.js";
export type { Device, Layout, MemoryFormat, ScalarType } from "./names.js";
export { loadNative, type NativeSource } from "./native.js";
export * as object from "./object.js";
export * as result from "./result.js";
export type { Scalar } from "./scalar.js";
export { Tensor } from "./tensor.js";
