// The operators of <ATen/TensorOperators.h>: x + y, x * 2, 1 - x, x < y and the rest with the same results, without the
// second that header takes to compile. Both may be included in one file: these are templates, so libtorch's own win.
#pragma once

#include <ATen/core/Tensor.h>

#if __has_include(<ATen/ops/empty_like_ops.h>)
#include <ATen/ops/empty_like_ops.h>

#include <type_traits>

namespace tx {
/// `T` where it is at::Tensor: argument-dependent lookup offers these operators for other types too.
template <class T>
using if_tensor = typename std::enable_if<std::is_same<T, at::Tensor>::value, at::Tensor>::type;

/// A new tensor of y's shape, dtype and device, filled with x.
inline at::Tensor filled_like(const at::Tensor& y, const at::Scalar& x) {
  return at::_ops::empty_like::call(y, {}, {}, {}, {}, at::MemoryFormat::Preserve).fill_(x);
}
}  // namespace tx

// In namespace at, where argument-dependent lookup finds them.
namespace at {
#define TX_TENSOR_OPERATOR(op, of_y, of_x)                      \
  template <class T>                                            \
  ::tx::if_tensor<T> operator op(const T& x, const Tensor& y) { \
    return of_y;                                                \
  }                                                             \
  template <class T>                                            \
  ::tx::if_tensor<T> operator op(const T& x, const Scalar& y) { \
    return of_y;                                                \
  }                                                             \
  template <class T>                                            \
  ::tx::if_tensor<T> operator op(const Scalar& x, const T& y) { \
    return of_x;                                                \
  }
TX_TENSOR_OPERATOR(+, x.add(y), y.add(x))
TX_TENSOR_OPERATOR(-, x.sub(y), ::tx::filled_like(y, x).sub_(y))
TX_TENSOR_OPERATOR(*, x.mul(y), y.mul(x))
TX_TENSOR_OPERATOR(/, x.div(y), ::tx::filled_like(y, x).div_(y))
TX_TENSOR_OPERATOR(%, x.remainder(y), ::tx::filled_like(y, x).remainder_(y))
TX_TENSOR_OPERATOR(&, x.bitwise_and(y), y.bitwise_and(x))
TX_TENSOR_OPERATOR(|, x.bitwise_or(y), y.bitwise_or(x))
TX_TENSOR_OPERATOR(^, x.bitwise_xor(y), y.bitwise_xor(x))
TX_TENSOR_OPERATOR(<, x.lt(y), y.gt(x))
TX_TENSOR_OPERATOR(<=, x.le(y), y.ge(x))
TX_TENSOR_OPERATOR(>, x.gt(y), y.lt(x))
TX_TENSOR_OPERATOR(>=, x.ge(y), y.le(x))
TX_TENSOR_OPERATOR(==, x.eq(y), y.eq(x))
TX_TENSOR_OPERATOR(!=, x.ne(y), y.ne(x))
#undef TX_TENSOR_OPERATOR
}  // namespace at

#else
// A libtorch without a header per operator.
#include <ATen/TensorOperators.h>
#endif
