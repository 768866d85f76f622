// What generated bindings are made of.
export * as argument from "./argument.js";
export { loadNative, type NativeSource } from "./native.js";
export * as result from "./result.js";
export { Tensor } from "./tensor.js";
