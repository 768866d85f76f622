// What one environment (the main thread, or a worker) keeps: which storages its tensors hold, for the collector's books.
#pragma once

#ifndef NAPI_EXPERIMENTAL
#define NAPI_EXPERIMENTAL
#endif
#include <node_api.h>
#include <torch_extension/cell.h>
#include <tx_runtime.h>

#include <unordered_map>

namespace tx {
namespace node {

/// Storages below this are not reported: their bookkeeping would cost more than they weigh.
constexpr int64_t kReportedBytes = 4096;

/// Lives until its environment is gone and the last of its cells is finalised, in whichever order that happens.
class State {
 public:
  static State* create(napi_env env) {
    State* state = new State();
    napi_set_instance_data(
        env, state, [](napi_env, void* data, void*) { static_cast<State*>(data)->let_go(); }, nullptr);
    return state;
  }

  /// Gives the cell to a JavaScript object: freed when the object is collected. False where Node refuses.
  bool attach(napi_env env, napi_value object, tx_cell* cell) {
    if (napi_add_finalizer(env, object, cell, finalize, this, nullptr) != napi_ok) return false;
    ++holders_;
    const void* storage = nullptr;
    const int64_t bytes = tx_tensor_storage(cell->handle, &storage);
    if (bytes >= kReportedBytes) report(env, cell, storage, bytes);
    return true;
  }

  /// The same for an object of a class. How much memory it holds, nobody knows.
  bool attach(napi_env env, napi_value owner, tx_object* object) {
    if (napi_add_finalizer(env, owner, object, finalize_object, this, nullptr) != napi_ok) return false;
    ++holders_;
    return true;
  }

  static void release(tx_object* object) {
    if (object->handle == nullptr) return;
    void* handle = object->handle;
    object->handle = nullptr;
    object->deleter(handle);
  }

  /// Empties the cell. Nothing happens when it is empty already, so every way of releasing may come in any order.
  void release(node_api_basic_env env, tx_cell* cell) {
    if (cell->handle == nullptr) return;
    tx_tensor_delete(cell->handle);
    cell->handle = nullptr;
    if (cell->storage == nullptr) return;
    const auto found = storages_.find(cell->storage);
    cell->storage = nullptr;
    if (--found->second.cells > 0) return;
    adjust(env, -found->second.bytes);
    storages_.erase(found);
  }

  /// Bytes that the collector was told of and that are still held.
  int64_t reported() const { return reported_; }

 private:
  struct Storage {
    size_t cells;
    int64_t bytes;
  };

  State() = default;

  // Runs inside a collection: basic Node-API functions only.
  static void finalize(node_api_basic_env env, void* data, void* hint) {
    tx_cell* cell = static_cast<tx_cell*>(data);
    State* state = static_cast<State*>(hint);
    state->release(env, cell);
    delete cell;
    state->let_go();
  }

  static void finalize_object(node_api_basic_env, void* data, void* hint) {
    tx_object* object = static_cast<tx_object*>(data);
    release(object);
    delete object;
    static_cast<State*>(hint)->let_go();
  }

  void report(napi_env env, tx_cell* cell, const void* key, int64_t bytes) {
    Storage& storage = storages_[key];
    cell->storage = key;
    if (storage.cells++ > 0) return;
    storage.bytes = bytes;
    adjust(env, bytes);
  }

  void adjust(node_api_basic_env env, int64_t bytes) {
    reported_ += bytes;
    int64_t total = 0;
    napi_adjust_external_memory(env, bytes, &total);
  }

  void let_go() {
    if (--holders_ == 0) delete this;
  }

  // Bytes are those at the time of the report: a storage that is resized later must be taken back as it was added.
  std::unordered_map<const void*, Storage> storages_;
  int64_t reported_ = 0;
  // The environment and each attached cell.
  size_t holders_ = 1;
};

}  // namespace node
}  // namespace tx
