import { describe, expect, it } from "vitest";
import { type Arguments, backward, forward, numbers } from "../../../templates/starts/lltm/ts/test/reference.js";

// The generated package holds its C++ against this reference; here the reference is held against itself, and against
// numbers worked out by hand.
const sizes = { batch: 3, features: 2, state: 4 };
const random = numbers(7);
const args: Arguments = {
  input: random(6),
  weights: random(72),
  bias: random(12),
  oldH: random(12),
  oldCell: random(12),
};
const gradH = random(12);
const gradCell = random(12);

describe("the reference of lltm's tests", () => {
  it("gives the numbers of a cell that is small enough for a calculator", () => {
    const one = (value: number) => Float64Array.of(value);
    const { newH, newCell } = forward(
      { batch: 1, features: 1, state: 1 },
      {
        input: one(2),
        weights: Float64Array.of(0, 0, 0, 0, 0, 1),
        bias: new Float64Array(3),
        oldH: one(0),
        oldCell: one(0.5),
      },
    );
    // Both gates are open by half, and the candidate is its input: 0.5 + 2 / 2, and tanh of that by half.
    expect(newCell[0]).toBeCloseTo(1.5, 15);
    expect(newH[0]).toBeCloseTo(Math.tanh(1.5) / 2, 15);
  });

  it("has gradients that finite differences confirm", () => {
    const analytic = backward(sizes, args, gradH, gradCell);
    const loss = (changed: Arguments) => {
      const { newH, newCell } = forward(sizes, changed);
      return newH.reduce((sum, h, i) => sum + h * (gradH[i] ?? 0) + (newCell[i] ?? 0) * (gradCell[i] ?? 0), 0);
    };
    const step = 1e-5;
    for (const name of Object.keys(args) as (keyof Arguments)[]) {
      args[name].forEach((value, i) => {
        const moved = (by: number) => loss({ ...args, [name]: args[name].with(i, value + by) });
        expect(analytic[name][i], `${name}[${i}]`).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 8);
      });
    }
  });

  it("draws numbers that differ, lie in [-1, 1), and come again for the same seed", () => {
    const drawn = numbers(1)(1000);
    expect(new Set(drawn).size).toBe(1000);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(Math.abs(drawn.reduce((a, b) => a + b) / 1000)).toBeLessThan(0.1);
    expect(numbers(1)(1000)).toEqual(drawn);
  });
});
