/* The C ABI between libtorch and any host: plain C types, no torch header. A `void*` is an owning handle unless a comment
 * says borrowed. No exception leaves a function: one that fails returns null, -1 or 0 and leaves its message in
 * tx_last_error(), which belongs to the calling thread. */
#ifndef TX_RUNTIME_H
#define TX_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#ifdef TX_RUNTIME_BUILD
#define TX_EXPORT __declspec(dllexport)
#else
#define TX_EXPORT __declspec(dllimport)
#endif
#else
#define TX_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
#define TX_API extern "C" TX_EXPORT
#else
#define TX_API TX_EXPORT
#endif

/* The dtypes that a JavaScript typed array can hold: as they are, complex ones as real and imaginary parts in turn; float16 and
 * bfloat16 as float32. */
enum tx_dtype {
  TX_UINT8 = 0,
  TX_INT8 = 1,
  TX_INT16 = 2,
  TX_INT32 = 3,
  TX_INT64 = 4,
  TX_FLOAT16 = 5,
  TX_FLOAT32 = 6,
  TX_FLOAT64 = 7,
  TX_BOOL = 8,
  TX_BFLOAT16 = 9,
  TX_COMPLEX64 = 10,
  TX_COMPLEX128 = 11,
  TX_OTHER = 12
};

/* Message of the last failure in this thread, or null. Borrowed: valid until the next call that fails or clears. */
TX_API const char* tx_last_error(void);
/* Its C++ backtrace where libtorch gave one, or null. Borrowed, likewise. */
TX_API const char* tx_last_error_backtrace(void);
TX_API void tx_last_error_clear(void);
/* The libtorch whose headers this was compiled with: "2.6.0". */
TX_API const char* tx_libtorch_version(void);

/* A CPU tensor of that dtype and shape with a copy of `bytes`, which hold it contiguously: TX_FLOAT16 and TX_BFLOAT16 as
 * 32-bit floats, every other dtype as itself. Fails when `length` is not what dtype and shape need. */
TX_API void* tx_tensor_from_bytes(const void* bytes, size_t length, int32_t dtype, const int64_t* sizes, int32_t ndim);
/* Copies all elements, contiguous and converted to `dtype` (never TX_FLOAT16, TX_BFLOAT16, TX_OTHER), to `out` on the CPU.
 * `length` is numel times the element's size. 0 when it fails, 1 otherwise. */
TX_API int32_t tx_tensor_read(void* tensor, int32_t dtype, void* out, size_t length);
TX_API void tx_tensor_delete(void* tensor);
/* A tx_dtype, or -1. */
TX_API int32_t tx_tensor_dtype(void* tensor);
/* The number of its c10::ScalarType, or -1: for those that are TX_OTHER. */
TX_API int32_t tx_tensor_scalar_type(void* tensor);
/* -1 when it fails. */
TX_API int64_t tx_tensor_ndim(void* tensor);
TX_API int64_t tx_tensor_numel(void* tensor);
/* Writes ndim numbers. 0 when it fails, 1 otherwise. */
TX_API int32_t tx_tensor_sizes(void* tensor, int64_t* sizes);
/* "cpu", "cuda:0": a string handle. */
TX_API void* tx_tensor_device(void* tensor);
/* As libtorch prints it: a string handle. */
TX_API void* tx_tensor_print(void* tensor);
/* Bytes of the storage and, in `key`, what tells one storage from another while a tensor holds it. 0 where there is none. */
TX_API int64_t tx_tensor_storage(void* tensor, const void** key);

TX_API void* tx_string_new(const char* text, size_t length);
/* Borrowed, ends in a zero. */
TX_API const char* tx_string_data(void* string);
TX_API size_t tx_string_size(void* string);
TX_API void tx_string_delete(void* string);

/* Holds another handle's tensor, or none where `tensor` is null. */
TX_API void* tx_optional_tensor_new(void* tensor);
/* A new handle of the tensor inside, or null where there is none. */
TX_API void* tx_optional_tensor_get(void* optional);
TX_API void tx_optional_tensor_delete(void* optional);

/* Holds the tensors of `size` borrowed handles. */
TX_API void* tx_tensor_list_new(void* const* tensors, size_t size);
TX_API size_t tx_tensor_list_size(void* list);
/* A new handle of one element, or null. */
TX_API void* tx_tensor_list_get(void* list, size_t index);
TX_API void tx_tensor_list_delete(void* list);

enum tx_scalar_kind {
  TX_SCALAR_BOOL = 0,
  TX_SCALAR_INT = 1,
  TX_SCALAR_FLOAT = 2,
  TX_SCALAR_COMPLEX = 3,
  TX_SCALAR_OTHER = 4
};

TX_API void* tx_scalar_from_bool(bool value);
TX_API void* tx_scalar_from_int64(int64_t value);
TX_API void* tx_scalar_from_double(double value);
TX_API void* tx_scalar_from_complex(double real, double imaginary);
/* A tx_scalar_kind. */
TX_API int32_t tx_scalar_kind(void* scalar);
TX_API int64_t tx_scalar_int64(void* scalar);
TX_API double tx_scalar_double(void* scalar);
/* Of a scalar of any kind. */
TX_API double tx_scalar_real(void* scalar);
TX_API double tx_scalar_imaginary(void* scalar);
TX_API void tx_scalar_delete(void* scalar);

/* By the numbers of c10::ScalarType and c10::MemoryFormat. Null for a number that this libtorch does not have. */
TX_API void* tx_scalar_type_new(int64_t number);
TX_API int64_t tx_scalar_type_value(void* type);
TX_API void tx_scalar_type_delete(void* type);
TX_API void* tx_memory_format_new(int64_t number);
TX_API int64_t tx_memory_format_value(void* format);
TX_API void tx_memory_format_delete(void* format);

/* Of "cpu", "cuda:0"; its name is a string handle. */
TX_API void* tx_device_new(const char* name);
TX_API void* tx_device_name(void* device);
TX_API void tx_device_delete(void* device);

/* A random number generator of the CPU. */
TX_API void* tx_generator_new(uint64_t seed);
TX_API uint64_t tx_generator_seed(void* generator);
/* 0 when it fails, 1 otherwise. */
TX_API int32_t tx_generator_set_seed(void* generator, uint64_t seed);
TX_API void tx_generator_delete(void* generator);

/* What is a handle in `element` is borrowed on its way in, and a new one on its way out. */
#define TX_OPTIONAL_API(name, element)                             \
  TX_API void* tx_optional_##name##_new(element value);            \
  TX_API void* tx_optional_##name##_none(void);                    \
  TX_API bool tx_optional_##name##_has_value(void* optional);      \
  TX_API element tx_optional_##name##_get(void* optional);         \
  TX_API void tx_optional_##name##_delete(void* optional)
#define TX_LIST_API(name, element)                                 \
  TX_API void* tx_##name##_list_new(void);                         \
  TX_API void tx_##name##_list_push(void* list, element value);    \
  TX_API int64_t tx_##name##_list_size(void* list);                \
  TX_API element tx_##name##_list_get(void* list, int64_t index);  \
  TX_API void tx_##name##_list_delete(void* list)

TX_OPTIONAL_API(double, double);
TX_OPTIONAL_API(bool, bool);
TX_OPTIONAL_API(string, void*);
TX_OPTIONAL_API(memory_format, void*);
TX_OPTIONAL_API(generator, void*);
TX_LIST_API(int64, int64_t);
TX_LIST_API(double, double);
TX_LIST_API(bool, bool);
TX_LIST_API(string, void*);

#endif
