// What becomes of an exception at the C ABI: a message, which the host fetches.
#pragma once

#include <c10/util/Exception.h>
#include <torch_extension/lantern.h>

#include <atomic>
#include <exception>
#include <string>

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

}  // namespace tx
