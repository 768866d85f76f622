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

  ~Call() { free_down_to(0); }

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

  /// Frees at its end what was owned since its beginning: what an element of a long list needed.
  class Scope {
   public:
    explicit Scope(Call& call) : call_(call), mark_(call.owned_count_ + call.more_owned_.size()) {}
    ~Scope() { call_.free_down_to(mark_); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Call& call_;
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
    if (napi_create_array_with_length(env_, size, &value) != napi_ok) fail("there is no memory left for its result");
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
  static constexpr size_t kOwnedInline = 4;
  static constexpr const char* kNoMemory = "there is no memory left for its arguments";

  struct Owned {
    void* handle;
    void (*deleter)(void*);
  };

  void free_down_to(size_t mark) {
    while (owned_count_ + more_owned_.size() > mark) {
      const Owned owned = more_owned_.empty() ? owned_[owned_count_ - 1] : more_owned_.back();
      if (more_owned_.empty()) {
        --owned_count_;
      } else {
        more_owned_.pop_back();
      }
      owned.deleter(owned.handle);
    }
  }

  const Package& package_;
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
