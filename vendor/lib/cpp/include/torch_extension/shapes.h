// The shapes of types that cross: what a struct's fields are, which values an enum has, and where a value holds an
// undefined tensor.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch_extension/optional.h>

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace tx {

/// A struct of the person's: `fields(value)` ties them, `name(i)` names them. Specialised in generated code.
template <class T>
struct record;

/// An enum of the person's: `has(value)`. Specialised in generated code.
template <class T>
struct enumeration;

/// Entries of a dictionary in one order: how a std::map, std::unordered_map or c10::Dict crosses the C ABI.
template <class K, class V>
using entries = std::vector<std::pair<K, V>>;

/// The elements of an array, which crosses the C ABI as a list.
template <class T, size_t N>
std::vector<T> list_of(const std::array<T, N>& array) {
  return std::vector<T>(array.begin(), array.end());
}

namespace detail {

/// `in(value, place)`: whether a tensor in it is undefined; `place` becomes "", "[1]", "[0].state", … then.
template <class T, class = void>
struct undefined {
  static bool in(const T&, std::string&) { return false; }
};

template <>
struct undefined<at::Tensor> {
  static bool in(const at::Tensor& value, std::string&) { return !value.defined(); }
};

template <class T>
struct undefined<torch::optional<T>> {
  static bool in(const torch::optional<T>& value, std::string& place) {
    return value.has_value() && undefined<T>::in(*value, place);
  }
};

template <class T>
struct undefined_in_list {
  template <class List>
  static bool in(const List& values, std::string& place) {
    for (size_t i = 0; i < values.size(); ++i) {
      if (!undefined<T>::in(values[i], place)) continue;
      place.insert(0, "[" + std::to_string(i) + "]");
      return true;
    }
    return false;
  }
};

template <class T>
struct undefined<std::vector<T>> : undefined_in_list<T> {};
template <class T, size_t N>
struct undefined<std::array<T, N>> : undefined_in_list<T> {};

template <>
struct undefined<std::vector<bool>> {
  static bool in(const std::vector<bool>&, std::string&) { return false; }
};

template <class T, class Name>
bool undefined_at(const T& value, size_t i, std::string& place, const Name& name) {
  if (!undefined<T>::in(value, place)) return false;
  place.insert(0, name(i));
  return true;
}

/// The first undefined tensor among the elements of a tuple or pair; `name(i)` is what stands before the place inside.
template <class Tuple, class Name, size_t... I>
bool undefined_element(const Tuple& values, std::string& place, const Name& name, std::index_sequence<I...>) {
  bool found = false;
  const bool in_order[] = {false, (found = found || undefined_at(std::get<I>(values), I, place, name))...};
  static_cast<void>(in_order);
  return found;
}

inline std::string index_place(size_t i) {
  return "[" + std::to_string(i) + "]";
}

template <class... T>
struct undefined<std::tuple<T...>> {
  static bool in(const std::tuple<T...>& values, std::string& place) {
    return undefined_element(values, place, index_place, std::index_sequence_for<T...>{});
  }
};

template <class A, class B>
struct undefined<std::pair<A, B>> {
  static bool in(const std::pair<A, B>& values, std::string& place) {
    return undefined_element(values, place, index_place, std::make_index_sequence<2>{});
  }
};

template <class T>
struct undefined<T, decltype(static_cast<void>(record<T>::fields(std::declval<const T&>())))> {
  static bool in(const T& value, std::string& place) {
    const auto fields = record<T>::fields(value);
    return undefined_element(fields, place, [](size_t i) { return std::string(".") + record<T>::name(i); },
                             std::make_index_sequence<std::tuple_size<decltype(fields)>::value>{});
  }
};

}  // namespace detail
}  // namespace tx
