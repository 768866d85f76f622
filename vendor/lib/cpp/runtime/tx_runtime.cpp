// The C ABI of tx_runtime.h. One unit over the thinnest headers, since every cold build compiles it: tensors here, other values in
// values.h, what is made of values in containers.h.
#include <ATen/core/Formatting.h>
#include <ATen/core/Tensor.h>
#include <torch/version.h>
#ifdef AT_PER_OPERATOR_HEADERS
#include <ATen/ops/from_blob.h>
#else
#include <ATen/Functions.h>
#endif
#include <lantern/types.h>

#include <cstring>
#include <memory>
#include <sstream>

#include "guard.h"
#include "values.h"

#include "containers.h"

namespace tx {

LastError& last_error() {
  static thread_local LastError error;
  return error;
}

namespace {

// A string in older libtorch; later a pointer to one that is made at the first look, or null.
inline const std::string& text_of(const std::string& backtrace) { return backtrace; }

template <class Lazy>
std::string text_of(const std::shared_ptr<Lazy>& backtrace) {
  return backtrace == nullptr ? std::string() : backtrace->get();
}

}  // namespace

void keep_current_exception() noexcept {
  LastError& last = last_error();
  try {
    last.backtrace.clear();
    last.message.clear();
    last.set = true;
    try {
      throw;
    } catch (const c10::Error& error) {
      last.message = error.what_without_backtrace();
      last.backtrace = text_of(error.backtrace());
    } catch (const std::exception& error) {
      last.message = error.what();
    } catch (...) {
      last.message = "an unknown C++ exception";
    }
  } catch (...) {
    // No memory left even for the message; `set` still says that the call failed.
  }
}

namespace {

const at::ScalarType kTypes[] = {at::kByte, at::kChar,  at::kShort,  at::kInt,  at::kLong,     at::kHalf,
                                 at::kFloat, at::kDouble, at::kBool, at::kBFloat16, at::kComplexFloat, at::kComplexDouble};

at::ScalarType type_of(int32_t dtype) {
  TORCH_CHECK(dtype >= 0 && dtype < TX_OTHER, "no dtype has the number ", dtype);
  return kTypes[dtype];
}

/// What the bytes outside hold: the two short floats travel as float32.
at::ScalarType outside(at::ScalarType type) { return type == at::kHalf || type == at::kBFloat16 ? at::kFloat : type; }

void check_length(const at::Tensor& tensor, size_t length) {
  const size_t needed = static_cast<size_t>(tensor.numel()) * tensor.element_size();
  TORCH_CHECK(length == needed, length, " bytes were given where shape ", tensor.sizes(), " needs ", needed);
}

}  // namespace
}  // namespace tx

using tx::borrow;
using tx::borrow_tensor;
using tx::guard;

const char* tx_last_error() { return tx::last_error().set ? tx::last_error().message.c_str() : nullptr; }

const char* tx_last_error_backtrace() {
  const tx::LastError& error = tx::last_error();
  return error.set && !error.backtrace.empty() ? error.backtrace.c_str() : nullptr;
}

void tx_last_error_clear() { tx::last_error().set = false; }

const char* tx_libtorch_version() { return TORCH_VERSION; }

void* tx_tensor_from_bytes(const void* bytes, size_t length, int32_t dtype, const int64_t* sizes, int32_t ndim) {
  return guard<void*>(nullptr, [&]() -> void* {
    const at::ScalarType type = tx::type_of(dtype);
    const at::IntArrayRef shape(sizes, static_cast<size_t>(ndim));
    // from_blob and clone: the header of at::empty alone would cost a second. Nothing is written through the pointer.
    const at::Tensor view = at::from_blob(const_cast<void*>(bytes), shape, at::device(at::kCPU).dtype(tx::outside(type)));
    tx::check_length(view, length);
    return make_raw::Tensor(view.to(type, /*non_blocking=*/false, /*copy=*/true));
  });
}

int32_t tx_tensor_read(void* handle, int32_t dtype, void* out, size_t length) {
  return guard<int32_t>(0, [&] {
    const at::Tensor cpu = borrow_tensor(handle).detach().to(at::kCPU, tx::type_of(dtype)).contiguous();
    // A lazy conjugate or negation is a bit on the tensor, not in its bytes.
    const at::Tensor plain = cpu.resolve_conj().resolve_neg();
    tx::check_length(plain, length);
    if (length > 0) std::memcpy(out, plain.data_ptr(), length);
    return 1;
  });
}

void tx_tensor_delete(void* handle) { delete static_cast<at::Tensor*>(handle); }

int32_t tx_tensor_dtype(void* handle) {
  return guard<int32_t>(-1, [&]() -> int32_t {
    const at::ScalarType type = borrow_tensor(handle).scalar_type();
    for (int32_t i = 0; i < TX_OTHER; ++i) {
      if (tx::kTypes[i] == type) return i;
    }
    return TX_OTHER;
  });
}

int32_t tx_tensor_scalar_type(void* handle) {
  return guard<int32_t>(-1, [&] { return static_cast<int32_t>(borrow_tensor(handle).scalar_type()); });
}

int64_t tx_tensor_ndim(void* handle) {
  return guard<int64_t>(-1, [&] { return borrow_tensor(handle).dim(); });
}

int64_t tx_tensor_numel(void* handle) {
  return guard<int64_t>(-1, [&] { return borrow_tensor(handle).numel(); });
}

int32_t tx_tensor_sizes(void* handle, int64_t* sizes) {
  return guard<int32_t>(0, [&] {
    const at::IntArrayRef all = borrow_tensor(handle).sizes();
    std::memcpy(sizes, all.data(), all.size() * sizeof(int64_t));
    return 1;
  });
}

void* tx_tensor_device(void* handle) {
  return guard<void*>(nullptr, [&] { return make_raw::string(borrow_tensor(handle).device().str()); });
}

void* tx_tensor_print(void* handle) {
  return guard<void*>(nullptr, [&] {
    std::ostringstream text;
    at::print(text, borrow_tensor(handle), 80);
    return make_raw::string(text.str());
  });
}

int64_t tx_tensor_storage(void* handle, const void** key) {
  return guard<int64_t>(0, [&]() -> int64_t {
    const at::Tensor& tensor = borrow<at::Tensor>(handle);
    if (!tensor.defined() || !tensor.has_storage()) return 0;
    const auto& storage = tensor.storage();
    *key = storage.unsafeGetStorageImpl();
    return static_cast<int64_t>(storage.nbytes());
  });
}
