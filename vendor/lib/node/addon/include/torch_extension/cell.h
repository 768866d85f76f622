// The owners of handles, as they cross between JavaScript (a number: an address) and native code.
#pragma once

#include <node_api.h>
#include <tx_runtime.h>

#include <cstdint>
#include <new>

/// Layout shared by every addon in the process: lib/node/torch/shared.ts carries the version that a change of it raises.
///
/// Made where a result is, freed by the finaliser of the Tensor object that it is attached to and by nothing else.
/// Releasing (dispose(), Symbol.dispose, tidy) empties it earlier; `handle` is the one released flag.
struct tx_cell {
  /// Owning handle of the tensor; null once released.
  void* handle;
  /// The storage whose bytes were reported to the collector for this cell, or null.
  const void* storage;
};

/// The same for an object of a class: how it is freed is known to the package that made it alone. `handle` is the released
/// flag. Which class it is of, the JavaScript object knows.
struct tx_object {
  void* handle;
  void (*deleter)(void*);
};

namespace tx {
namespace node {

// A user-space address has at most 53 significant bits on every platform that Node runs on, so a double holds it.

/// For a tx_cell that no Tensor owns.
inline void delete_cell(void* owner) {
  tx_cell* cell = static_cast<tx_cell*>(owner);
  tx_tensor_delete(cell->handle);
  delete cell;
}

/// For a tx_object that no JavaScript object owns.
inline void delete_object(void* owner) {
  tx_object* object = static_cast<tx_object*>(owner);
  if (object->handle != nullptr) object->deleter(object->handle);
  delete object;
}

/// An owner, as a JavaScript number, and its address for who has to free it after all.
template <class T>
struct Made {
  T* owner;
  napi_value number;
};

/// What is `number` of an owner. Null when there is no memory: the owner is freed then.
template <class T>
Made<T> numbered(napi_env env, T* owner, void (*deleter)(void*)) {
  napi_value number = nullptr;
  if (napi_create_double(env, static_cast<double>(reinterpret_cast<uintptr_t>(owner)), &number) == napi_ok) {
    return {owner, number};
  }
  deleter(owner);
  return {nullptr, nullptr};
}

/// A new cell that owns the handle. Null when there is no memory: the handle is freed then.
inline Made<tx_cell> cell_for(napi_env env, void* handle) {
  tx_cell* cell = new (std::nothrow) tx_cell{handle, nullptr};
  if (cell != nullptr) return numbered(env, cell, delete_cell);
  tx_tensor_delete(handle);
  return {nullptr, nullptr};
}

/// A new owner of the object. Null when there is no memory: the object is freed then.
inline Made<tx_object> object_for(napi_env env, void* handle, void (*deleter)(void*)) {
  tx_object* object = new (std::nothrow) tx_object{handle, deleter};
  if (object != nullptr) return numbered(env, object, delete_object);
  deleter(handle);
  return {nullptr, nullptr};
}

/// What a JavaScript number is the address of; null where the value is no number or no address.
template <class T>
T* at_number(napi_env env, napi_value value) {
  double number = 0;
  if (napi_get_value_double(env, value, &number) != napi_ok || !(number > 0)) return nullptr;
  return reinterpret_cast<T*>(static_cast<uintptr_t>(number));
}

inline tx_cell* cell_of_number(napi_env env, napi_value value) { return at_number<tx_cell>(env, value); }

}  // namespace node
}  // namespace tx
