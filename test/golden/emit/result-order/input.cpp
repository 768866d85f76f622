// golden: generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::tuple<int64_t, torch::Tensor> length_and_copy(const torch::Tensor& x) {
  return std::make_tuple(x.numel(), x.clone());
}

// [[torch::export(returns=c("kept", "count", "rest", "maybe"))]]
std::tuple<torch::Tensor, std::tuple<int64_t, bool>, std::vector<torch::Tensor>, torch::optional<torch::Tensor>> count(
    const torch::Tensor& x) {
  return std::make_tuple(x, std::make_tuple(x.numel(), x.numel() > 0), std::vector<torch::Tensor>{x}, torch::nullopt);
}

}  // namespace myext
