// golden: exports.h exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::tuple<std::tuple<torch::Tensor, std::string>, double> describe(const torch::Tensor& x) {
  return std::make_tuple(std::make_tuple(x, std::string("tensor")), 0.5);
}

}  // namespace myext
