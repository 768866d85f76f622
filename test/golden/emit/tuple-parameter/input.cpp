// golden: exports.h exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

using state = std::tuple<torch::Tensor, torch::Tensor>;

// [[torch::export]]
torch::Tensor merge(const state& before, std::tuple<state, int64_t> weighted) {
  return std::get<0>(before) + std::get<1>(before) + std::get<0>(std::get<0>(weighted)) * std::get<1>(weighted);
}

}  // namespace myext
