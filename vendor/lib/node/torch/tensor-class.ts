// For whoever compiles against this with an older `lib`: Symbol.dispose stands in the declarations.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Addon, Cell } from "./addon.js";
import type { Complex } from "./complex.js";
import { type DType, dtypeOfCode, dtypes, type TypedArray } from "./dtype.js";
import { type ScalarType, scalarTypeNames } from "./names.js";
import { type NestedResult, nest } from "./nested.js";
import { type Shared, shared } from "./shared.js";

// Held by this module alone: a cell is an address, so none but a native result may become a Tensor.
const secret: unique symbol = Symbol("torch-extension.cell");

/**
 * The young generation is collected when a megabyte of JavaScript objects is full, whatever hangs on them. A bare Tensor is 40
 * bytes, so that 25,000 small native tensors would be freed at a time, 16 MB that no processor cache holds any more: 0.5 µs
 * for each. With this many words in each object a collection comes while they are still in the cache.
 */
const BALLAST = 24;

/** What the class gives to the rest of the shim, and to that of other packages. */
export interface Tensors {
  readonly Tensor: typeof Tensor;
  /** The Tensor of a cell that native code just made. */
  wrap(cell: Cell): Tensor;
  /** The cell of a Tensor; undefined for any other value. */
  cellOf(value: unknown): Cell | undefined;
}

let cellOf: (value: unknown) => Cell | undefined;

/** The addon: there is one as soon as there is a tensor. */
const addon = (): Addon => shared.addon as Addon;

/**
 * A torch tensor. Made by `tensor()` or by a function of a package; there is no public constructor.
 *
 * Its memory is given back when the collector takes the object, or earlier by `dispose()`, `using` or `tidy()`. A tensor that
 * was disposed throws an Error wherever it is used.
 */
class Tensor {
  readonly #cell: Cell;
  readonly #ballast: unknown = new Array(BALLAST);

  static {
    cellOf = (value) => (typeof value === "object" && value !== null && #ballast in value ? value.#cell : undefined);
  }

  /** @internal */
  constructor(key: symbol, cell: Cell) {
    if (key !== secret) throw new TypeError("Tensor has no public constructor. Use tensor(data)");
    this.#cell = cell;
    addon().attach(this, cell);
    shared.scopes.at(-1)?.add(this);
  }

  /** Size along each dimension; `[]` for a tensor that holds a single element and has no dimensions. */
  get shape(): number[] {
    return addon().sizes(this.#cell, this);
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get numel(): number {
    return addon().numel(this.#cell, this);
  }

  /** Type of the elements. Those that are a `DType` can be read; others, such as `complex32`, C++ alone can make use of. */
  get dtype(): ScalarType {
    const code = dtypeOfCode(addon().dtype(this.#cell, this));
    return code ?? scalarTypeNames.name(addon().scalarType(this.#cell, this));
  }

  /** Where the elements are: `cpu`, `cuda:0`. */
  get device(): string {
    return addon().device(this.#cell, this);
  }

  /** Whether its memory was given back before the collector did so. */
  get disposed(): boolean {
    return addon().released(this.#cell, this);
  }

  /**
   * A copy of all elements, row by row, from whatever device. int64 comes as BigInt64Array, bool as 0 and 1 in a Uint8Array,
   * float16 and bfloat16 as Float32Array, complex64 and complex128 as real and imaginary parts in turn.
   * @throws {TypeError} for a dtype that no typed array holds.
   */
  data(): TypedArray {
    return this.#read().elements;
  }

  /**
   * The elements as nested arrays; a single number, boolean or `{ re, im }` where there are no dimensions.
   * @throws {RangeError} for an int64 that a number cannot hold exactly: `data()` gives bigints.
   */
  toArray(): NestedResult {
    return nest(this.#values(), this.shape);
  }

  /**
   * The element of a tensor that has exactly one, whatever its shape.
   * @throws {RangeError} when it has more or fewer, or for an int64 that a number cannot hold exactly.
   */
  item(): number | boolean | Complex {
    if (this.numel !== 1) {
      throw new RangeError(
        `item: the tensor has ${this.numel} elements, shape [${this.shape}]. Only one with a single element has an item`,
      );
    }
    return this.#values()[0] as number | boolean | Complex;
  }

  /** As torch prints it. */
  toString(): string {
    return this.disposed ? "[disposed Tensor]" : addon().print(this.#cell, this);
  }

  /** For console.log. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Gives its memory back now. Using it afterwards throws; disposing it again does nothing. */
  dispose(): void {
    addon().release(this.#cell, this);
    for (const scope of shared.scopes) scope.delete(this);
  }

  /** `using x = tensor([1, 2])` disposes it at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #values(): ArrayLike<number | boolean | Complex> {
    const { elements, dtype } = this.#read();
    if (elements instanceof BigInt64Array) return Array.from(elements, safeNumber);
    if (dtypes[dtype].width === 2) return pairs(elements);
    return dtype === "bool" ? Array.from(elements, Boolean) : elements;
  }

  #read(): { readonly elements: TypedArray; readonly dtype: DType } {
    const dtype = dtypeOfCode(addon().dtype(this.#cell, this));
    if (dtype === null) {
      throw new TypeError(
        `no typed array holds elements of dtype ${this.dtype}. Convert them in C++ before they are returned`,
      );
    }
    const elements = dtypes[dtype].allocate(this.numel * dtypes[dtype].width);
    addon().read(this.#cell, dtypes[dtype].outside, elements, this);
    return { elements, dtype };
  }
}

function pairs(parts: Exclude<TypedArray, BigInt64Array>): Complex[] {
  return Array.from({ length: parts.length / 2 }, (_, i) => ({
    re: parts[2 * i] as number,
    im: parts[2 * i + 1] as number,
  }));
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`the int64 ${value} is beyond the integers that a number holds exactly. data() gives bigints`);
  }
  return number;
}

function define(into: Shared): Tensors {
  const tensors: Tensors = { Tensor, wrap: (cell) => new Tensor(secret, cell), cellOf };
  into.tensors = tensors;
  return tensors;
}

/** The first package's class is every package's. */
export const tensors: Tensors = (shared.tensors as Tensors | null) ?? define(shared);

export type { Tensor };
