import { type Complex, isComplex } from "./complex.js";
import { describe } from "./describe.js";
import { type DType, dtypes, type TypedArray } from "./dtype.js";

/** Numbers, bigints, booleans or complex numbers in arrays of equal length at each depth; typed arrays count as arrays. */
export type NestedArray = number | bigint | boolean | Complex | TypedArray | readonly NestedArray[];

/** What `Tensor.toArray()` gives: a number, boolean or complex number for a tensor without dimensions, nested arrays otherwise. */
export type NestedResult = number | boolean | Complex | NestedResult[];

type Sequence = readonly unknown[] | TypedArray;

function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** What libtorch allows, and what ends the way down into an array that holds itself. */
const MOST_DIMENSIONS = 64;

/**
 * Lengths along the first elements, and the first leaf.
 * Throws a TypeError where arrays are nested deeper than a tensor has dimensions.
 */
export function shapeOf(data: unknown): { readonly shape: number[]; readonly leaf: unknown } {
  const shape: number[] = [];
  let value = data;
  while (isSequence(value)) {
    if (shape.length === MOST_DIMENSIONS) {
      throw new TypeError(
        `tensor: the arrays are nested more than ${MOST_DIMENSIONS} deep, which is the most that a tensor has dimensions; does one hold itself?`,
      );
    }
    shape.push(value.length);
    if (value.length === 0) return { shape, leaf: undefined };
    value = value[0];
  }
  return { shape, leaf: value };
}

/** The dtype of plain numbers, bigints, booleans or complex numbers: float32, int64, bool, complex64. */
export function inferDType(leaf: unknown): DType {
  if (isComplex(leaf)) return "complex64";
  if (typeof leaf === "bigint") return "int64";
  if (typeof leaf === "boolean") return "bool";
  return "float32";
}

function fits(value: unknown, path: string, dtype: DType): number | bigint {
  const row = dtypes[dtype];
  const type = typeof value;
  if (type !== "number" && type !== "bigint" && type !== "boolean") {
    const expected = row.kind === "complex" ? "number, bigint, boolean or complex number" : "number, bigint or boolean";
    throw new TypeError(`tensor: ${path} must be a ${expected}, got ${describe(value)}`);
  }
  if (row.kind === "bool") {
    if (type === "boolean") return value ? 1 : 0;
    if (value === 0 || value === 1 || value === 0n || value === 1n) return Number(value);
    throw new TypeError(
      `tensor: ${path} must be a boolean for dtype bool, got ${describe(value)}. Compare first, or name another dtype`,
    );
  }
  if (row.kind === "float" || row.kind === "complex") return Number(value);
  if (type === "number" && !Number.isInteger(value)) {
    throw new TypeError(
      `tensor: ${path} is ${value}, no integer as dtype ${dtype} needs. Round it, or name a float dtype`,
    );
  }
  if (row.kind === "bigint") {
    if (type === "number" && !Number.isSafeInteger(value)) {
      throw new RangeError(
        `tensor: ${path} is ${value}, beyond the integers that a number holds exactly. Pass a bigint`,
      );
    }
    const integer = BigInt(value as number | bigint | boolean);
    if (BigInt.asIntN(64, integer) === integer) return integer;
  } else if (Number(value) >= row.min && Number(value) <= row.max) {
    return Number(value);
  }
  throw new RangeError(`tensor: ${path} is ${value}, outside the range of dtype ${dtype}`);
}

const kinds: readonly string[] = ["number", "bigint", "boolean", "complex number"];

function kindOf(value: unknown): string {
  return isComplex(value) ? "complex number" : typeof value;
}

/**
 * The elements of nested arrays in a typed array, row by row.
 * Throws a TypeError that names the place where the arrays are ragged or an element is of another kind than the rest, a
 * RangeError where an element is outside the dtype's range.
 */
export function flatten(data: unknown, shape: readonly number[], dtype: DType, inferred: boolean): TypedArray {
  const { allocate, width } = dtypes[dtype];
  const elements = allocate(shape.reduce((product, size) => product * size, width));
  const kind = kindOf(shapeOf(data).leaf);
  let next = 0;
  const visit = (value: unknown, depth: number, path: string): void => {
    const length = shape[depth];
    if (length === undefined) {
      if (isSequence(value)) {
        throw new TypeError(
          `tensor: ragged array: ${path} is ${describe(value)}, where other elements are single values`,
        );
      }
      if (inferred && kindOf(value) !== kind && kinds.includes(kindOf(value))) {
        throw new TypeError(
          `tensor: ${path} is ${describe(value)}, the first element a ${kind}. Name a dtype to mix them`,
        );
      }
      const isPair = width === 2 && isComplex(value);
      elements[next++] = isPair ? value.re : fits(value, path, dtype);
      if (width === 2) elements[next++] = isPair ? value.im : 0;
      return;
    }
    if (!isSequence(value)) {
      throw new TypeError(
        `tensor: ragged array: ${path} is ${describe(value)}, where an array of length ${length} belongs`,
      );
    }
    if (value.length !== length) {
      throw new TypeError(
        `tensor: ragged array: ${path} has length ${value.length}, the first of its kind has ${length}`,
      );
    }
    if (width === 2 && !Array.isArray(value)) {
      throw new TypeError(
        `tensor: ${path} is ${describe(value)} among others, whose numbers may be real parts or pairs. Pass one typed array and a shape`,
      );
    }
    for (let i = 0; i < length; i++) visit(value[i], depth + 1, `${path}[${i}]`);
  };
  visit(data, 0, "data");
  return elements;
}

/** Elements, row by row, as nested arrays of that shape. */
export function nest<T>(elements: ArrayLike<T>, shape: readonly number[]): NestedOf<T> {
  let next = 0;
  const build = (depth: number): NestedOf<T> => {
    const length = shape[depth];
    return length === undefined ? (elements[next++] as T) : Array.from({ length }, () => build(depth + 1));
  };
  return build(0);
}

export type NestedOf<T> = T | NestedOf<T>[];
