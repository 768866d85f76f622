import type { TypedArray } from "./dtype.js";

/** A tx_cell: the address of the owner of one tensor. */
export type Cell = number;

/** A tx_object: the address of the owner of one object of a class. */
export type ObjectCell = number;

/**
 * tx_addon.node. Functions that read a cell take its Tensor as a last argument as well, so that the collector keeps off
 * until they return.
 */
export interface Addon {
  /** The object owns the cell from here on. */
  attach(tensor: object, cell: Cell): void;
  release(cell: Cell, tensor: object): void;
  released(cell: Cell, tensor: object): boolean;
  /** The same for an object of a class. */
  attachObject(object: object, cell: ObjectCell): void;
  releaseObject(cell: ObjectCell, object: object): void;
  releasedObject(cell: ObjectCell, object: object): boolean;
  /** An object that nobody owns yet: a random number generator of the CPU. */
  generator(seed: bigint): ObjectCell;
  generatorSeed(cell: ObjectCell, object: object): bigint;
  setGeneratorSeed(cell: ObjectCell, seed: bigint, object: object): void;
  /** Bytes of storages that the collector was told of. */
  reported(): number;
  /** A cell that nobody owns yet. */
  create(elements: TypedArray, dtype: number, sizes: readonly number[]): Cell;
  read(cell: Cell, dtype: number, elements: TypedArray, tensor: object): void;
  dtype(cell: Cell, tensor: object): number;
  /** The number of a c10::ScalarType. */
  scalarType(cell: Cell, tensor: object): number;
  numel(cell: Cell, tensor: object): number;
  sizes(cell: Cell, tensor: object): number[];
  device(cell: Cell, tensor: object): string;
  print(cell: Cell, tensor: object): string;
  /** The libtorch that it was compiled with. */
  version(): string;
}
