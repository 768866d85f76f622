// What stands between the C ABI and a person's function: handles are read, checked and made here, so that a null
// handle or an undefined tensor is an error with a name, in place of a crash somewhere inside libtorch.
#pragma once

#include <c10/util/Exception.h>
#include <lantern/types.h>

#include <atomic>
#include <exception>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace tx {

namespace detail {

/// A message that was made while there was memory for it, so that a failure never passes for a result.
inline std::atomic<void*>& spare_message() {
  static std::atomic<void*> spare{nullptr};
  return spare;
}

inline bool keep_spare_message() noexcept {
  if (spare_message().load() != nullptr) return true;
  try {
    void* spare = make_raw::string("there is no memory left, not even for the message of the error");
    void* none = nullptr;
    if (!spare_message().compare_exchange_strong(none, spare)) delete static_cast<std::string*>(spare);
    return true;
  } catch (...) {
    return false;
  }
}

/// Made when the library is loaded.
static const bool kSpareMessageIsKept = keep_spare_message();

}  // namespace detail

/// To be called inside a catch block: the message of the exception in flight, as make_raw::string makes it.
/// libtorch's own exceptions without their backtrace. Where there is no memory for it, a message that was made before.
inline void* current_exception_message() noexcept {
  detail::keep_spare_message();
  try {
    try {
      throw;
    } catch (const c10::Error& error) {
      return make_raw::string(error.what_without_backtrace());
    } catch (const std::exception& error) {
      return make_raw::string(error.what());
    } catch (const std::string& text) {
      return make_raw::string(text);
    } catch (const char* text) {
      return make_raw::string(text);
    } catch (...) {
      return make_raw::string("an exception that is neither a std::exception nor a string was thrown");
    }
  } catch (...) {
    return detail::spare_message().exchange(nullptr);
  }
}

namespace checked {
namespace detail {

[[noreturn]] inline void refuse(const char* function, const std::string& what, const char* advice) {
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

/// Calls `undefined(place)` for each undefined tensor in a value; `place` is "", "[1]", "[0][2]", …
template <class F>
void each_undefined(const at::Tensor& value, const std::string& place, const F& undefined) {
  if (!value.defined()) undefined(place);
}

template <class F>
void each_undefined(const torch::optional<at::Tensor>& value, const std::string& place, const F& undefined) {
  if (value.has_value() && !value->defined()) undefined(place);
}

template <class F>
void each_undefined(const std::vector<at::Tensor>& value, const std::string& place, const F& undefined) {
  for (size_t i = 0; i < value.size(); ++i) {
    if (!value[i].defined()) undefined(place + "[" + std::to_string(i) + "]");
  }
}

template <class F>
void each_undefined(const std::string&, const std::string&, const F&) {}

template <class T, class F, typename std::enable_if<std::is_arithmetic<T>::value, int>::type = 0>
void each_undefined(const T&, const std::string&, const F&) {}

template <class F, class... T>
void each_undefined(const std::tuple<T...>& value, const std::string& place, const F& undefined);

template <class Tuple, class F, size_t... I>
void each_element(const Tuple& value, const std::string& place, const F& undefined, std::index_sequence<I...>) {
  const int in_order[] = {
      0, (each_undefined(std::get<I>(value), place + "[" + std::to_string(I) + "]", undefined), 0)...};
  static_cast<void>(in_order);
}

template <class F, class... T>
void each_undefined(const std::tuple<T...>& value, const std::string& place, const F& undefined) {
  each_element(value, place, undefined, std::index_sequence_for<T...>{});
}

}  // namespace detail

/// The tensor of a handle, borrowed. Throws std::invalid_argument when the handle is null or the tensor undefined.
inline at::Tensor& tensor(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a tensor");
  at::Tensor& value = from_raw::Tensor(raw);
  if (!value.defined()) detail::refuse_undefined(function, parameter);
  return value;
}

/// The optional of a handle, borrowed. A null handle is refused: an absent tensor is an empty optional.
inline torch::optional<at::Tensor>& optional_tensor(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass the handle of an optional; it may be empty");
  torch::optional<at::Tensor>& value = from_raw::optional::Tensor(raw);
  if (value.has_value() && !value->defined()) detail::refuse_undefined(function, parameter);
  return value;
}

/// The list of a handle, borrowed. Every tensor in it must be defined.
inline std::vector<at::Tensor>& tensor_list(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a list of tensors; it may be empty");
  std::vector<at::Tensor>& value = from_raw::TensorList(raw);
  for (size_t i = 0; i < value.size(); ++i) {
    if (!value[i].defined()) detail::refuse_undefined(function, std::string(parameter) + "[" + std::to_string(i) + "]");
  }
  return value;
}

/// The string of a handle, borrowed.
inline std::string& string(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a string; it may be empty");
  return from_raw::string(raw);
}

/// The tuple of a handle, borrowed. Every tensor inside, however deep, must be defined.
template <class Tuple>
Tuple& tuple(void* raw, const char* function, const char* parameter) {
  if (raw == nullptr) detail::refuse_null(function, parameter, "Pass a tuple");
  Tuple& value = *static_cast<Tuple*>(raw);
  detail::each_undefined(value, parameter,
                         [function](const std::string& place) { detail::refuse_undefined(function, place); });
  return value;
}

/// What a person's function returned, as it is. Throws when a tensor in it is undefined, however deep.
inline at::Tensor result(at::Tensor value, const char* function) {
  if (!value.defined()) detail::refuse_result(function, "");
  return value;
}

template <class T>
T result(T value, const char* function) {
  detail::each_undefined(value, "", [function](const std::string& place) { detail::refuse_result(function, place); });
  return value;
}

/// An owning handle of any value that make_raw has no name for: tuples.
template <class T>
void* make(T value) {
  return new T(std::move(value));
}

}  // namespace checked
}  // namespace tx
