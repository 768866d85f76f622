#pragma once

#include <torch_extension/tensor.h>

namespace myext {

using tensor_pair = std::tuple<torch::Tensor, torch::Tensor>;

}  // namespace myext

namespace make_raw {
inline void* TensorPair(const myext::tensor_pair& x) { return new myext::tensor_pair(x); }
}  // namespace make_raw

namespace from_raw {
inline myext::tensor_pair& TensorPair(void* x) { return *static_cast<myext::tensor_pair*>(x); }
}  // namespace from_raw
