// The cell once more, in plain loops over float64 numbers and with each derivative taken from its definition: what the
// C++ is held against. It shares no formula with csrc/src/lltm.cpp beyond those of the forward step.

export interface Sizes {
  readonly batch: number;
  readonly features: number;
  readonly state: number;
}

/** Rows one after the other. input: [batch, features], weights: [3 * state, state + features], bias: [3 * state]. */
export interface Arguments {
  readonly input: Float64Array;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  /** [batch, state], as oldCell. */
  readonly oldH: Float64Array;
  readonly oldCell: Float64Array;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const sigmoidSlope = (z: number) => 1 / (Math.exp(z / 2) + Math.exp(-z / 2)) ** 2;
const elu = (z: number) => (z > 0 ? z : Math.expm1(z));
const eluSlope = (z: number) => (z > 0 ? 1 : Math.exp(z));
const tanhSlope = (z: number) => 1 / Math.cosh(z) ** 2;

const at = (values: Float64Array, index: number): number => {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${values.length}`);
  return value;
};

/** What column `column` of the weights is multiplied with in sample `b`: the old hidden state, then the input. */
function joined(sizes: Sizes, { oldH, input }: Arguments, b: number, column: number): number {
  const { state, features } = sizes;
  return column < state ? at(oldH, b * state + column) : at(input, b * features + column - state);
}

/** The pre-activation in sample `b` of row `row`, in [0, 3 * state). */
function gate(sizes: Sizes, args: Arguments, b: number, row: number): number {
  const columns = sizes.state + sizes.features;
  let sum = at(args.bias, row);
  for (let j = 0; j < columns; j++) sum += at(args.weights, row * columns + j) * joined(sizes, args, b, j);
  return sum;
}

/** The state after one step, [batch, state] each. */
export function forward(sizes: Sizes, args: Arguments): { newH: Float64Array; newCell: Float64Array } {
  const { batch, state } = sizes;
  const newH = new Float64Array(batch * state);
  const newCell = new Float64Array(batch * state);
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < state; s++) {
      const [i, o, c] = [gate(sizes, args, b, s), gate(sizes, args, b, state + s), gate(sizes, args, b, 2 * state + s)];
      const cell = at(args.oldCell, b * state + s) + elu(c) * sigmoid(i);
      newCell[b * state + s] = cell;
      newH[b * state + s] = Math.tanh(cell) * sigmoid(o);
    }
  }
  return { newH, newCell };
}

/** The gradients of the loss with respect to the five arguments, given those with respect to newH and newCell. */
export function backward(sizes: Sizes, args: Arguments, gradH: Float64Array, gradCell: Float64Array): Arguments {
  const { batch, features, state } = sizes;
  const columns = state + features;
  const gradients = {
    input: new Float64Array(batch * features),
    weights: new Float64Array(3 * state * columns),
    bias: new Float64Array(3 * state),
    oldH: new Float64Array(batch * state),
    oldCell: new Float64Array(batch * state),
  };
  const add = (values: Float64Array, index: number, value: number) => {
    values[index] = at(values, index) + value;
  };
  const { newCell } = forward(sizes, args);
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < state; s++) {
      const k = b * state + s;
      const [i, o, c] = [gate(sizes, args, b, s), gate(sizes, args, b, state + s), gate(sizes, args, b, 2 * state + s)];
      const cell = at(newCell, k);
      const dCell = at(gradCell, k) + at(gradH, k) * sigmoid(o) * tanhSlope(cell);
      const slopes: [row: number, slope: number][] = [
        [s, dCell * elu(c) * sigmoidSlope(i)],
        [state + s, at(gradH, k) * Math.tanh(cell) * sigmoidSlope(o)],
        [2 * state + s, dCell * sigmoid(i) * eluSlope(c)],
      ];
      add(gradients.oldCell, k, dCell);
      for (const [row, slope] of slopes) {
        add(gradients.bias, row, slope);
        for (let j = 0; j < columns; j++) {
          const weight = at(args.weights, row * columns + j);
          add(gradients.weights, row * columns + j, slope * joined(sizes, args, b, j));
          if (j < state) add(gradients.oldH, b * state + j, slope * weight);
          else add(gradients.input, b * features + j - state, slope * weight);
        }
      }
    }
  }
  return gradients;
}

/** Numbers in [-1, 1), the same at each run: a linear congruential generator modulo 2^32. */
export function numbers(seed: number): (length: number) => Float64Array {
  let last = seed;
  const next = () => {
    last = (Math.imul(last, 1664525) + 1013904223) | 0;
    return last / 2 ** 31;
  };
  return (length) => Float64Array.from({ length }, next);
}
