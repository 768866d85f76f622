// What generated Node-API glue is made of: reading arguments, making results, turning errors into exceptions.
// No torch header and no package's name: everything that knows a tensor is behind <tx_runtime.h>.
#pragma once

#include <torch_extension/cell.h>
#include <torch_extension/module.h>
#include <tx_runtime.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace tx {
namespace node {

/// One call from JavaScript. Readers return null, 0 or false once something failed; `ok()` tells, and a JavaScript exception
/// is pending then. Handles that readers return are borrowed: they live until the Call ends.
class Call {
 public:
  /// `name` is what messages call the function. Arguments beyond `count` only stay alive during the call.
  Call(napi_env env, napi_callback_info info, size_t count, const char* name) : env_(env), name_(name) {
    if (count > kInline) {
      more_.reset(new (std::nothrow) napi_value[count]);
      values_ = more_.get();
      if (values_ == nullptr) {
        fail(kNoMemory);
        return;
      }
    }
    size_t given = count;
    if (napi_get_cb_info(env, info, &given, values_, nullptr, nullptr) != napi_ok) fail("its arguments cannot be read");
  }

  ~Call() {
    for (size_t i = 0; i < owned_count_; ++i) owned_[i].deleter(owned_[i].handle);
    for (const Owned& owned : more_owned_) owned.deleter(owned.handle);
  }

  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  napi_value operator[](size_t index) const { return ok_ ? values_[index] : nullptr; }
  bool ok() const { return ok_; }
  napi_env env() const { return env_; }

  /// The tensor of a cell. Throws where it was disposed.
  void* tensor(napi_value value) {
    if (!ok_) return nullptr;
    tx_cell* cell = cell_of_number(env_, value);
    if (cell == nullptr) return fail("a tensor was expected");
    if (cell->handle == nullptr) return fail("a tensor among its arguments was disposed. Dispose it after its last use");
    return cell->handle;
  }

  /// An optional with the tensor of a cell, or an empty one where the value is null, undefined or 0.
  void* optional_tensor(napi_value value) {
    if (!ok_) return nullptr;
    void* handle = nullptr;
    napi_valuetype type = napi_undefined;
    napi_typeof(env_, value, &type);
    if (type != napi_null && type != napi_undefined && cell_of_number(env_, value) != nullptr) {
      handle = tensor(value);
      if (!ok_) return nullptr;
    }
    return own(checked(tx_optional_tensor_new(handle)), tx_optional_tensor_delete);
  }

  /// A list with the tensors of an array of cells.
  void* tensor_list(napi_value value) {
    uint32_t size = 0;
    if (!ok_) return nullptr;
    if (napi_get_array_length(env_, value, &size) != napi_ok) return fail("an array of tensors was expected");
    return attempt([&]() -> void* {
      std::vector<void*> handles(size);
      for (uint32_t i = 0; i < size; ++i) handles[i] = tensor(element(value, i));
      if (!ok_) return nullptr;
      return own(checked(tx_tensor_list_new(handles.data(), size)), tx_tensor_list_delete);
    });
  }

  /// A string, in UTF-8.
  void* string(napi_value value) {
    if (!ok_) return nullptr;
    size_t size = 0;
    if (napi_get_value_string_utf8(env_, value, nullptr, 0, &size) != napi_ok) return fail("a string was expected");
    return attempt([&]() -> void* {
      std::string text(size + 1, '\0');
      napi_get_value_string_utf8(env_, value, &text[0], size + 1, &size);
      return own(checked(tx_string_new(text.data(), size)), tx_string_delete);
    });
  }

  /// A whole number or a bigint, within int64's range.
  int64_t int64(napi_value value) {
    double number = 0;
    int64_t integer = 0;
    bool lossless = false;
    if (!ok_) return 0;
    if (napi_get_value_double(env_, value, &number) == napi_ok) {
      if (number != std::floor(number) || !(std::fabs(number) <= 9007199254740991.0)) {
        fail("an integer was expected; beyond 2^53 pass a bigint");
        return 0;
      }
      return static_cast<int64_t>(number);
    }
    if (napi_get_value_bigint_int64(env_, value, &integer, &lossless) != napi_ok || !lossless) {
      fail("an integer within the range of int64 was expected");
      return 0;
    }
    return integer;
  }

  double number(napi_value value) {
    double number = 0;
    if (ok_ && napi_get_value_double(env_, value, &number) != napi_ok) fail("a number was expected");
    return number;
  }

  bool boolean(napi_value value) {
    bool boolean = false;
    if (ok_ && napi_get_value_bool(env_, value, &boolean) != napi_ok) fail("a boolean was expected");
    return boolean;
  }

  /// One element of an array.
  napi_value element(napi_value array, uint32_t index) {
    napi_value value = nullptr;
    if (ok_ && napi_get_element(env_, array, index, &value) != napi_ok) fail("an array was expected");
    return value;
  }

