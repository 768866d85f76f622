// The part of the lib shim that Node loads: what lib/node/torch/addon.ts declares.
// Functions that take a cell get the Tensor itself as a last argument too, which they ignore: it keeps the collector off.
#define NAPI_EXPERIMENTAL
#include "state.h"

#include <torch_extension/module.h>
#include <tx_runtime.h>

#include <vector>

namespace {

using tx::node::State;

constexpr size_t kArguments = 3;

struct Arguments {
  napi_value value[kArguments];
  State* state = nullptr;

  Arguments(napi_env env, napi_callback_info info) {
    size_t count = kArguments;
    void* data = nullptr;
    napi_get_cb_info(env, info, &count, value, nullptr, &data);
    state = static_cast<State*>(data);
  }
};

napi_value throw_last(napi_env env) {
  const char* message = tx_last_error();
  tx::node::throw_error(env, message != nullptr ? message : "the torch runtime failed", tx_last_error_backtrace());
  tx_last_error_clear();
  return nullptr;
}

/// The handle in a cell, or null with an exception pending.
void* handle_of(napi_env env, napi_value value) {
  tx_cell* cell = tx::node::cell_of_number(env, value);
  if (cell != nullptr && cell->handle != nullptr) return cell->handle;
  tx::node::throw_error(env, "the tensor was disposed. Dispose it after its last use");
  return nullptr;
}

napi_value string_result(napi_env env, void* string) {
  if (string == nullptr) return throw_last(env);
  napi_value value = nullptr;
  napi_create_string_utf8(env, tx_string_data(string), tx_string_size(string), &value);
  tx_string_delete(string);
  return value;
}

napi_value int64_result(napi_env env, int64_t number) {
  if (number < 0) return throw_last(env);
  napi_value value = nullptr;
  napi_create_int64(env, number, &value);
  return value;
}

// attach(tensor, cell): the object owns the cell from here on.
napi_value attach(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  tx_cell* cell = tx::node::cell_of_number(env, arguments.value[1]);
  if (cell != nullptr && arguments.state->attach(env, arguments.value[0], cell)) return nullptr;
  if (cell != nullptr) tx::node::delete_cell(cell);
  tx::node::throw_error(env, "the result cannot be attached to a Tensor");
  return nullptr;
}

// release(cell, tensor)
napi_value release(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  tx_cell* cell = tx::node::cell_of_number(env, arguments.value[0]);
  if (cell != nullptr) arguments.state->release(env, cell);
  return nullptr;
}

// released(cell, tensor): boolean
napi_value released(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  tx_cell* cell = tx::node::cell_of_number(env, arguments.value[0]);
  napi_value value = nullptr;
  napi_get_boolean(env, cell == nullptr || cell->handle == nullptr, &value);
  return value;
}

// attachObject(object, owner): the object of a class owns its native part from here on.
napi_value attach_object(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  tx_object* object = tx::node::at_number<tx_object>(env, arguments.value[1]);
  if (object != nullptr && arguments.state->attach(env, arguments.value[0], object)) return nullptr;
  if (object != nullptr) tx::node::delete_object(object);
  tx::node::throw_error(env, "the result cannot be attached to an object");
  return nullptr;
}

// releaseObject(owner, object)
napi_value release_object(napi_env env, napi_callback_info info) {
  tx_object* object = tx::node::at_number<tx_object>(env, Arguments(env, info).value[0]);
  if (object != nullptr) State::release(object);
  return nullptr;
}

// releasedObject(owner, object): boolean
napi_value released_object(napi_env env, napi_callback_info info) {
  tx_object* object = tx::node::at_number<tx_object>(env, Arguments(env, info).value[0]);
  napi_value value = nullptr;
  napi_get_boolean(env, object == nullptr || object->handle == nullptr, &value);
  return value;
}

bool seed_of(napi_env env, napi_value value, uint64_t* seed) {
  bool lossless = false;
  if (napi_get_value_bigint_uint64(env, value, seed, &lossless) == napi_ok) return true;
  tx::node::throw_error(env, "a seed is a bigint");
  return false;
}

/// The handle of a generator, or null with an exception pending.
void* generator_of(napi_env env, napi_value value) {
  tx_object* object = tx::node::at_number<tx_object>(env, value);
  if (object != nullptr && object->handle != nullptr) return object->handle;
  tx::node::throw_error(env, "the generator was disposed. Dispose it after its last use");
  return nullptr;
}

// generator(seed): an object that nobody owns yet; attach it.
napi_value generator(napi_env env, napi_callback_info info) {
  uint64_t seed = 0;
  if (!seed_of(env, Arguments(env, info).value[0], &seed)) return nullptr;
  void* handle = tx_generator_new(seed);
  if (handle == nullptr) return throw_last(env);
  napi_value number = tx::node::object_for(env, handle, tx_generator_delete).number;
  if (number == nullptr) tx::node::throw_error(env, "there is no memory left for a generator");
  return number;
}

// generatorSeed(owner, object): bigint
napi_value generator_seed(napi_env env, napi_callback_info info) {
  void* handle = generator_of(env, Arguments(env, info).value[0]);
  if (handle == nullptr) return nullptr;
  napi_value value = nullptr;
  napi_create_bigint_uint64(env, tx_generator_seed(handle), &value);
  return value;
}

// setGeneratorSeed(owner, seed, object)
napi_value set_generator_seed(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  uint64_t seed = 0;
  void* handle = generator_of(env, arguments.value[0]);
  if (handle == nullptr || !seed_of(env, arguments.value[1], &seed)) return nullptr;
  return tx_generator_set_seed(handle, seed) != 0 ? nullptr : throw_last(env);
}

// reported(): bytes of storages that the collector knows of
napi_value reported(napi_env env, napi_callback_info info) {
  return int64_result(env, Arguments(env, info).state->reported());
}

/// Address and length in bytes of a typed array. False where the value is none.
bool bytes_of(napi_env env, napi_value array, void** data, size_t* bytes) {
  static const size_t kSizes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  napi_typedarray_type type = napi_int8_array;
  size_t length = 0;
  if (napi_get_typedarray_info(env, array, &type, &length, data, nullptr, nullptr) != napi_ok) return false;
  if (static_cast<size_t>(type) >= sizeof(kSizes) / sizeof(kSizes[0])) return false;
  *bytes = length * kSizes[type];
  return true;
}

// create(typedArray, dtype, sizes): a cell that nobody owns yet; attach it.
napi_value create(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  void* data = nullptr;
  size_t bytes = 0;
  int32_t dtype = -1;
  uint32_t ndim = 0;
  if (!bytes_of(env, arguments.value[0], &data, &bytes) ||
      napi_get_value_int32(env, arguments.value[1], &dtype) != napi_ok ||
      napi_get_array_length(env, arguments.value[2], &ndim) != napi_ok) {
    tx::node::throw_error(env, "create takes a typed array, a dtype and an array of sizes");
    return nullptr;
  }
  std::vector<int64_t> sizes(ndim);
  for (uint32_t i = 0; i < ndim; ++i) {
    napi_value size = nullptr;
    napi_get_element(env, arguments.value[2], i, &size);
    napi_get_value_int64(env, size, &sizes[i]);
  }
  void* handle = tx_tensor_from_bytes(data, bytes, dtype, sizes.data(), static_cast<int32_t>(ndim));
  if (handle == nullptr) return throw_last(env);
  napi_value cell = tx::node::cell_for(env, handle).number;
  if (cell == nullptr) tx::node::throw_error(env, "there is no memory left for a tensor");
  return cell;
}

// read(cell, dtype, typedArray, tensor): fills the array, which holds numel elements of that dtype.
napi_value read(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  void* handle = handle_of(env, arguments.value[0]);
  void* data = nullptr;
  size_t bytes = 0;
  int32_t dtype = -1;
  if (handle == nullptr) return nullptr;
  if (napi_get_value_int32(env, arguments.value[1], &dtype) != napi_ok ||
      !bytes_of(env, arguments.value[2], &data, &bytes)) {
    tx::node::throw_error(env, "read takes a cell, a dtype and a typed array");
    return nullptr;
  }
  return tx_tensor_read(handle, dtype, data, bytes) != 0 ? nullptr : throw_last(env);
}

// dtype(cell, tensor): a tx_dtype
napi_value dtype(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  return handle == nullptr ? nullptr : int64_result(env, tx_tensor_dtype(handle));
}

// scalarType(cell, tensor): the number of a c10::ScalarType
napi_value scalar_type(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  return handle == nullptr ? nullptr : int64_result(env, tx_tensor_scalar_type(handle));
}

napi_value numel(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  return handle == nullptr ? nullptr : int64_result(env, tx_tensor_numel(handle));
}

// sizes(cell, tensor): number[]
napi_value sizes(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  if (handle == nullptr) return nullptr;
  const int64_t ndim = tx_tensor_ndim(handle);
  if (ndim < 0) return throw_last(env);
  std::vector<int64_t> sizes(static_cast<size_t>(ndim));
  if (tx_tensor_sizes(handle, sizes.data()) == 0) return throw_last(env);
  napi_value array = nullptr;
  napi_create_array_with_length(env, sizes.size(), &array);
  for (size_t i = 0; i < sizes.size(); ++i) {
    napi_set_element(env, array, static_cast<uint32_t>(i), int64_result(env, sizes[i]));
  }
  return array;
}

napi_value device(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  return handle == nullptr ? nullptr : string_result(env, tx_tensor_device(handle));
}

napi_value print(napi_env env, napi_callback_info info) {
  void* handle = handle_of(env, Arguments(env, info).value[0]);
  return handle == nullptr ? nullptr : string_result(env, tx_tensor_print(handle));
}

napi_value version(napi_env env, napi_callback_info) { return tx::node::text_or_null(env, tx_libtorch_version()); }

}  // namespace

