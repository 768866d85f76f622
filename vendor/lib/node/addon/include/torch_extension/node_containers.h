// Values that are made of others, through families of C functions: those of a package, and those of the runtime for what
// <lantern/types.h> has names for. A function that a package does not need, since it only takes or only returns such a value, may
// be nullptr.
#pragma once

#include <torch_extension/node_call.h>
#include <torch_extension/node_values.h>

#include <tuple>
#include <utility>

namespace tx {
namespace node {

/// null where it is empty.
template <class E, void* (*New)(typename E::C), void* (*None)(), bool (*HasValue)(void*), typename E::C (*Get)(void*),
          void (*Delete)(void*)>
struct Optional {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    if (!call.ok()) return nullptr;
    if (call.is_absent(value)) return call.own(call.made(None()), Delete);
    typename E::C inside = E::read(call, value);
    return call.ok() ? call.own(call.made(New(inside)), Delete) : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    napi_value value = HasValue(handle) ? E::write(call, Get(handle)) : call.null();
    Delete(handle);
    return call.any_failed() ? nullptr : value;
  }
};

/// An array.
template <class E, void* (*New)(), void (*Push)(void*, typename E::C), int64_t (*Size)(void*),
          typename E::C (*Get)(void*, int64_t), void (*Delete)(void*)>
struct List {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    const uint32_t size = call.length(value);
    if (!call.ok()) return nullptr;
    void* list = call.own(call.made(New()), Delete);
    for (uint32_t i = 0; i < size && call.ok(); ++i) {
      const Call::Scope scope(call);
      typename E::C element = E::read(call, call.element(value, i));
      if (call.ok()) Push(list, element);
      call.any_failed();
    }
    return call.ok() ? list : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const int64_t size = Size(handle);
    napi_value list = call.array(static_cast<size_t>(size));
    for (int64_t i = 0; i < size && call.ok(); ++i) {
      call.set(list, static_cast<uint32_t>(i), E::write(call, Get(handle, i)));
    }
    Delete(handle);
    return call.any_failed() ? nullptr : list;
  }
};

/// An array of keys and values in turn.
template <class K, class V, void* (*New)(), void (*Set)(void*, typename K::C, typename V::C), int64_t (*Size)(void*),
          typename K::C (*Key)(void*, int64_t), typename V::C (*Value)(void*, int64_t), void (*Delete)(void*)>
struct Dict {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    const uint32_t size = call.length(value);
    if (!call.ok()) return nullptr;
    void* dict = call.own(call.made(New()), Delete);
    for (uint32_t i = 0; i + 1 < size && call.ok(); i += 2) {
      const Call::Scope scope(call);
      typename K::C key = K::read(call, call.element(value, i));
      typename V::C element = V::read(call, call.element(value, i + 1));
      if (call.ok()) Set(dict, key, element);
      call.any_failed();
    }
    return call.ok() ? dict : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const int64_t size = Size(handle);
    napi_value list = call.array(static_cast<size_t>(2 * size));
    for (int64_t i = 0; i < size && call.ok(); ++i) {
      call.set(list, static_cast<uint32_t>(2 * i), K::write(call, Key(handle, i)));
      call.set(list, static_cast<uint32_t>(2 * i + 1), V::write(call, Value(handle, i)));
    }
    Delete(handle);
    return call.any_failed() ? nullptr : list;
  }
};

/// One element of a product.
template <class E, typename E::C (*Get)(void*)>
struct Field {
  using C = typename E::C;
  static C read(Call& call, napi_value value) { return E::read(call, value); }
  static napi_value write(Call& call, void* product) { return E::write(call, Get(product)); }
};

/// A tuple, a pair or a record: an array of its elements.
template <auto New, void (*Delete)(void*), class... Fields>
struct Product {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    return read_each(call, value, std::index_sequence_for<Fields...>{});
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    napi_value array = call.array(sizeof...(Fields));
    uint32_t index = 0;
    ((call.ok() ? call.set(array, index++, Fields::write(call, handle)) : void()), ...);
    Delete(handle);
    return call.any_failed() ? nullptr : array;
  }

 private:
  template <size_t... I>
  static void* read_each(Call& call, [[maybe_unused]] napi_value value, std::index_sequence<I...>) {
    // Braces: from left to right.
    const std::tuple<typename Fields::C...> parts{Fields::read(call, call.element(value, I))...};
    if (!call.ok()) return nullptr;
    return call.own(call.made(New(std::get<I>(parts)...)), Delete);
  }
};

#define TX_NODE_OPTIONAL(name, element)                                                              \
  using Optional##element = Optional<element, tx_optional_##name##_new, tx_optional_##name##_none,   \
                                     tx_optional_##name##_has_value, tx_optional_##name##_get, tx_optional_##name##_delete>
#define TX_NODE_LIST(name, element)                                                                      \
  using element##List = List<element, tx_##name##_list_new, tx_##name##_list_push, tx_##name##_list_size, \
                             tx_##name##_list_get, tx_##name##_list_delete>

TX_NODE_OPTIONAL(double, Double);
TX_NODE_OPTIONAL(bool, Bool);
TX_NODE_OPTIONAL(string, String);
TX_NODE_OPTIONAL(memory_format, MemoryFormat);
TX_NODE_OPTIONAL(generator, Generator);
TX_NODE_LIST(int64, Int64);
TX_NODE_LIST(double, Double);
TX_NODE_LIST(bool, Bool);
TX_NODE_LIST(string, String);

#undef TX_NODE_OPTIONAL
#undef TX_NODE_LIST

}  // namespace node
}  // namespace tx
