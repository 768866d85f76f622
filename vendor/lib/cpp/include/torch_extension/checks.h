// What stands between the C ABI and a person's function: handles are read, checked and made here, so that a null
// handle or an undefined tensor is an error with a name, in place of a crash somewhere inside libtorch.
#pragma once

#include <torch_extension/errors.h>
#include <torch_extension/shapes.h>

#include <c10/core/Layout.h>
#include <c10/util/ArrayRef.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace tx {
namespace checked {
namespace detail {

[[noreturn]] inline void refuse(const char* function, const std::string& what, const std::string& advice) {
  throw std::invalid_argument(std::string(function) + ": " + what + ". " + advice);
}

[[noreturn]] inline void refuse_null(const char* function, const char* parameter, const char* expected) {
  refuse(function, std::string(parameter) + " is a null handle", expected);
}

[[noreturn]] inline void refuse_undefined(const char* function, const std::string& place) {
  refuse(function, place + " is an undefined tensor",
         "Pass a defined one; only a parameter of type torch::optional<torch::Tensor> may be absent");
}

[[noreturn]] inline void refuse_result(const char* function, const std::string& place) {
  refuse(function, "the result" + place + " is an undefined tensor",
         "Return a defined one, or declare it as torch::optional<torch::Tensor> and return torch::nullopt");
}

[[noreturn]] inline void refuse_number(const char* function, const std::string& place, std::int64_t number) {
  refuse(function, place + " is " + std::to_string(number) + ", which is none of its type's values",
         "Use one that the C++ declares");
}

/// In a build for R, lantern's TensorList is a view.
inline std::vector<at::Tensor>& as_vector(std::vector<at::Tensor>& list) {
  return list;
}

inline std::vector<at::Tensor> as_vector(at::ArrayRef<at::Tensor>& list) {
  return list.vec();
}

/// As many elements as the array has; those that need no value before they are given one are copied in a loop.
template <class A, class List>
A array_of(const List& list, std::true_type) {
  A array{};
  for (size_t i = 0; i < array.size(); ++i) array[i] = list[i];
  return array;
}
template <class A, class List, size_t... I>
A array_of(const List& list, std::index_sequence<I...>) {
  return {{list[I]...}};
}
template <class A, class List>
A array_of(const List& list, std::false_type) {
  return array_of<A>(list, std::make_index_sequence<std::tuple_size<A>::value>{});
}

template <class T>
T& known(T& value, const char* function, const char* parameter) {
  std::string place;
  if (tx::detail::undefined<T>::in(value, place)) refuse_undefined(function, parameter + place);
  return value;
}

}  // namespace detail

/// The handle as it is, for from_raw to read. Throws std::invalid_argument where it is null, as everything here does.
inline void* given(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) {
    detail::refuse_null(function, parameter, "Pass a value; an absent one is the handle of an empty optional");
  }
  return raw;
}

/// The tensor of a handle, borrowed. Throws where it is undefined, too.
inline at::Tensor& tensor(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a tensor");
  at::Tensor& value = from_raw::Tensor(raw);
  if (!value.defined()) detail::refuse_undefined(function, parameter);
  return value;
}

/// The optional of a handle, borrowed. A null handle is refused: an absent tensor is an empty optional.
inline torch::optional<at::Tensor>& optional_tensor(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass the handle of an optional; it may be empty");
  return detail::known(from_raw::optional::Tensor(raw), function, parameter);
}

/// The list of a handle, borrowed, or copied where the host keeps a view. Every tensor in it must be defined.
inline decltype(auto) tensor_list(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a list of tensors; it may be empty");
  auto& list = from_raw::TensorList(raw);
  for (size_t i = 0; i < list.size(); ++i) {
    if (!list[i].defined()) detail::refuse_undefined(function, parameter + tx::detail::index_place(i));
  }
  return detail::as_vector(list);
}

