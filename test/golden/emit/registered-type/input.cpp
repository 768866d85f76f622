// golden: exports.cpp operators.cpp
#include <myext/myext_types.h>

namespace myext {

// [[torch::export(rcpp=FALSE, register_types=c("tensor_pair", "TensorPair", "void*", "myext::tensor_pair"))]]
tensor_pair halves(const torch::Tensor& x) {
  return tensor_pair(x, x);
}

// [[torch::export(rcpp=FALSE)]]
torch::Tensor first_half(tensor_pair x) {
  return std::get<0>(x);
}

// [[torch::export(rcpp=FALSE)]]
void delete_pair(void* x) {
  delete static_cast<tensor_pair*>(x);
}

}  // namespace myext