TX_NODE_MODULE(exports) {
  using tx::node::callback;
  State* state = State::create(env);
  tx::node::export_function(env, exports, "attach", callback<attach>, state);
  tx::node::export_function(env, exports, "release", callback<release>, state);
  tx::node::export_function(env, exports, "released", callback<released>);
  tx::node::export_function(env, exports, "attachObject", callback<attach_object>, state);
  tx::node::export_function(env, exports, "releaseObject", callback<release_object>);
  tx::node::export_function(env, exports, "releasedObject", callback<released_object>);
  tx::node::export_function(env, exports, "generator", callback<generator>);
  tx::node::export_function(env, exports, "generatorSeed", callback<generator_seed>);
  tx::node::export_function(env, exports, "setGeneratorSeed", callback<set_generator_seed>);
  tx::node::export_function(env, exports, "reported", callback<reported>, state);
  tx::node::export_function(env, exports, "create", callback<create>);
  tx::node::export_function(env, exports, "read", callback<read>);
  tx::node::export_function(env, exports, "dtype", callback<dtype>);
  tx::node::export_function(env, exports, "scalarType", callback<scalar_type>);
  tx::node::export_function(env, exports, "numel", callback<numel>);
  tx::node::export_function(env, exports, "sizes", callback<sizes>);
  tx::node::export_function(env, exports, "device", callback<device>);
  tx::node::export_function(env, exports, "print", callback<print>);
  tx::node::export_function(env, exports, "version", callback<version>);
}
