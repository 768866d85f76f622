// Strings, scalars, and what torch has an enum or a small class for. Part of tx_runtime.cpp.
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <lantern/types.h>
#include <torch/version.h>

#include <mutex>

#include "guard.h"

namespace tx {

template <class T>
void release(void* handle) {
  delete static_cast<T*>(handle);
}

/// The tensor of a handle. Throws c10::Error when it is undefined.
inline const at::Tensor& borrow_tensor(void* handle) {
  const at::Tensor& tensor = borrow<at::Tensor>(handle);
  TORCH_CHECK(tensor.defined(), "an undefined tensor was passed");
  return tensor;
}

}  // namespace tx

void* tx_string_new(const char* text, size_t length) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::string(std::string(text, length)); });
}

const char* tx_string_data(void* string) {
  return tx::guard<const char*>(nullptr, [&] { return tx::borrow<std::string>(string).c_str(); });
}

size_t tx_string_size(void* string) {
  return tx::guard<size_t>(0, [&] { return tx::borrow<std::string>(string).size(); });
}

void tx_string_delete(void* string) { tx::release<std::string>(string); }

void* tx_scalar_from_bool(bool value) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Scalar(at::Scalar(value)); });
}

void* tx_scalar_from_int64(int64_t value) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Scalar(at::Scalar(value)); });
}

void* tx_scalar_from_double(double value) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Scalar(at::Scalar(value)); });
}

void* tx_scalar_from_complex(double real, double imaginary) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Scalar(at::Scalar(c10::complex<double>(real, imaginary))); });
}

int32_t tx_scalar_kind(void* handle) {
  return tx::guard<int32_t>(TX_SCALAR_OTHER, [&]() -> int32_t {
    const at::Scalar& scalar = tx::borrow<at::Scalar>(handle);
    if (scalar.isBoolean()) return TX_SCALAR_BOOL;
    if (scalar.isIntegral(/*includeBool=*/false)) return TX_SCALAR_INT;
    if (scalar.isFloatingPoint()) return TX_SCALAR_FLOAT;
    return scalar.isComplex() ? TX_SCALAR_COMPLEX : TX_SCALAR_OTHER;
  });
}

int64_t tx_scalar_int64(void* handle) {
  return tx::guard<int64_t>(0, [&] { return tx::borrow<at::Scalar>(handle).toLong(); });
}

double tx_scalar_double(void* handle) {
  return tx::guard<double>(0, [&] { return tx::borrow<at::Scalar>(handle).toDouble(); });
}

double tx_scalar_real(void* handle) {
  return tx::guard<double>(0, [&] { return tx::borrow<at::Scalar>(handle).toComplexDouble().real(); });
}

double tx_scalar_imaginary(void* handle) {
  return tx::guard<double>(0, [&] { return tx::borrow<at::Scalar>(handle).toComplexDouble().imag(); });
}

void tx_scalar_delete(void* handle) { tx::release<at::Scalar>(handle); }

void* tx_scalar_type_new(int64_t number) {
  return tx::guard<void*>(nullptr, [&] {
    TORCH_CHECK(number >= 0 && number < static_cast<int64_t>(at::ScalarType::NumOptions) &&
                    number != static_cast<int64_t>(at::ScalarType::Undefined),
                "libtorch " TORCH_VERSION " does not have that dtype");
    return make_raw::ScalarType(static_cast<at::ScalarType>(number));
  });
}

int64_t tx_scalar_type_value(void* handle) {
  return tx::guard<int64_t>(-1, [&] { return static_cast<int64_t>(tx::borrow<at::ScalarType>(handle)); });
}

void tx_scalar_type_delete(void* handle) { tx::release<at::ScalarType>(handle); }

void* tx_memory_format_new(int64_t number) {
  return tx::guard<void*>(nullptr, [&] {
    TORCH_CHECK(number >= 0 && number <= static_cast<int64_t>(at::MemoryFormat::ChannelsLast3d),
                "no memory format has the number ", number);
    return make_raw::MemoryFormat(static_cast<at::MemoryFormat>(number));
  });
}

int64_t tx_memory_format_value(void* handle) {
  return tx::guard<int64_t>(-1, [&] { return static_cast<int64_t>(tx::borrow<at::MemoryFormat>(handle)); });
}

void tx_memory_format_delete(void* handle) { tx::release<at::MemoryFormat>(handle); }

void* tx_device_new(const char* name) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Device(at::Device(std::string(name))); });
}

void* tx_device_name(void* handle) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::string(tx::borrow<at::Device>(handle).str()); });
}

void tx_device_delete(void* handle) { tx::release<at::Device>(handle); }

void* tx_generator_new(uint64_t seed) {
  return tx::guard<void*>(nullptr, [&] { return make_raw::Generator(at::detail::createCPUGenerator(seed)); });
}

uint64_t tx_generator_seed(void* handle) {
  return tx::guard<uint64_t>(0, [&] {
    at::Generator& generator = tx::borrow<at::Generator>(handle);
    const std::lock_guard<std::mutex> lock(generator.mutex());
    return generator.current_seed();
  });
}

int32_t tx_generator_set_seed(void* handle, uint64_t seed) {
  return tx::guard<int32_t>(0, [&] {
    at::Generator& generator = tx::borrow<at::Generator>(handle);
    const std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_current_seed(seed);
    return 1;
  });
}

void tx_generator_delete(void* handle) { tx::release<at::Generator>(handle); }
