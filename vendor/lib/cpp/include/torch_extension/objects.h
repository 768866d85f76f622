// Objects of classes behind handles: a handle owns its object together with whoever else shares it, so that a smart pointer
// crosses as what it is. Light, so that a person's own unit may make and read handles as well.
#pragma once

#include <c10/util/intrusive_ptr.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace tx {
namespace detail {

/// What a handle of T points at.
template <class T, bool = std::is_base_of<c10::intrusive_ptr_target, T>::value>
struct owner {
  using type = std::shared_ptr<T>;
  static type of_new(T* object) { return type(object); }
};

/// An object that counts its owners itself, as a torch::CustomClassHolder does.
template <class T>
struct owner<T, true> {
  using type = c10::intrusive_ptr<T>;
  static type of_new(T* object) { return type::unsafe_steal_from_new(object); }
};

[[noreturn]] inline void refuse_object(const char* function, const std::string& what) {
  throw std::invalid_argument(std::string(function) + ": " + what);
}

template <class P, class T>
void* own_pointer(P pointer, const char* function) {
  static_assert(std::is_same<P, typename owner<T>::type>::value,
                "a class that derives from torch::CustomClassHolder is shared by c10::intrusive_ptr, any other by std::shared_ptr");
  if (pointer == nullptr) {
    refuse_object(function, "the result is a null pointer. Return an object, or declare a torch::optional of it");
  }
  return new P(std::move(pointer));
}

}  // namespace detail

namespace checked {

/// The handle of an object that was just made, which it takes over.
template <class T>
void* own(T* object, const char* function) {
  auto pointer = tx::detail::owner<T>::of_new(object);
  return tx::detail::own_pointer<decltype(pointer), T>(std::move(pointer), function);
}

/// Of an object that somebody else may own as well. Throws std::invalid_argument where there is none.
template <class T>
void* own(std::shared_ptr<T> object, const char* function) {
  return tx::detail::own_pointer<std::shared_ptr<T>, T>(std::move(object), function);
}
template <class T>
void* own(c10::intrusive_ptr<T> object, const char* function) {
  return tx::detail::own_pointer<c10::intrusive_ptr<T>, T>(std::move(object), function);
}
template <class T>
void* own(std::unique_ptr<T> object, const char* function) {
  return own(object.release(), function);
}

/// Of an object that is given away by value.
template <class T>
void* own(T object, const char* function) {
  return own(new T(std::move(object)), function);
}

/// Frees a handle; the object goes when nobody else owns it.
template <class T>
void disown(void* raw) {
  delete static_cast<typename tx::detail::owner<T>::type*>(raw);
}

/// The pointer behind a handle, borrowed. Throws where the handle is null.
template <class P>
P& pointer(void* raw, const char* function, const char* parameter) {
  using T = typename P::element_type;
  static_assert(std::is_same<P, typename tx::detail::owner<T>::type>::value,
                "a class that derives from torch::CustomClassHolder is shared by c10::intrusive_ptr, any other by std::shared_ptr");
  if (raw == nullptr) {
    tx::detail::refuse_object(function, std::string(parameter) + " is a null handle. Pass an object of its class");
  }
  return *static_cast<P*>(raw);
}

/// The object behind a handle, borrowed.
template <class T>
T& object(void* raw, const char* function, const char* parameter) {
  return *pointer<typename tx::detail::owner<T>::type>(raw, function, parameter);
}

}  // namespace checked
}  // namespace tx
