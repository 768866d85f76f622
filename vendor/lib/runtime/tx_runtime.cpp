// Tensors behind the C ABI of tx_runtime.h. One unit over the thinnest headers, since every cold build compiles it.
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
#include <sstream>

#include "guard.h"

namespace tx {

LastError& last_error() {
  static thread_local LastError error;
  return error;
}

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
      last.backtrace = error.backtrace();
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

const at::ScalarType kTypes[] = {at::kByte, at::kChar,  at::kShort,  at::kInt,  at::kLong,
                                 at::kHalf, at::kFloat, at::kDouble, at::kBool, at::kBFloat16};

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

const at::Tensor& tensor_of(void* handle) {
  const at::Tensor& tensor = borrow<at::Tensor>(handle);
  TORCH_CHECK(tensor.defined(), "an undefined tensor was passed");
  return tensor;
}

}  // namespace
}  // namespace tx

using tx::borrow;
using tx::guard;
using tx::tensor_of;

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
    const at::Tensor cpu = tensor_of(handle).detach().to(at::kCPU, tx::type_of(dtype)).contiguous();
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
    const at::ScalarType type = tensor_of(handle).scalar_type();
    for (int32_t i = 0; i < TX_OTHER; ++i) {
      if (tx::kTypes[i] == type) return i;
    }
    return TX_OTHER;
  });
}

void* tx_tensor_dtype_name(void* handle) {
  return guard<void*>(nullptr, [&] { return make_raw::string(c10::toString(tensor_of(handle).scalar_type())); });
}

int64_t tx_tensor_ndim(void* handle) {
  return guard<int64_t>(-1, [&] { return tensor_of(handle).dim(); });
}

int64_t tx_tensor_numel(void* handle) {
  return guard<int64_t>(-1, [&] { return tensor_of(handle).numel(); });
}

int32_t tx_tensor_sizes(void* handle, int64_t* sizes) {
  return guard<int32_t>(0, [&] {
    const at::IntArrayRef all = tensor_of(handle).sizes();
    std::memcpy(sizes, all.data(), all.size() * sizeof(int64_t));
    return 1;
  });
}

void* tx_tensor_device(void* handle) {
  return guard<void*>(nullptr, [&] { return make_raw::string(tensor_of(handle).device().str()); });
}

void* tx_tensor_print(void* handle) {
  return guard<void*>(nullptr, [&] {
    std::ostringstream text;
    at::print(text, tensor_of(handle), 80);
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

void* tx_string_new(const char* text, size_t length) {
  return guard<void*>(nullptr, [&] { return make_raw::string(std::string(text, length)); });
}

const char* tx_string_data(void* string) {
  return guard<const char*>(nullptr, [&] { return borrow<std::string>(string).c_str(); });
}

size_t tx_string_size(void* string) {
  return guard<size_t>(0, [&] { return borrow<std::string>(string).size(); });
}

void tx_string_delete(void* string) { delete static_cast<std::string*>(string); }

void* tx_optional_tensor_new(void* handle) {
  return guard<void*>(nullptr, [&] {
    if (handle == nullptr) return make_raw::optional::Tensor(torch::nullopt);
    return make_raw::optional::Tensor(tensor_of(handle));
  });
}

void* tx_optional_tensor_get(void* handle) {
  return guard<void*>(nullptr, [&]() -> void* {
    const auto& optional = borrow<torch::optional<at::Tensor>>(handle);
    return optional.has_value() ? make_raw::Tensor(*optional) : nullptr;
  });
}

void tx_optional_tensor_delete(void* handle) { delete static_cast<torch::optional<at::Tensor>*>(handle); }

void* tx_tensor_list_new(void* const* handles, size_t size) {
  return guard<void*>(nullptr, [&] {
    std::vector<at::Tensor> list;
    list.reserve(size);
    for (size_t i = 0; i < size; ++i) list.push_back(tensor_of(handles[i]));
    return make_raw::TensorList(std::move(list));
  });
}

size_t tx_tensor_list_size(void* handle) {
  return guard<size_t>(0, [&] { return borrow<std::vector<at::Tensor>>(handle).size(); });
}

void* tx_tensor_list_get(void* handle, size_t index) {
  return guard<void*>(nullptr, [&] { return make_raw::Tensor(borrow<std::vector<at::Tensor>>(handle).at(index)); });
}

void tx_tensor_list_delete(void* handle) { delete static_cast<std::vector<at::Tensor>*>(handle); }
