// golden: operators.cpp call-stack.md
#include <myext/myext.h>
#include <torch/library.h>

namespace myext {

// [[torch::export]]
torch::Tensor defined_here(const torch::Tensor& x) {
  return x;
}

// [[torch::export]]
torch::Tensor implemented_here(const torch::Tensor& x) {
  return x;
}

// [[torch::export]]
torch::Tensor left_to_us(const torch::Tensor& x) {
  return x;
}

TORCH_LIBRARY(myext, m) {
  m.def("defined_here(Tensor x) -> Tensor", &defined_here);
}

TORCH_LIBRARY_IMPL(myext, CPU, m) {
  m.impl("implemented_here", &implemented_here);
}

}  // namespace myext
