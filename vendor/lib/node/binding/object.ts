// What generated classes are made of.
import { type NativeObject as NativeObjectClass, objects } from "../torch/object-class.js";

export const { NativeObject, secret, adopt } = objects;
export type NativeObject = NativeObjectClass;

/** In place of a constructor that is not exported from C++. */
export function unmade(name: string): never {
  throw new TypeError(`${name} has no public constructor: the functions of its package make it`);
}
