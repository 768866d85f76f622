// golden: exports.cpp operators.cpp
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::pair<torch::Tensor, bool> flip(const std::pair<torch::Tensor, bool>& x) {
  return {x.first, !x.second};
}

}  // namespace myext
