// Where exceptions of libtorch stop.
#pragma once

#include <c10/util/Exception.h>

#include <exception>
#include <string>

#include "tx_runtime.h"

namespace tx {

struct LastError {
  bool set = false;
  std::string message;
  std::string backtrace;
};

/// The calling thread's.
LastError& last_error();

/// Keeps the exception in flight, inside a catch block.
void keep_current_exception() noexcept;

/// What `body` returns, or `failed` when it throws.
template <class T, class Body>
T guard(T failed, const Body& body) noexcept {
  try {
    return body();
  } catch (...) {
    keep_current_exception();
    return failed;
  }
}

/// The value behind a handle. Throws c10::Error when the handle is null.
template <class T>
T& borrow(void* handle) {
  TORCH_CHECK(handle != nullptr, "a null handle was passed where a value was expected");
  return *static_cast<T*>(handle);
}

}  // namespace tx
