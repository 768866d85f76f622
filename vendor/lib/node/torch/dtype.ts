/**
 * The dtypes that libtorch and JavaScript share. float16 and bfloat16 are read and written as 32-bit floats, complex ones as real
 * and imaginary parts in turn.
 */
export type DType =
  | "uint8"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128"
  | "bool";

/** Typed arrays that hold a tensor's elements. */
export type TypedArray = Uint8Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Float32Array | Float64Array;

interface DTypeRow {
  /** enum tx_dtype of tx_runtime.h. */
  readonly code: number;
  /** The dtype in which elements cross: its own, or float32. */
  readonly outside: number;
  readonly kind: "integer" | "bigint" | "float" | "complex" | "bool";
  readonly min: number;
  readonly max: number;
  /** How many numbers of the typed array make an element. */
  readonly width: 1 | 2;
  /** Room for so many numbers. */
  allocate(length: number): TypedArray;
}

const integer = { kind: "integer", width: 1 } as const;
const float = { kind: "float", min: -Infinity, max: Infinity, width: 1 } as const;
const complex = { kind: "complex", min: -Infinity, max: Infinity, width: 2 } as const;

/** One row per dtype: how its elements cross between JavaScript and native code. */
export const dtypes: Readonly<Record<DType, DTypeRow>> = {
  uint8: { code: 0, outside: 0, ...integer, min: 0, max: 255, allocate: (n) => new Uint8Array(n) },
  int8: { code: 1, outside: 1, ...integer, min: -128, max: 127, allocate: (n) => new Int8Array(n) },
  int16: { code: 2, outside: 2, ...integer, min: -32768, max: 32767, allocate: (n) => new Int16Array(n) },
  int32: { code: 3, outside: 3, ...integer, min: -(2 ** 31), max: 2 ** 31 - 1, allocate: (n) => new Int32Array(n) },
  int64: { code: 4, outside: 4, kind: "bigint", min: 0, max: 0, width: 1, allocate: (n) => new BigInt64Array(n) },
  float16: { code: 5, outside: 6, ...float, allocate: (n) => new Float32Array(n) },
  float32: { code: 6, outside: 6, ...float, allocate: (n) => new Float32Array(n) },
  float64: { code: 7, outside: 7, ...float, allocate: (n) => new Float64Array(n) },
  bool: { code: 8, outside: 8, kind: "bool", min: 0, max: 1, width: 1, allocate: (n) => new Uint8Array(n) },
  bfloat16: { code: 9, outside: 6, ...float, allocate: (n) => new Float32Array(n) },
  complex64: { code: 10, outside: 10, ...complex, allocate: (n) => new Float32Array(n) },
  complex128: { code: 11, outside: 11, ...complex, allocate: (n) => new Float64Array(n) },
};

const byCode: readonly DType[] = (Object.keys(dtypes) as DType[]).sort((a, b) => dtypes[a].code - dtypes[b].code);

/** The dtype of a tx_dtype, or null for one that no typed array holds. */
export function dtypeOfCode(code: number): DType | null {
  return byCode[code] ?? null;
}

/** `value` as a dtype. Throws a TypeError that lists them where it is none. */
export function checkDType(value: unknown, functionName: string): DType {
  if (typeof value === "string" && Object.hasOwn(dtypes, value)) return value as DType;
  const given = typeof value === "string" ? `"${value}"` : String(value);
  throw new TypeError(`${functionName}: dtype must be one of ${Object.keys(dtypes).join(", ")}; got ${given}`);
}
