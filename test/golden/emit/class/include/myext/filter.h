#pragma once

#include <torch_extension/tensor.h>

namespace myext {

/// Keeps what it saw.
class Filter {
 public:
  // [[torch::export]]
  explicit Filter(int64_t size = 3) : size_(size) {}

  // [[torch::export]]
  torch::Tensor run(const torch::Tensor& x, double self) { return x * self + static_cast<double>(size_++); }

  // [[torch::export]]
  void reset() { size_ = 0; }

  // [[torch::export(rcpp=FALSE)]]
  int64_t size() const { return size_; }

 private:
  int64_t size_;
};

}  // namespace myext
