import { describe, expect, it } from "vitest";
import { tidy } from "../../../vendor/lib/node/torch/tidy.js";
import { installFakeAddon } from "./fake-addon.js";

const { make, releases } = installFakeAddon();

describe("tidy", () => {
  it("disposes what was made inside, once, and keeps what is returned", () => {
    const outside = make();
    const inside = [make, make].map(() => tidy(() => ({ kept: make(), lost: [make()] }).kept));
    const lost = tidy(() => {
      const tensor = make();
      tensor.dispose();
      return [tensor].length;
    });
    expect(outside.disposed).toBe(false);
    expect(inside.map((tensor) => tensor.disposed)).toEqual([false, false]);
    expect(lost).toBe(1);
    expect([...releases.values()]).toEqual([1, 1, 1]);
  });

  it("finds tensors in arrays, objects, maps and sets, also where they refer to themselves", () => {
    const kept = tidy(() => {
      const tree: Record<string, unknown> = { list: [make()], map: new Map([["a", make()]]), set: new Set([make()]) };
      tree.self = tree;
      return tree;
    });
    const all = [...(kept.list as []), ...(kept.map as Map<string, never>).values(), ...(kept.set as Set<never>)];
    expect(all.map((tensor: { disposed: boolean }) => tensor.disposed)).toEqual([false, false, false]);
  });

  it("hands what an inner call returns to the outer one", () => {
    let inner = make();
    tidy(() => {
      inner = tidy(() => make());
      expect(inner.disposed).toBe(false);
    });
    expect(inner.disposed).toBe(true);
  });

  it("leaves tensors from outside alone, even when they are returned", () => {
    const outside = make();
    expect(tidy(() => outside)).toBe(outside);
    tidy(() => undefined);
    expect(outside.disposed).toBe(false);
  });

  it("disposes everything when the function throws", () => {
    let made = make();
    expect(() =>
      tidy(() => {
        made = make();
        throw new Error("late");
      }),
    ).toThrow("late");
    expect(made.disposed).toBe(true);
  });

  it("refuses a promise, and disposes what was made until then", () => {
    let made = make();
    const start = async (): Promise<void> => {
      made = make();
    };
    expect(() => tidy(start)).toThrow(/^tidy: the function returned a promise/);
    expect(made.disposed).toBe(true);
  });
});
