// Optionals and lists of what <lantern/types.h> has names for. Part of tx_runtime.cpp.
#pragma once

#include <lantern/types.h>

#include <new>

#include "guard.h"
#include "values.h"

namespace tx {

/// How an element crosses: a number by value, anything else as a handle of its own.
template <class T>
struct ByValue {
  using C = T;
  static T read(T value) { return value; }
  static T write(T value) noexcept { return value; }
};
template <class T>
struct ByHandle {
  using C = void*;
  static const T& read(void* handle) { return borrow<T>(handle); }
  static void* write(const T& value) noexcept {
    return guard<void*>(nullptr, [&] { return new T(value); });
  }
};

// Hosts that call these have asked has_value and size before get. Only what allocates can fail.

template <class E, class T>
struct OptionalOf {
  using Optional = torch::optional<T>;

  static void* make(typename E::C value) {
    return guard<void*>(nullptr, [&] { return new Optional(E::read(value)); });
  }
  static bool has_value(void* handle) { return static_cast<Optional*>(handle)->has_value(); }
  static typename E::C get(void* handle) { return E::write(**static_cast<Optional*>(handle)); }
};

template <class E, class T>
struct ListOf {
  using List = std::vector<T>;

  static void push(void* handle, typename E::C value) {
    guard<bool>(false, [&] {
      static_cast<List*>(handle)->push_back(E::read(value));
      return true;
    });
  }
  static int64_t size(void* handle) { return static_cast<int64_t>(static_cast<List*>(handle)->size()); }
  static typename E::C get(void* handle, int64_t index) {
    return E::write((*static_cast<List*>(handle))[static_cast<size_t>(index)]);
  }
};

template <class T>
void* make_empty() noexcept {
  return new (std::nothrow) T();
}

}  // namespace tx

#define TX_OPTIONAL(name, by, type)                                                                                     \
  void* tx_optional_##name##_new(tx::by<type>::C value) { return tx::OptionalOf<tx::by<type>, type>::make(value); }     \
  void* tx_optional_##name##_none() { return tx::make_empty<torch::optional<type>>(); }                                     \
  bool tx_optional_##name##_has_value(void* handle) { return tx::OptionalOf<tx::by<type>, type>::has_value(handle); }   \
  tx::by<type>::C tx_optional_##name##_get(void* handle) { return tx::OptionalOf<tx::by<type>, type>::get(handle); }    \
  void tx_optional_##name##_delete(void* handle) { tx::release<torch::optional<type>>(handle); }
#define TX_LIST(name, by, type)                                                                                        \
  void* tx_##name##_list_new() { return tx::make_empty<std::vector<type>>(); }                                         \
  void tx_##name##_list_push(void* handle, tx::by<type>::C value) { tx::ListOf<tx::by<type>, type>::push(handle, value); } \
  int64_t tx_##name##_list_size(void* handle) { return tx::ListOf<tx::by<type>, type>::size(handle); }                 \
  tx::by<type>::C tx_##name##_list_get(void* handle, int64_t index) {                                                  \
    return tx::ListOf<tx::by<type>, type>::get(handle, index);                                                         \
  }                                                                                                                    \
  void tx_##name##_list_delete(void* handle) { tx::release<std::vector<type>>(handle); }

TX_OPTIONAL(double, ByValue, double)
TX_OPTIONAL(bool, ByValue, bool)
TX_OPTIONAL(string, ByHandle, std::string)
TX_OPTIONAL(memory_format, ByHandle, at::MemoryFormat)
TX_OPTIONAL(generator, ByHandle, at::Generator)
TX_LIST(int64, ByValue, int64_t)
TX_LIST(double, ByValue, double)
TX_LIST(bool, ByValue, bool)
TX_LIST(string, ByHandle, std::string)

#undef TX_OPTIONAL
#undef TX_LIST

void* tx_optional_tensor_new(void* handle) {
  return tx::guard<void*>(nullptr, [&] {
    if (handle == nullptr) return make_raw::optional::Tensor(torch::nullopt);
    return make_raw::optional::Tensor(tx::borrow_tensor(handle));
  });
}

void* tx_optional_tensor_get(void* handle) {
  return tx::guard<void*>(nullptr, [&]() -> void* {
    const auto& optional = tx::borrow<torch::optional<at::Tensor>>(handle);
    return optional.has_value() ? make_raw::Tensor(*optional) : nullptr;
  });
}

void tx_optional_tensor_delete(void* handle) { tx::release<torch::optional<at::Tensor>>(handle); }

void* tx_tensor_list_new(void* const* handles, size_t size) {
  return tx::guard<void*>(nullptr, [&] {
    std::vector<at::Tensor> list;
    list.reserve(size);
    for (size_t i = 0; i < size; ++i) list.push_back(tx::borrow_tensor(handles[i]));
    return make_raw::TensorList(std::move(list));
  });
}

size_t tx_tensor_list_size(void* handle) {
  return tx::guard<size_t>(0, [&] { return tx::borrow<std::vector<at::Tensor>>(handle).size(); });
}

void* tx_tensor_list_get(void* handle, size_t index) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Tensor(tx::borrow<std::vector<at::Tensor>>(handle).at(index)); });
}

void tx_tensor_list_delete(void* handle) { tx::release<std::vector<at::Tensor>>(handle); }
