// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
torch::optional<torch::Tensor> keep_if_large(const torch::optional<torch::Tensor>& x, torch::optional<at::Tensor> bias = torch::nullopt) {
  if (!x.has_value() || x->numel() < 8) return torch::nullopt;
  return bias.has_value() ? *x + *bias : *x;
}

}  // namespace myext
