// How each kind of value crosses between JavaScript and the C ABI: `C` is its C type, `read` makes it of a JavaScript value,
// `write` makes a JavaScript value of it. A handle that `read` returns is borrowed, and lives until the Call ends; one that
// `write` takes is freed. After a failure `read` returns null, 0 or false, and `write` null.
#pragma once

#include <torch_extension/node_call.h>

#include <cmath>

namespace tx {
namespace node {

constexpr double kMaxSafeInteger = 9007199254740991.0;

struct Tensor {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    if (!call.ok()) return nullptr;
    tx_cell* cell = cell_of_number(call.env(), value);
    if (cell == nullptr) return call.fail("a tensor was expected");
    if (cell->handle != nullptr) return cell->handle;
    return call.fail("a tensor among its arguments was disposed. Dispose it after its last use");
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const Made<tx_cell> cell = cell_for(call.env(), handle);
    if (cell.owner == nullptr) return call.fail("there is no memory left for a result");
    return call.give(cell.owner, delete_cell, cell.number);
  }
};

/// Empty where the value is null or undefined.
struct OptionalTensor {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    if (!call.ok()) return nullptr;
    void* handle = call.is_absent(value) ? nullptr : Tensor::read(call, value);
    return call.ok() ? call.own(call.made(tx_optional_tensor_new(handle)), tx_optional_tensor_delete) : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    void* inside = tx_optional_tensor_get(handle);
    tx_optional_tensor_delete(handle);
    return inside == nullptr ? call.null() : Tensor::write(call, inside);
  }
};

struct TensorList {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    const uint32_t size = call.length(value);
    return call.attempt([&]() -> void* {
      std::vector<void*> handles(size);
      for (uint32_t i = 0; i < size; ++i) handles[i] = Tensor::read(call, call.element(value, i));
      if (!call.ok()) return nullptr;
      return call.own(call.made(tx_tensor_list_new(handles.data(), size)), tx_tensor_list_delete);
    });
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const size_t size = tx_tensor_list_size(handle);
    napi_value list = call.array(size);
    for (size_t i = 0; i < size && call.ok(); ++i) {
      call.set(list, static_cast<uint32_t>(i), Tensor::write(call, tx_tensor_list_get(handle, i)));
    }
    tx_tensor_list_delete(handle);
    return call.ok() ? list : nullptr;
  }
};

/// A whole number or a bigint within the range; out, a bigint where a number would lose digits.
struct Int64 {
  using C = int64_t;

  static int64_t read(Call& call, napi_value value) {
    double number = 0;
    int64_t integer = 0;
    bool lossless = false;
    if (!call.ok()) return 0;
    if (napi_get_value_double(call.env(), value, &number) == napi_ok) {
      if (number == std::floor(number) && std::fabs(number) <= kMaxSafeInteger) return static_cast<int64_t>(number);
      call.fail("an integer was expected; beyond 2^53 pass a bigint");
    } else if (napi_get_value_bigint_int64(call.env(), value, &integer, &lossless) != napi_ok || !lossless) {
      call.fail("an integer within the range of int64 was expected");
    }
    return call.ok() ? integer : 0;
  }

  static napi_value write(Call& call, int64_t integer) {
    napi_value value = nullptr;
    if (integer >= -9007199254740991 && integer <= 9007199254740991) {
      napi_create_int64(call.env(), integer, &value);
    } else {
      napi_create_bigint_int64(call.env(), integer, &value);
    }
    return value;
  }
};

struct Double {
  using C = double;

  static double read(Call& call, napi_value value) {
    double number = 0;
    if (call.ok() && napi_get_value_double(call.env(), value, &number) != napi_ok) call.fail("a number was expected");
    return number;
  }

  static napi_value write(Call& call, double number) {
    napi_value value = nullptr;
    napi_create_double(call.env(), number, &value);
    return value;
  }
};

struct Float {
  using C = float;
  static float read(Call& call, napi_value value) { return static_cast<float>(Double::read(call, value)); }
  static napi_value write(Call& call, float number) { return Double::write(call, static_cast<double>(number)); }
};

struct Int32 {
  using C = int32_t;

  static int32_t read(Call& call, napi_value value) {
    const double number = Double::read(call, value);
    if (number == std::floor(number) && std::fabs(number) <= 2147483648.0 && number != 2147483648.0) {
      return static_cast<int32_t>(number);
    }
    call.fail("an integer within the range of int32 was expected");
    return 0;
  }

  static napi_value write(Call& call, int32_t number) { return Int64::write(call, number); }
};

struct Bool {
  using C = bool;

  static bool read(Call& call, napi_value value) {
    bool boolean = false;
    if (call.ok() && napi_get_value_bool(call.env(), value, &boolean) != napi_ok) call.fail("a boolean was expected");
    return boolean;
  }

  static napi_value write(Call& call, bool boolean) {
    napi_value value = nullptr;
    napi_get_boolean(call.env(), boolean, &value);
    return value;
  }
};

