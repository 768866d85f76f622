// How a value that is no primitive crosses the C ABI: as an owning `void*`, made by make_raw::X and read by from_raw::X.
// In an R build a header of the same name, which R's torch installs, takes this one's place.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch_extension/optional.h>

#include <string>
#include <utility>
#include <vector>

namespace torch {
using namespace at;
}  // namespace torch

/// Each makes an owning handle. Whoever receives it deletes it.
namespace make_raw {
inline void* Tensor(at::Tensor value) { return new at::Tensor(std::move(value)); }
inline void* TensorList(std::vector<at::Tensor> value) { return new std::vector<at::Tensor>(std::move(value)); }
inline void* string(std::string value) { return new std::string(std::move(value)); }
namespace optional {
/// Never null: an absent tensor is a handle of an empty optional.
inline void* Tensor(torch::optional<at::Tensor> value) {
  return new torch::optional<at::Tensor>(std::move(value));
}
}  // namespace optional
}  // namespace make_raw

/// Each borrows what a handle owns. The handle must be one that the function of the same name in make_raw made.
namespace from_raw {
inline at::Tensor& Tensor(void* raw) { return *static_cast<at::Tensor*>(raw); }
inline std::vector<at::Tensor>& TensorList(void* raw) { return *static_cast<std::vector<at::Tensor>*>(raw); }
inline std::string& string(void* raw) { return *static_cast<std::string*>(raw); }
namespace optional {
inline torch::optional<at::Tensor>& Tensor(void* raw) { return *static_cast<torch::optional<at::Tensor>*>(raw); }
}  // namespace optional
}  // namespace from_raw