  /// Frees `handle` when the call ends, and returns it. A null handle is nothing to free.
  void* own(void* handle, void (*deleter)(void*)) {
    if (handle == nullptr) return nullptr;
    if (owned_count_ < kOwnedInline) {
      owned_[owned_count_++] = Owned{handle, deleter};
      return handle;
    }
    void* kept = attempt([&] {
      more_owned_.push_back(Owned{handle, deleter});
      return handle;
    });
    if (kept == nullptr) deleter(handle);
    return kept;
  }

  /// Whether the package's function left an error. Its message is thrown as an Error then, with the C++ backtrace, where
  /// libtorch gave one, in `backtrace`.
  bool failed(void* (*last_error)(), void (*clear)()) {
    void* error = last_error();
    if (error == nullptr) return false;
    throw_error(env_, tx_string_data(error));
    clear();
    tx_string_delete(error);
    ok_ = false;
    return true;
  }

  // Writers take what their handle owns, and return null with an exception pending when they fail.

  napi_value from_tensor(void* handle) {
    if (handle == nullptr) return ok_ ? fail_value("no result came back") : nullptr;
    napi_value cell = cell_for(env_, handle);
    return cell != nullptr ? cell : fail_value("there is no memory left for a result");
  }

  /// null where the optional is empty.
  napi_value from_optional_tensor(void* handle) {
    if (handle == nullptr) return ok_ ? fail_value("no result came back") : nullptr;
    void* inside = tx_optional_tensor_get(handle);
    tx_optional_tensor_delete(handle);
    return inside == nullptr ? null() : from_tensor(inside);
  }

  napi_value from_tensor_list(void* handle) {
    if (handle == nullptr) return ok_ ? fail_value("no result came back") : nullptr;
    const size_t size = tx_tensor_list_size(handle);
    napi_value list = array(size);
    for (size_t i = 0; i < size; ++i) set(list, static_cast<uint32_t>(i), from_tensor(tx_tensor_list_get(handle, i)));
    tx_tensor_list_delete(handle);
    return list;
  }

  napi_value from_string(void* handle) {
    if (handle == nullptr) return ok_ ? fail_value("no result came back") : nullptr;
    napi_value value = nullptr;
    napi_create_string_utf8(env_, tx_string_data(handle), tx_string_size(handle), &value);
    tx_string_delete(handle);
    return value;
  }

  /// A number where it is a safe integer, a bigint elsewhere.
  napi_value from_int64(int64_t integer) {
    napi_value value = nullptr;
    if (integer >= -9007199254740991 && integer <= 9007199254740991) {
      napi_create_int64(env_, integer, &value);
    } else {
      napi_create_bigint_int64(env_, integer, &value);
    }
    return value;
  }

  napi_value from_double(double number) {
    napi_value value = nullptr;
    napi_create_double(env_, number, &value);
    return value;
  }

  napi_value from_bool(bool boolean) {
    napi_value value = nullptr;
    napi_get_boolean(env_, boolean, &value);
    return value;
  }

  napi_value array(size_t size) {
    napi_value value = nullptr;
    napi_create_array_with_length(env_, size, &value);
    return value;
  }

  void set(napi_value array, uint32_t index, napi_value value) {
    if (array != nullptr && value != nullptr) napi_set_element(env_, array, index, value);
  }

  napi_value null() {
    napi_value value = nullptr;
    napi_get_null(env_, &value);
    return value;
  }

  napi_value undefined() {
    napi_value value = nullptr;
    napi_get_undefined(env_, &value);
    return value;
  }

 private:
  static constexpr size_t kInline = 16;
  static constexpr size_t kOwnedInline = 4;
  static constexpr const char* kNoMemory = "there is no memory left for its arguments";

  struct Owned {
    void* handle;
    void (*deleter)(void*);
  };

  void* fail(const char* why) {
    if (!ok_) return nullptr;
    ok_ = false;
    try {
      throw_error(env_, (std::string(name_) + ": " + why).c_str());
    } catch (const std::exception&) {
      throw_error(env_, why);
    }
    return nullptr;
  }

  /// What `body` returns; null with an Error pending where there is no memory for it. No exception may cross Node-API.
  template <class Body>
  void* attempt(const Body& body) noexcept {
    try {
      return body();
    } catch (const std::exception&) {
      return fail(kNoMemory);
    }
  }

  napi_value fail_value(const char* why) {
    fail(why);
    return nullptr;
  }

  /// A handle that the runtime just made: null means that it failed, and why is thrown.
  void* checked(void* handle) {
    if (handle == nullptr) {
      const char* why = tx_last_error();
      fail(why != nullptr ? why : "the runtime failed");
    }
    return handle;
  }

  napi_env env_;
  const char* name_;
  bool ok_ = true;
  napi_value here_[kInline];
  napi_value* values_ = here_;
  size_t owned_count_ = 0;
  Owned owned_[kOwnedInline];
  std::unique_ptr<napi_value[]> more_;
  std::vector<Owned> more_owned_;
};

}  // namespace node
}  // namespace tx
