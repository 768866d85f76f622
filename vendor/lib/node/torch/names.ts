// What torch has enums for, by the names that Python's torch has for them.
import type { DType } from "./dtype.js";

/** Every dtype of libtorch; a tensor's elements can be read where it is a `DType`. */
export type ScalarType =
  | DType
  | "uint16"
  | "uint32"
  | "uint64"
  | "complex32"
  | "qint8"
  | "quint8"
  | "qint32"
  | "quint4x2"
  | "quint2x4"
  | "float8_e5m2"
  | "float8_e4m3fn"
  | "float8_e5m2fnuz"
  | "float8_e4m3fnuz"
  | "float8_e8m0fnu"
  | "float4_e2m1fn_x2"
  | "bits1x8"
  | "bits2x4"
  | "bits4x2"
  | "bits8"
  | "bits16";

export type Layout =
  | "strided"
  | "sparse_coo"
  | "sparse_csr"
  | "_mkldnn"
  | "sparse_csc"
  | "sparse_bsr"
  | "sparse_bsc"
  | "jagged";

export type MemoryFormat = "contiguous_format" | "preserve_format" | "channels_last" | "channels_last_3d";

const deviceTypes = [
  "cpu",
  "cuda",
  "mps",
  "xpu",
  "xla",
  "meta",
  "hip",
  "hpu",
  "mtia",
  "ipu",
  "vulkan",
  "privateuseone",
] as const;
type DeviceType = (typeof deviceTypes)[number];

/** `cpu`, `cuda`, `cuda:1`. */
export type Device = DeviceType | `${DeviceType}:${number}`;

/** The numbers of c10::ScalarType, which never change: files of tensors hold them. */
const scalarTypes: Readonly<Record<ScalarType, number>> = {
  uint8: 0,
  int8: 1,
  int16: 2,
  int32: 3,
  int64: 4,
  float16: 5,
  float32: 6,
  float64: 7,
  complex32: 8,
  complex64: 9,
  complex128: 10,
  bool: 11,
  qint8: 12,
  quint8: 13,
  qint32: 14,
  bfloat16: 15,
  quint4x2: 16,
  quint2x4: 17,
  bits1x8: 18,
  bits2x4: 19,
  bits4x2: 20,
  bits8: 21,
  bits16: 22,
  float8_e5m2: 23,
  float8_e4m3fn: 24,
  float8_e5m2fnuz: 25,
  float8_e4m3fnuz: 26,
  uint16: 27,
  uint32: 28,
  uint64: 29,
  float8_e8m0fnu: 44,
  float4_e2m1fn_x2: 45,
};

const layouts: Readonly<Record<Layout, number>> = {
  strided: 0,
  sparse_coo: 1,
  sparse_csr: 2,
  _mkldnn: 3,
  sparse_csc: 4,
  sparse_bsr: 5,
  sparse_bsc: 6,
  jagged: 7,
};

const memoryFormats: Readonly<Record<MemoryFormat, number>> = {
  contiguous_format: 0,
  preserve_format: 1,
  channels_last: 2,
  channels_last_3d: 3,
};

/** Names and numbers of one enum. */
export interface Names<T extends string> {
  /** Undefined for what is none of the names. */
  number(name: unknown): number | undefined;
  /** Throws a RangeError for a number that is newer than this list. */
  name(number: number): T;
  /** For messages. */
  readonly expected: string;
}

function names<T extends string>(what: string, numbers: Readonly<Record<T, number>>): Names<T> {
  const byNumber = new Map(Object.entries(numbers).map(([name, number]) => [number, name as T]));
  return {
    number: (name) => (typeof name === "string" && Object.hasOwn(numbers, name) ? numbers[name as T] : undefined),
    name(number) {
      const name = byNumber.get(number);
      if (name === undefined)
        throw new RangeError(`the ${what} of number ${number} is newer than this package's lib shim`);
      return name;
    },
    expected: Object.keys(numbers)
      .map((name) => `"${name}"`)
      .join(", "),
  };
}

export const scalarTypeNames: Names<ScalarType> = names("dtype", scalarTypes);
export const layoutNames: Names<Layout> = names("layout", layouts);
export const memoryFormatNames: Names<MemoryFormat> = names("memory format", memoryFormats);

const devicePattern = new RegExp(`^(?:${deviceTypes.join("|")})(?::(?:0|[1-9]\\d*))?$`);

/** Whether it reads as a device; which of them are there, only libtorch knows. */
export function isDevice(value: unknown): value is Device {
  return typeof value === "string" && devicePattern.test(value);
}

export const deviceExpected = 'a device such as "cpu" or "cuda:0"';
