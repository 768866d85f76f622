// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::vector<torch::Tensor> reversed(const std::vector<torch::Tensor>& xs, std::vector<torch::Tensor> more = {}) {
  std::vector<torch::Tensor> all(xs.rbegin(), xs.rend());
  all.insert(all.end(), more.rbegin(), more.rend());
  return all;
}

}  // namespace myext