/// In UTF-8.
struct String {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    size_t size = 0;
    if (!call.ok()) return nullptr;
    if (napi_get_value_string_utf8(call.env(), value, nullptr, 0, &size) != napi_ok) {
      return call.fail("a string was expected");
    }
    return call.attempt([&]() -> void* {
      std::string text(size + 1, '\0');
      napi_get_value_string_utf8(call.env(), value, &text[0], size + 1, &size);
      return call.own(call.made(tx_string_new(text.data(), size)), tx_string_delete);
    });
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    napi_value value = nullptr;
    napi_create_string_utf8(call.env(), tx_string_data(handle), tx_string_size(handle), &value);
    tx_string_delete(handle);
    return value;
  }
};

/// A boolean; a bigint or a whole number, as an integer; any other number. In, `[x]` is floating and `[re, im]` complex whatever
/// the numbers are; out, a complex one is `{ re, im }`.
struct Scalar {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    napi_valuetype type = napi_undefined;
    if (!call.ok()) return nullptr;
    napi_typeof(call.env(), value, &type);
    void* handle = nullptr;
    if (type == napi_boolean) {
      handle = tx_scalar_from_bool(Bool::read(call, value));
    } else if (type == napi_bigint) {
      handle = tx_scalar_from_int64(Int64::read(call, value));
    } else if (type == napi_object) {
      handle = read_parts(call, value);
    } else {
      const double number = Double::read(call, value);
      const bool is_integer = number == std::floor(number) && std::fabs(number) <= kMaxSafeInteger &&
                              !(number == 0 && std::signbit(number));
      handle = is_integer ? tx_scalar_from_int64(static_cast<int64_t>(number)) : tx_scalar_from_double(number);
    }
    return call.own(call.made(handle), tx_scalar_delete);
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    napi_value value = nullptr;
    switch (tx_scalar_kind(handle)) {
      case TX_SCALAR_BOOL:
        value = Bool::write(call, tx_scalar_int64(handle) != 0);
        break;
      case TX_SCALAR_INT:
        value = Int64::write(call, tx_scalar_int64(handle));
        break;
      case TX_SCALAR_FLOAT:
        value = Double::write(call, tx_scalar_double(handle));
        break;
      case TX_SCALAR_COMPLEX:
        value = call.object();
        call.set(value, "re", Double::write(call, tx_scalar_real(handle)));
        call.set(value, "im", Double::write(call, tx_scalar_imaginary(handle)));
        break;
      default:
        call.fail("the C++ returned a symbolic scalar, for which JavaScript has no value");
    }
    tx_scalar_delete(handle);
    return call.any_failed() ? nullptr : value;
  }

 private:
  static void* read_parts(Call& call, napi_value parts) {
    const bool is_complex = call.length(parts) == 2;
    const double real = Double::read(call, call.element(parts, 0));
    if (!is_complex) return tx_scalar_from_double(real);
    return tx_scalar_from_complex(real, Double::read(call, call.element(parts, 1)));
  }
};

/// What JavaScript knows by a name, and native code by the number of an enum of torch's.
template <void* (*New)(int64_t), int64_t (*Value)(void*), void (*Delete)(void*)>
struct Numbered {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    const int64_t number = Int64::read(call, value);
    return call.ok() ? call.own(call.made(New(number)), Delete) : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const int64_t number = Value(handle);
    Delete(handle);
    return Int64::write(call, number);
  }
};

using DType = Numbered<tx_scalar_type_new, tx_scalar_type_value, tx_scalar_type_delete>;
using MemoryFormat = Numbered<tx_memory_format_new, tx_memory_format_value, tx_memory_format_delete>;
using Layout = Int64;

/// `cpu`, `cuda:0`.
struct Device {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    void* text = String::read(call, value);
    return call.ok() ? call.own(call.made(tx_device_new(tx_string_data(text))), tx_device_delete) : nullptr;
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    void* text = tx_device_name(handle);
    tx_device_delete(handle);
    return String::write(call, text);
  }
};

/// An object of a class, which `Delete` frees.
template <void (*Delete)(void*)>
struct Object {
  using C = void*;

  static void* read(Call& call, napi_value value) {
    if (!call.ok()) return nullptr;
    tx_object* object = at_number<tx_object>(call.env(), value);
    if (object == nullptr) return call.fail("an object was expected");
    if (object->handle != nullptr) return object->handle;
    return call.fail("an object among its arguments was disposed. Dispose it after its last use");
  }

  static napi_value write(Call& call, void* handle) {
    if (call.made(handle) == nullptr) return nullptr;
    const Made<tx_object> object = object_for(call.env(), handle, Delete);
    if (object.owner == nullptr) return call.fail("there is no memory left for a result");
    return call.give(object.owner, delete_object, object.number);
  }
};

using Generator = Object<tx_generator_delete>;

}  // namespace node
}  // namespace tx
