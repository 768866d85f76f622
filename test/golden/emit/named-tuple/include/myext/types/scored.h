#pragma once

#include <torch_extension/tensor.h>

namespace myext {

/// A tensor with what it is worth.
// [[torch::export(fields=c("tensor", "score"))]]
using scored = std::tuple<torch::Tensor, double>;

// [[torch::export(fields=c("indices", "hashed", "counts"))]]
using kernel_map = std::tuple<torch::Tensor, torch::optional<torch::Tensor>, torch::Tensor>;

// [[torch::export(fields=c("low", "high_end"))]]
typedef std::pair<int64_t, torch::optional<int64_t>> span;

}  // namespace myext
