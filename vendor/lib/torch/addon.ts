import type { TypedArray } from "./dtype.js";

/** A tx_cell: the address of the owner of one tensor. */
export type Cell = number;

/**
 * tx_addon.node. Functions that read a cell take its Tensor as a last argument as well, so that the collector keeps off
 * until they return.
 */
export interface Addon {
  /** The object owns the cell from here on. */
  attach(tensor: object, cell: Cell): void;
  release(cell: Cell, tensor: object): void;
  released(cell: Cell, tensor: object): boolean;
  /** Bytes of storages that the collector was told of. */
  reported(): number;
  /** A cell that nobody owns yet. */
  create(elements: TypedArray, dtype: number, sizes: readonly number[]): Cell;
  read(cell: Cell, dtype: number, elements: TypedArray, tensor: object): void;
  dtype(cell: Cell, tensor: object): number;
  dtypeName(cell: Cell, tensor: object): string;
  numel(cell: Cell, tensor: object): number;
  sizes(cell: Cell, tensor: object): number[];
  device(cell: Cell, tensor: object): string;
  print(cell: Cell, tensor: object): string;
  /** The libtorch that it was compiled with. */
  version(): string;
}
