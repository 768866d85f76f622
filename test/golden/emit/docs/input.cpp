// golden: generated.ts call-stack.md
#include <myext/myext.h>

namespace myext {

/// Leaky integration of a signal, one step.
///
/// This ends no comment: */ and begins no tag: {@link x}. Pipes | and <b>tags</b> stay text.
/// @param x     input, [batch, features], any floating dtype
/// @param state state before the step, same shape and dtype as x; zeros where absent, which is a rather long explanation that has to be broken
/// @param decay how much of the state stays, in [0, 1]
/// @returns output and new state, [batch, features] each
// [[torch::export(returns=c("output", "state"))]]
std::tuple<torch::Tensor, torch::Tensor> leaky_step(const torch::Tensor& x, torch::optional<torch::Tensor> state,
                                                    double decay = 0.9) {
  torch::Tensor next = state.has_value() ? *state * decay + x : x * 1.0;
  return std::make_tuple(next, next);
}

}  // namespace myext
