import type { Addon, Cell } from "../../../vendor/lib/node/torch/addon.js";
import { shared } from "../../../vendor/lib/node/torch/shared.js";
import { type Tensor, tensors } from "../../../vendor/lib/node/torch/tensor-class.js";

interface FakeAddon {
  readonly releases: Map<Cell, number>;
  /** Objects of classes that were released. */
  readonly objects: Set<number>;
  /** Cells that got an owner. */
  readonly attached: Cell[];
  make(): Tensor;
}

/** Cells without native code behind them: which were released, and how often. */
export function installFakeAddon(): FakeAddon {
  const releases = new Map<Cell, number>();
  const objects = new Set<number>();
  const attached: Cell[] = [];
  let next = 1;
  const addon: Partial<Addon> = {
    attach: (_, cell) => void attached.push(cell),
    release: (cell) => void releases.set(cell, (releases.get(cell) ?? 0) + 1),
    released: (cell) => releases.has(cell),
    create: () => next++,
    attachObject: () => undefined,
    releaseObject: (cell) => void objects.add(cell),
    releasedObject: (cell) => objects.has(cell),
  };
  shared.addon = addon as Addon;
  return { releases, objects, attached, make: () => tensors.wrap(next++) };
}
