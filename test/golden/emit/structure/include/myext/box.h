#pragma once

#include <torch_extension/tensor.h>

namespace myext {

/// A box with a name.
struct Box {
  std::string name;
  torch::Tensor corner;
  int32_t size = 1;
};

}  // namespace myext
