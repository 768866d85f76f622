// [[torch::export]]
struct State {};

// [[torch::export]]
const torch::Tensor zero = torch::zeros({1});

// [[torch::export]]
using pair = std::tuple<torch::Tensor, torch::Tensor>;

namespace myext {
// [[torch::export]]
}

// [[torch::export]]
