import type { Cell } from "./addon.js";
import { describe } from "./describe.js";
import { checkDType, type DType, dtypes, type TypedArray } from "./dtype.js";
import { loadAddon } from "./native.js";
import { flatten, inferDType, type NestedArray, shapeOf } from "./nested.js";
import type { Tensor } from "./tensor.js";
import { tensors } from "./tensor-class.js";

export interface TensorOptions {
  /** Default: that of a typed array; float32 for numbers, int64 for bigints, bool for booleans. */
  readonly dtype?: DType;
  /** For data without structure, such as a typed array: sizes whose product is its length. */
  readonly shape?: readonly number[];
}

// The dtype of a typed array, and the kinds whose bytes can be taken as they are.
const ownDTypes = new Map<unknown, DType>([
  [Uint8Array, "uint8"],
  [Uint8ClampedArray, "uint8"],
  [Int8Array, "int8"],
  [Int16Array, "int16"],
  [Int32Array, "int32"],
  [BigInt64Array, "int64"],
  [Float32Array, "float32"],
  [Float64Array, "float64"],
  [Uint16Array, "int32"],
  [Uint32Array, "int64"],
]);

function typedArrayDType(data: unknown): DType | null {
  if (!ArrayBuffer.isView(data)) return null;
  if (data instanceof Buffer) return "uint8";
  const dtype = ownDTypes.get(data.constructor);
  if (dtype !== undefined) return dtype;
  throw new TypeError(
    `tensor: no dtype holds ${describe(data)}. Copy it to a BigInt64Array or another signed array first`,
  );
}

function checkShape(shape: readonly number[], length: number): readonly number[] {
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(`tensor: shape must be an array of whole numbers, none negative; got ${describe(shape)}`);
  }
  if (shape.reduce((product, size) => product * size, 1) !== length) {
    throw new RangeError(
      `tensor: shape [${shape}] has no room for exactly ${length} elements. Give sizes whose product is ${length}`,
    );
  }
  return shape;
}

/** Elements that native code copies as they lie in memory. */
function elementsOf(data: NestedArray, shape: readonly number[], dtype: DType, inferred: boolean): TypedArray {
  const sample = dtypes[dtype].allocate(0);
  if (dtype !== "bool" && ArrayBuffer.isView(data) && data.constructor === sample.constructor) return data;
  return flatten(data, shape, dtype, inferred);
}

/**
 * A CPU tensor with a copy of the data.
 *
 * @param data  a number, bigint or boolean; arrays of them, nested, of equal length at each depth; typed arrays, also as rows.
 * @throws {TypeError} for ragged arrays, naming the place; for elements of a wrong kind; for an unknown dtype.
 * @throws {RangeError} for elements outside the dtype's range, and a `shape` that does not fit.
 * @example tensor([[1, 2], [3, 4]])
 * @example tensor(new Float64Array(6), { shape: [2, 3] })
 */
export function tensor(data: NestedArray, options: TensorOptions = {}): Tensor {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`tensor: options must be an object such as { dtype: "int64" }, got ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (name !== "dtype" && name !== "shape")
      throw new TypeError(`tensor: unknown option ${name}. Options: dtype, shape`);
  }
  const { shape: found, leaf } = shapeOf(data);
  const own = typedArrayDType(data) ?? (Array.isArray(data) ? typedArrayDType(innermost(data)) : null);
  const inferred = options.dtype === undefined && own === null;
  const dtype = options.dtype === undefined ? (own ?? inferDType(leaf)) : checkDType(options.dtype, "tensor");
  const elements = elementsOf(data, found, dtype, inferred);
  const shape = options.shape === undefined ? found : checkShape(options.shape, elements.length);
  const cell: Cell = loadAddon().create(elements, dtypes[dtype].code, shape);
  return tensors.wrap(cell);
}

function innermost(data: unknown): unknown {
  return Array.isArray(data) && data.length > 0 ? innermost(data[0]) : data;
}
