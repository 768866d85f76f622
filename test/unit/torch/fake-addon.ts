import type { Addon, Cell } from "../../../vendor/lib/torch/addon.js";
import { shared } from "../../../vendor/lib/torch/shared.js";
import { type Tensor, tensors } from "../../../vendor/lib/torch/tensor-class.js";

/** Cells without native code behind them: which were released, and how often. */
export function installFakeAddon(): { readonly releases: Map<Cell, number>; make(): Tensor } {
  const releases = new Map<Cell, number>();
  let next = 1;
  const addon: Partial<Addon> = {
    attach: () => undefined,
    release: (cell) => void releases.set(cell, (releases.get(cell) ?? 0) + 1),
    released: (cell) => releases.has(cell),
    create: () => next++,
  };
  shared.addon = addon as Addon;
  return { releases, make: () => tensors.wrap(next++) };
}
