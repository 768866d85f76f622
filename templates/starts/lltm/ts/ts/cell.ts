import type { Tensor } from "../lib/node/torch/index.js";
import { type LltmBackwardResult, type LltmForwardResult, lltmBackward, lltmForward } from "./generated.js";

/** A cell with its parameters. It disposes of nothing: neither of them nor of what it returns. */
export class LltmCell {
  /** Rows for the input gate, the output gate and the candidate, [3 * state, state + features]. */
  readonly weights: Tensor;
  /** The same rows' biases, [3 * state]. */
  readonly bias: Tensor;

  constructor(weights: Tensor, bias: Tensor) {
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * One step, from `input` [batch, features] and the state before it, [batch, state] each.
   * @returns the state after the step (`newH`, `newCell`), and what `backward` needs
   * @throws {Error} where shapes or dtypes do not fit together
   */
  forward(input: Tensor, oldH: Tensor, oldCell: Tensor): LltmForwardResult {
    return lltmForward(input, this.weights, this.bias, oldH, oldCell);
  }

  /**
   * The gradients of one step, from those of the loss with respect to `newH` and `newCell`, [batch, state] each.
   * For a sequence, call it from the last step to the first: `dOldH` and `dOldCell` of one step are `gradH` and
   * `gradCell` of the step before; `dWeights` and `dBias` add up.
   * @throws {Error} where shapes or dtypes do not fit together
   */
  backward(step: LltmForwardResult, gradH: Tensor, gradCell: Tensor): LltmBackwardResult {
    const { newCell, inputGate, outputGate, candidate, joined } = step;
    return lltmBackward(gradH, gradCell, newCell, inputGate, outputGate, candidate, joined, this.weights);
  }
}
