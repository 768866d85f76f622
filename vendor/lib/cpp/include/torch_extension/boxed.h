// How values that libtorch's dispatcher has no type for stand on its stack: enums and small integers as integers, float
// as double, pairs and structs as tuples, maps as dictionaries.
#pragma once

#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <torch_extension/containers.h>

#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace tx {

/// `type()` is the dispatcher's type, `read` and `write` convert. What is not specialised stands there as itself.
template <class T, class = void>
struct boxed {
  static c10::TypePtr type() { return c10::getTypePtr<T>(); }
  static T read(const c10::IValue& value) { return value.to<T>(); }
  static c10::IValue write(T value) { return c10::IValue(std::move(value)); }
};

template <>
struct boxed<float> {
  static c10::TypePtr type() { return c10::FloatType::get(); }
  static float read(const c10::IValue& value) { return static_cast<float>(value.toDouble()); }
  static c10::IValue write(float value) { return static_cast<double>(value); }
};

template <>
struct boxed<std::int32_t> {
  static c10::TypePtr type() { return c10::IntType::get(); }
  static std::int32_t read(const c10::IValue& value) {
    const std::int64_t number = value.toInt();
    using limits = std::numeric_limits<std::int32_t>;
    TORCH_CHECK(number >= limits::min() && number <= limits::max(), number, " does not fit 32 bits");
    return static_cast<std::int32_t>(number);
  }
  static c10::IValue write(std::int32_t value) { return static_cast<std::int64_t>(value); }
};

template <class T>
struct boxed<T, decltype(static_cast<void>(enumeration<T>::has(0)))> {
  static c10::TypePtr type() { return c10::IntType::get(); }
  static T read(const c10::IValue& value) {
    return checked::enumerator<T>(value.toInt(), "the operator", "an argument");
  }
  static c10::IValue write(T value) { return checked::number(value, "the operator"); }
};

template <class T>
struct boxed<torch::optional<T>> {
  static c10::TypePtr type() { return c10::OptionalType::create(boxed<T>::type()); }
  static torch::optional<T> read(const c10::IValue& value) {
    if (value.isNone()) return torch::nullopt;
    return boxed<T>::read(value);
  }
  static c10::IValue write(torch::optional<T> value) {
    return value.has_value() ? boxed<T>::write(std::move(*value)) : c10::IValue();
  }
};

template <class T>
struct boxed<std::vector<T>> {
  static c10::TypePtr type() { return c10::ListType::create(boxed<T>::type()); }
  static std::vector<T> read(const c10::IValue& value) {
    std::vector<T> list;
    for (const c10::IValue& element : value.toList().vec()) list.push_back(boxed<T>::read(element));
    return list;
  }
  static c10::IValue write(std::vector<T> value) {
    c10::impl::GenericList list(boxed<T>::type());
    for (const T& element : value) list.push_back(boxed<T>::write(element));
    return list;
  }
};

template <class T, size_t N>
struct boxed<std::array<T, N>> {
  static c10::TypePtr type() { return boxed<std::vector<T>>::type(); }
  static std::array<T, N> read(const c10::IValue& value) {
    return checked::array<std::array<T, N>>(boxed<std::vector<T>>::read(value), "the operator", "an argument");
  }
  static c10::IValue write(const std::array<T, N>& value) { return boxed<std::vector<T>>::write(list_of(value)); }
};

namespace detail {

template <class Tuple, size_t... I>
std::vector<c10::TypePtr> element_types(std::index_sequence<I...>) {
  return {boxed<typename std::decay<typename std::tuple_element<I, Tuple>::type>::type>::type()...};
}

template <class Tuple, size_t... I>
c10::IValue write_elements(const Tuple& values, std::index_sequence<I...>) {
  return c10::ivalue::Tuple::create(std::vector<c10::IValue>{
      boxed<typename std::decay<typename std::tuple_element<I, Tuple>::type>::type>::write(std::get<I>(values))...});
}

/// A T of the elements of a tuple, whose types are those of Tuple: `make(a, b, …)`.
template <class Tuple, class Make, size_t... I>
auto read_elements(const c10::IValue& value, const Make& make, std::index_sequence<I...>) {
  const auto tuple = value.toTuple();
  TORCH_CHECK(tuple->elements().size() == sizeof...(I), "a tuple of ", sizeof...(I), " elements was expected, and has ",
              tuple->elements().size());
  return make(
      boxed<typename std::decay<typename std::tuple_element<I, Tuple>::type>::type>::read(tuple->elements()[I])...);
}

/// Of a tuple or pair.
template <class T>
struct boxed_elements {
  using indices = std::make_index_sequence<std::tuple_size<T>::value>;
  static c10::TypePtr type() { return c10::TupleType::create(element_types<T>(indices{})); }
  static T read(const c10::IValue& value) {
    return read_elements<T>(value, [](auto&&... elements) { return T(std::move(elements)...); }, indices{});
  }
  static c10::IValue write(const T& value) { return write_elements(value, indices{}); }
};

template <class D, class K, class V>
struct boxed_dictionary {
  static c10::TypePtr type() { return c10::DictType::create(boxed<K>::type(), boxed<V>::type()); }
  static D read(const c10::IValue& value) {
    D dictionary;
    for (const auto& entry : value.toGenericDict()) {
      insert(dictionary, boxed<K>::read(entry.key()), boxed<V>::read(entry.value()));
    }
    return dictionary;
  }
  static c10::IValue write(const D& value) {
    c10::impl::GenericDict dictionary(boxed<K>::type(), boxed<V>::type());
    for (const auto& entry : entries_of(value)) {
      dictionary.insert(boxed<K>::write(entry.first), boxed<V>::write(entry.second));
    }
    return dictionary;
  }
};

}  // namespace detail

template <class... T>
struct boxed<std::tuple<T...>> : detail::boxed_elements<std::tuple<T...>> {};
template <class A, class B>
struct boxed<std::pair<A, B>> : detail::boxed_elements<std::pair<A, B>> {};
template <class K, class V>
struct boxed<std::map<K, V>> : detail::boxed_dictionary<std::map<K, V>, K, V> {};
template <class K, class V>
struct boxed<std::unordered_map<K, V>> : detail::boxed_dictionary<std::unordered_map<K, V>, K, V> {};

template <class T>
struct boxed<T, decltype(static_cast<void>(record<T>::fields(std::declval<T&>())))> {
  using fields = decltype(record<T>::fields(std::declval<T&>()));
  using indices = std::make_index_sequence<std::tuple_size<fields>::value>;
  static c10::TypePtr type() { return c10::TupleType::create(detail::element_types<fields>(indices{})); }
  static T read(const c10::IValue& value) {
    return detail::read_elements<fields>(value, [](auto&&... of) { return T{std::move(of)...}; }, indices{});
  }
  static c10::IValue write(const T& value) { return detail::write_elements(record<T>::fields(value), indices{}); }
};

}  // namespace tx
