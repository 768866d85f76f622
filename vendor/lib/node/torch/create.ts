import type { Cell } from "./addon.js";
import { describe } from "./describe.js";
import { checkDType, type DType, dtypes, type TypedArray } from "./dtype.js";
import { loadAddon } from "./native.js";
import { flatten, inferDType, type NestedArray, shapeOf } from "./nested.js";
import type { Tensor } from "./tensor.js";
import { tensors } from "./tensor-class.js";

export interface TensorOptions {
  /**
   * Default: that of a typed array; float32 for numbers, int64 for bigints, bool for booleans, complex64 for complex numbers. A
   * typed array of a complex dtype holds real and imaginary parts in turn, as `data()` gives them.
   */
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

/** Elements that native code copies as they lie in memory, and their shape. */
function elementsOf(data: NestedArray, dtype: DType, inferred: boolean): Elements {
  const { shape } = shapeOf(data);
  const { allocate, width } = dtypes[dtype];
  const isView = ArrayBuffer.isView(data);
  if (isView && width === 2) return { elements: pairsOf(data, dtype), shape: [data.length / 2] };
  if (isView && dtype !== "bool" && data.constructor === allocate(0).constructor) return { elements: data, shape };
  return { elements: flatten(data, shape, dtype, inferred), shape };
}

interface Elements {
  readonly elements: TypedArray;
  readonly shape: readonly number[];
}

/** Real and imaginary parts in turn. */
function pairsOf(data: TypedArray, dtype: DType): TypedArray {
  if (data.length % 2 !== 0) {
    throw new RangeError(
      `tensor: ${describe(data)} holds no pairs. For dtype ${dtype} pass real and imaginary parts in turn`,
    );
  }
  const pairs = dtypes[dtype].allocate(data.length);
  if (data.constructor === pairs.constructor) return data;
  for (const [i, number] of data.entries()) pairs[i] = Number(number);
  return pairs;
}

/**
 * A CPU tensor with a copy of the data.
 *
 * @param data  a number, bigint, boolean or `{ re, im }`; arrays of them, nested, of equal length at each depth; typed arrays, also
 * as rows.
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
  const own = typedArrayDType(data) ?? (Array.isArray(data) ? typedArrayDType(innermost(data)) : null);
  const inferred = options.dtype === undefined && own === null;
  const dtype =
    options.dtype === undefined ? (own ?? inferDType(shapeOf(data).leaf)) : checkDType(options.dtype, "tensor");
  const { elements, shape: found } = elementsOf(data, dtype, inferred);
  const shape = options.shape === undefined ? found : checkShape(options.shape, elements.length / dtypes[dtype].width);
  const cell: Cell = loadAddon().create(elements, dtypes[dtype].code, shape);
  return tensors.wrap(cell);
}

function innermost(data: unknown): unknown {
  return Array.isArray(data) && data.length > 0 ? innermost(data[0]) : data;
}
