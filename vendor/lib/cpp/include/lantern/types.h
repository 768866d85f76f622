// How a value that is no primitive crosses the C ABI: as an owning `void*`, made by make_raw::X and read by from_raw::X.
// In an R build a header of the same name, which R's torch installs, takes this one's place. The names are the same, the
// layouts are not: here a handle is a plain C++ object on the heap, and a view (TensorList, IntArrayRef) a std::vector.
// Not here: what needs headers that would slow down every build (dictionaries, c10::List). Those cross by functions of their own.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <torch_extension/optional.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace torch {
using namespace at;
using Dtype = at::ScalarType;
}  // namespace torch

namespace tx {
namespace raw {
template <class T>
void* make(T value) {
  return new T(std::move(value));
}
template <class T>
T& read(void* raw) {
  return *static_cast<T*>(raw);
}
}  // namespace raw
}  // namespace tx

// make_raw::name makes an owning handle, which whoever receives it deletes; from_raw::name borrows what such a handle owns.
#define TX_RAW(name, ...)                                                                    \
  namespace make_raw {                                                                       \
  inline void* name(__VA_ARGS__ value) { return tx::raw::make<__VA_ARGS__>(std::move(value)); } \
  }                                                                                          \
  namespace from_raw {                                                                       \
  inline __VA_ARGS__& name(void* raw) { return tx::raw::read<__VA_ARGS__>(raw); }            \
  }
#define TX_RAW_INSIDE(group, name, ...)                                                      \
  namespace make_raw {                                                                       \
  namespace group {                                                                          \
  inline void* name(__VA_ARGS__ value) { return tx::raw::make<__VA_ARGS__>(std::move(value)); } \
  }                                                                                          \
  }                                                                                          \
  namespace from_raw {                                                                       \
  namespace group {                                                                          \
  inline __VA_ARGS__& name(void* raw) { return tx::raw::read<__VA_ARGS__>(raw); }            \
  }                                                                                          \
  }

TX_RAW(Tensor, at::Tensor)
TX_RAW(TensorList, std::vector<at::Tensor>)
TX_RAW(IntArrayRef, std::vector<std::int64_t>)
TX_RAW(string, std::string)
TX_RAW(int64_t, std::int64_t)
TX_RAW(double_t, double)
TX_RAW(bool_t, bool)
TX_RAW(Scalar, at::Scalar)
TX_RAW(ScalarType, at::ScalarType)
TX_RAW(Dtype, at::ScalarType)
TX_RAW(Device, at::Device)
TX_RAW(Layout, at::Layout)
TX_RAW(MemoryFormat, at::MemoryFormat)
TX_RAW(Generator, at::Generator)

TX_RAW_INSIDE(vector, string, std::vector<std::string>)
TX_RAW_INSIDE(vector, int64_t, std::vector<std::int64_t>)
TX_RAW_INSIDE(vector, double_t, std::vector<double>)
TX_RAW_INSIDE(vector, bool_t, std::vector<bool>)
TX_RAW_INSIDE(vector, Scalar, std::vector<at::Scalar>)

/// Never null: what is absent is a handle of an empty optional.
TX_RAW_INSIDE(optional, Tensor, torch::optional<at::Tensor>)
TX_RAW_INSIDE(optional, string, torch::optional<std::string>)
TX_RAW_INSIDE(optional, int64_t, torch::optional<std::int64_t>)
TX_RAW_INSIDE(optional, double_t, torch::optional<double>)
TX_RAW_INSIDE(optional, bool_t, torch::optional<bool>)
TX_RAW_INSIDE(optional, Scalar, torch::optional<at::Scalar>)
TX_RAW_INSIDE(optional, ScalarType, torch::optional<at::ScalarType>)
TX_RAW_INSIDE(optional, Device, torch::optional<at::Device>)
TX_RAW_INSIDE(optional, Layout, torch::optional<at::Layout>)
TX_RAW_INSIDE(optional, MemoryFormat, torch::optional<at::MemoryFormat>)
TX_RAW_INSIDE(optional, Generator, torch::optional<at::Generator>)
TX_RAW_INSIDE(optional, IntArrayRef, torch::optional<std::vector<std::int64_t>>)
TX_RAW_INSIDE(optional, DoubleArrayRef, torch::optional<std::vector<double>>)

#undef TX_RAW
#undef TX_RAW_INSIDE
