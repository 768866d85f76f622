// golden: exports.h exports.cpp myext.def operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::tuple<torch::Tensor, torch::optional<torch::Tensor>, int64_t> split_first(const torch::Tensor& x) {
  if (x.numel() == 0) return std::make_tuple(x, torch::optional<torch::Tensor>(), int64_t(0));
  return std::make_tuple(x, torch::optional<torch::Tensor>(x), x.size(0));
}

}  // namespace myext
