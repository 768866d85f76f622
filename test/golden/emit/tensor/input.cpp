// golden: exports.h exports.cpp myext.def operators.cpp addon.cpp generated.ts call-stack.md
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
torch::Tensor add(const torch::Tensor& a, const torch::Tensor& b) {
  return a + b;
}

// [[torch::export]]
at::Tensor consume(torch::Tensor&& x) {
  return std::move(x);
}

}  // namespace myext
