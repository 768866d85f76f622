// How an addon presents itself to Node, and how it throws.
#pragma once

#include <node_api.h>

#include <cstring>
#include <exception>

// The version that a module reports decides whether Node runs basic finalisers inside a collection. Node's own headers report
// the experimental one for NAPI_EXPERIMENTAL; those of the npm package node-api-headers do not, so it is said here.
#ifdef NAPI_EXPERIMENTAL
#define TX_NODE_API_VERSION 2147483647
#else
#define TX_NODE_API_VERSION 8
#endif

/// Defines the module. `env` and `exports` are in scope of the block that follows.
#define TX_NODE_MODULE(exports)                                                                    \
  static void tx_node_module_fill(napi_env env, napi_value exports);                               \
  extern "C" NAPI_MODULE_EXPORT int32_t NAPI_CDECL node_api_module_get_api_version_v1(void) {      \
    return TX_NODE_API_VERSION;                                                                    \
  }                                                                                                \
  extern "C" NAPI_MODULE_EXPORT napi_value NAPI_CDECL napi_register_module_v1(napi_env env,        \
                                                                              napi_value object) { \
    tx::node::guarded(env, [&] { tx_node_module_fill(env, object); });                             \
    return object;                                                                                 \
  }                                                                                                \
  static void tx_node_module_fill([[maybe_unused]] napi_env env, [[maybe_unused]] napi_value exports)

namespace tx {
namespace node {

/// Adds a function to the module. `data` comes back in napi_get_cb_info.
inline void export_function(napi_env env, napi_value exports, const char* name, napi_callback function,
                            void* data = nullptr) {
  napi_value value = nullptr;
  if (napi_create_function(env, name, NAPI_AUTO_LENGTH, function, data, &value) == napi_ok) {
    napi_set_named_property(env, exports, name, value);
  }
}

/// The text as a string, or null.
inline napi_value text_or_null(napi_env env, const char* text) {
  napi_value value = nullptr;
  if (text == nullptr) {
    napi_get_null(env, &value);
  } else {
    napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
  }
  return value;
}

/// Throws an Error. What follows libtorch's «Exception raised from», or `backtrace` where it is given apart, goes into its
/// property `backtrace`, so that the message stays readable.
inline void throw_error(napi_env env, const char* text, const char* backtrace = nullptr) {
  if (text == nullptr) text = "an unknown C++ exception";
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return;
  size_t length = std::strlen(text);
  if (const char* raised = std::strstr(text, "\nException raised from ")) {
    length = static_cast<size_t>(raised - text);
    if (backtrace == nullptr) backtrace = raised + 1;
  }
  // Those of CUDA end in a line of their own.
  while (length > 0 && text[length - 1] == '\n') --length;
  napi_value message = nullptr;
  napi_value error = nullptr;
  napi_create_string_utf8(env, text, length, &message);
  if (napi_create_error(env, nullptr, message, &error) != napi_ok) return;
  if (backtrace != nullptr) {
    napi_value trace = nullptr;
    napi_create_string_utf8(env, backtrace, NAPI_AUTO_LENGTH, &trace);
    // Not enumerable: it is dozens of lines, and a printed error shows enumerable properties.
    napi_property_descriptor property = {"backtrace", nullptr, nullptr, nullptr, nullptr, trace, napi_writable, nullptr};
    napi_define_properties(env, error, 1, &property);
  }
  napi_throw(env, error);
}

/// Runs `body`. No exception may cross Node-API: one that leaves it, as a rule for want of memory, is thrown as an Error.
template <class Body>
void guarded(napi_env env, const Body& body) noexcept {
  try {
    body();
  } catch (const std::exception& error) {
    throw_error(env, error.what());
  } catch (...) {
    throw_error(env, nullptr);
  }
}

/// A callback that lets no exception out.
template <napi_callback function>
napi_value callback(napi_env env, napi_callback_info info) {
  napi_value result = nullptr;
  guarded(env, [&] { result = function(env, info); });
  return result;
}

}  // namespace node
}  // namespace tx