/// The booleans of a handle; in a build for R, lantern keeps them in a class of its own.
inline std::vector<bool> bool_list(void* raw, const char* function, const char* parameter) {
  return from_raw::vector::bool_t(given(raw, function, parameter));
}

/// The array of a list. Throws where the list has another length.
template <class A, class List>
A array(const List& list, const char* function, const char* parameter) {
  constexpr size_t size = std::tuple_size<A>::value;
  if (list.size() != size) {
    detail::refuse(function, std::string(parameter) + " has " + std::to_string(list.size()) + " elements",
                   "Pass a list of length " + std::to_string(size));
  }
  return detail::array_of<A>(list, std::is_default_constructible<typename A::value_type>{});
}

/// The value of a handle that `make` made, borrowed. Every tensor inside, however deep, must be defined.
template <class T>
T& value(void* raw, const char* function, const char* parameter) {
  return detail::known(*static_cast<T*>(given(raw, function, parameter)), function, parameter);
}

/// The value that one of the functions of its type reads or changes, borrowed; what is in it was checked when it came.
template <class T>
T& self(void* raw, const char* function) {
  return *static_cast<T*>(given(raw, function, "self"));
}

/// A view of what an optional list holds, for a parameter that takes one.
template <class T>
torch::optional<at::ArrayRef<T>> view(const torch::optional<std::vector<T>>& list) {
  if (!list.has_value()) return torch::nullopt;
  return at::ArrayRef<T>(*list);
}

/// The enum of a number. Throws where it has no such value.
template <class E>
E enumerator(std::int64_t number, const char* function, const char* parameter) {
  if (!enumeration<E>::has(number)) detail::refuse_number(function, parameter, number);
  return static_cast<E>(number);
}

/// The number of an enum. Throws where it is none that the C++ declares.
template <class E>
std::int64_t number(E value, const char* function) {
  const auto found = static_cast<std::int64_t>(value);
  if (!enumeration<E>::has(found)) detail::refuse_number(function, "the result", found);
  return found;
}

inline at::Layout layout(std::int64_t number, const char* function, const char* parameter) {
  if (number < 0 || number >= static_cast<std::int64_t>(at::Layout::NumOptions)) {
    detail::refuse_number(function, parameter, number);
  }
  return static_cast<at::Layout>(number);
}

/// The element of a list, by its place. Throws std::out_of_range.
template <class T>
auto at_index(const std::vector<T>& list, std::int64_t index) -> decltype(list.at(0)) {
  return list.at(static_cast<size_t>(index));
}

/// What a person's function returned, as it is. Throws when a tensor in it is undefined, however deep.
inline at::Tensor result(at::Tensor value, const char* function) {
  if (!value.defined()) detail::refuse_result(function, "");
  return value;
}

template <class T>
T result(T value, const char* function) {
  std::string place;
  if (tx::detail::undefined<T>::in(value, place)) detail::refuse_result(function, place);
  return value;
}

/// What R's torch has no value for: real and imaginary part of a complex scalar, an integer beyond 32 bits as a double; nothing for
/// all others. Throws std::out_of_range for an integer that a double does not hold.
inline std::vector<double> scalar_parts(const at::Scalar& value) {
  if (value.isComplex()) {
    const auto parts = value.toComplexDouble();
    return {parts.real(), parts.imag()};
  }
  if (!value.isIntegral(/*includeBool=*/false)) return {};
  const std::int64_t integer = value.toLong();
  if (integer > -2147483648LL && integer <= 2147483647LL) return {};
  if (integer > 9007199254740992LL || integer < -9007199254740992LL) {
    throw std::out_of_range("the scalar " + std::to_string(integer) + " has more digits than a number of R holds");
  }
  return {static_cast<double>(integer)};
}

/// As make_raw::Device, which R's torch gives neither a temporary nor a constant.
inline void* make_device(at::Device value) {
  return make_raw::Device(value);
}

/// An owning handle of any value that make_raw has no name for.
template <class T>
void* make(T value) {
  return new T(std::move(value));
}

}  // namespace checked
}  // namespace tx
