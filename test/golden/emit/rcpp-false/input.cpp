// golden: exports.h operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export(rcpp=FALSE)]]
torch::Tensor only_c(const torch::Tensor& x) {
  return x;
}

}  // namespace myext
