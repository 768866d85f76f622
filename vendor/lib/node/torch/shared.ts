import type { Addon } from "./addon.js";

/**
 * What every package with a lib shim of this version shares in one thread: one Tensor class, one addon, one stack of tidy
 * scopes. So two packages exchange tensors, and `instanceof Tensor` means the same in both.
 *
 * The number in the key is that of the layout of tx_cell, the addon's functions and this object: it is raised when one of
 * them changes, and packages with different numbers then keep to themselves.
 */
export interface Shared {
  /** Set by the first package that loads its native part. */
  addon: Addon | null;
  /** Whose addon that is, and the libtorch that it brought into the process. */
  origin: Origin | null;
  /** Set by the module that defines the class. */
  tensors: unknown;
  /** Set by the module that defines the classes of native objects. */
  objects: unknown;
  /** Open tidy scopes, innermost last: what was made in each. */
  readonly scopes: Set<object>[];
}

export interface Origin {
  readonly folder: string;
  readonly libtorch: { readonly version: string; readonly libDir: string };
}

const key = Symbol.for("torch-extension.shim.3");
const place = globalThis as unknown as Record<symbol, Shared | undefined>;

place[key] ??= { addon: null, origin: null, tensors: null, objects: null, scopes: [] };

export const shared: Shared = place[key];
