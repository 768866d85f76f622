// One call from JavaScript: its arguments, what it has to free, and how it fails.
#pragma once

#include <torch_extension/cell.h>
#include <torch_extension/module.h>
#include <tx_runtime.h>

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace tx {
namespace node {

/// A package's own C functions for its last error.
struct Package {
  void* (*last_error)();
  void (*last_error_clear)();
};

/// What has to be freed, last one first. The first few need no memory of their own.
class Owned {
 public:
  using Deleter = void (*)(void*);

  Owned() = default;
  ~Owned() { free_down_to(0); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  /// False, with the handle freed, where there is no memory to remember it.
  bool add(void* handle, Deleter deleter) noexcept {
    if (count_ < kInline) {
      here_[count_++] = One{handle, deleter};
      return true;
    }
    try {
      more_.push_back(One{handle, deleter});
      return true;
    } catch (const std::exception&) {
      deleter(handle);
      return false;
    }
  }

  size_t size() const { return count_ + more_.size(); }

  void free_down_to(size_t mark) {
    while (size() > mark) {
      const One one = more_.empty() ? here_[count_ - 1] : more_.back();
      if (more_.empty()) {
        --count_;
      } else {
        more_.pop_back();
      }
      one.deleter(one.handle);
    }
  }

  /// Frees nothing: someone else owns it now.
  void let_go() {
    count_ = 0;
    more_.clear();
  }

 private:
  static constexpr size_t kInline = 4;

  struct One {
    void* handle;
    Deleter deleter;
  };

  size_t count_ = 0;
  One here_[kInline];
  std::vector<One> more_;
};

/// Once something failed, `ok()` is false and a JavaScript exception is pending.
class Call {
 public:
  /// `name` is what messages call the function. Arguments beyond `count` only stay alive during the call.
  Call(const Package& package, napi_env env, napi_callback_info info, size_t count, const char* name)
      : package_(package), env_(env), name_(name) {
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

  /// What was made for a result is JavaScript's to free, unless a later part of the result failed: nobody gets to see it then.
  ~Call() {
    if (ok_) made_.let_go();
  }

  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  napi_value operator[](size_t index) const { return ok_ ? values_[index] : nullptr; }
  bool ok() const { return ok_; }
  napi_env env() const { return env_; }

  /// One element of an array.
  napi_value element(napi_value array, uint32_t index) {
    napi_value value = nullptr;
    if (ok_ && napi_get_element(env_, array, index, &value) != napi_ok) fail("an array was expected");
    return value;
  }

  /// The length of an array; 0 with an exception pending where the value is none.
  uint32_t length(napi_value array) {
    uint32_t size = 0;
    if (ok_ && napi_get_array_length(env_, array, &size) != napi_ok) fail("an array was expected");
    return size;
  }

  bool is_absent(napi_value value) const {
    napi_valuetype type = napi_undefined;
    napi_typeof(env_, value, &type);
    return type == napi_null || type == napi_undefined;
  }

  /// Frees `handle` when the call ends, and returns it. A null handle is nothing to free.
  void* own(void* handle, void (*deleter)(void*)) {
    if (handle == nullptr) return nullptr;
    return owned_.add(handle, deleter) ? handle : fail(kNoMemory);
  }

  /// Takes down that `owner` was made for the result, to be freed if the rest of the result fails. Returns `value`, which stands
  /// for it in JavaScript; null where there is no memory.
  napi_value give(void* owner, Owned::Deleter deleter, napi_value value) {
    return made_.add(owner, deleter) ? value : fail(kNoMemoryForResult);
  }

  /// Frees at its end what was owned since its beginning: what an element of a long list needed.
  class Scope {
   public:
    explicit Scope(Call& call) : owned_(call.owned_), mark_(owned_.size()) {}
    ~Scope() { owned_.free_down_to(mark_); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Owned& owned_;
    size_t mark_;
  };

  /// Whether the package's function left an error. Its message is thrown as an Error then, with the C++ backtrace, where
  /// libtorch gave one, in `backtrace`.
  bool failed() {
    void* error = package_.last_error();
    if (error == nullptr) return false;
    throw_error(env_, tx_string_data(error));
    package_.last_error_clear();
    tx_string_delete(error);
    ok_ = false;
    return true;
  }

  /// A handle that was just made, by the package or by the runtime: null means that it failed, and why is thrown.
  void* made(void* handle) {
    if (handle == nullptr && !any_failed()) fail("there is no result, and no error that says why");
    return handle;
  }

  /// Whether the package or the runtime left an error, which is thrown then.
  bool any_failed() {
    if (!ok_ || failed()) return true;
    const char* why = tx_last_error();
    if (why == nullptr) return false;
    fail(why);
    tx_last_error_clear();
    return true;
  }

  napi_value array(size_t size) {
    napi_value value = nullptr;
    if (napi_create_array_with_length(env_, size, &value) != napi_ok) fail(kNoMemoryForResult);
    return value;
  }

  napi_value object() {
    napi_value value = nullptr;
    if (napi_create_object(env_, &value) != napi_ok) fail(kNoMemoryForResult);
    return value;
  }

  /// A null value is that of a failure.
  void set(napi_value array, uint32_t index, napi_value value) {
    if (value == nullptr || napi_set_element(env_, array, index, value) != napi_ok) fail(kNoMemoryForResult);
  }

  void set(napi_value object, const char* name, napi_value value) {
    if (value == nullptr || napi_set_named_property(env_, object, name, value) != napi_ok) fail(kNoMemoryForResult);
  }

  napi_value null() {
    napi_value value = nullptr;
    napi_get_null(env_, &value);
    return value;
  }

  /// Throws an Error that names the function. Returns null.
  std::nullptr_t fail(const char* why) {
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

 private:
  static constexpr size_t kInline = 16;
  static constexpr const char* kNoMemory = "there is no memory left for its arguments";
  static constexpr const char* kNoMemoryForResult = "there is no memory left for its result";

  const Package& package_;
  napi_env env_;
  const char* name_;
  bool ok_ = true;
  napi_value here_[kInline];
  napi_value* values_ = here_;
  std::unique_ptr<napi_value[]> more_;
  Owned owned_;
  Owned made_;
};

}  // namespace node
}  // namespace tx
