// golden: exports.cpp exports.h generated.R myext_types.h native.cpp
#include <torch/torch.h>

namespace myext {

/// Leaky integration of a signal, one step. The state decays by 100 % of {1 - decay}.
/// @param x     input, [batch, features]
/// @param state state before the step; zeros where absent
/// @param decay how much of the state stays, in [0, 1]
/// @returns output and new state
// [[torch::export(returns=c("output", "state"))]]
std::tuple<torch::Tensor, torch::Tensor> leaky_step(
    const torch::Tensor& x, torch::optional<torch::Tensor> state = torch::nullopt, double decay = 0.9);

// [[torch::export(name="repeat")]]
std::vector<torch::Tensor> repeat_all(std::vector<torch::Tensor> parts, int64_t next = -5, bool function = true);

// [[torch::export]]
std::string greet(std::string name = "W\u00f6rld \"1\"");

// [[torch::export(rcpp=FALSE)]]
torch::Tensor hidden(torch::Tensor x);

}  // namespace myext
