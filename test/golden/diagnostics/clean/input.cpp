#include <torch/types.h>

namespace myext {

/// Leaky integration of a signal, one step.
// [[torch::export(returns=c("output", "state"))]]
std::tuple<torch::Tensor, torch::Tensor> leaky_step(
    const torch::Tensor& x, torch::optional<torch::Tensor> state, double decay = 0.9);

}  // namespace myext
