// golden: exports.cpp operators.cpp generated.ts
#include <myext/myext.h>

// [[torch::export]]
torch::Tensor at_global_scope(const torch::Tensor& x) {
  return x;
}

namespace outer {
namespace inner {

// [[torch::export]]
torch::Tensor in_two(const torch::Tensor& x) {
  return x;
}

}  // namespace inner

// [[torch::export]]
torch::Tensor in_one(const torch::Tensor& x) {
  return inner::in_two(x);
}

}  // namespace outer
