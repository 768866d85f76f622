// Functions of torch that are no methods of a tensor, as thin as those: <ATen/ops/cat.h> and its like take a second to
// compile. For all that is not here include <ATen/ops/NAME.h>, which brings at::NAME. Shapes, dtypes and errors are those
// of the function of at that bears the name.
#pragma once

#include <ATen/core/Tensor.h>

#if __has_include(<ATen/ops/cat_ops.h>)
#include <ATen/ops/concat_ops.h>
#include <ATen/ops/elu_backward_ops.h>
#include <ATen/ops/elu_ops.h>
#include <ATen/ops/sigmoid_backward_ops.h>
#include <ATen/ops/stack_ops.h>
#include <ATen/ops/tanh_backward_ops.h>
// at::cat by its other name: the first takes a list whose header is the very one to be spared.
#define TX_THIN_CAT at::_ops::concat::call
#define TX_THIN(name) at::_ops::name::call
#else
// A libtorch without a header per operator.
#include <ATen/Functions.h>
#define TX_THIN_CAT at::cat
#define TX_THIN(name) at::name
#endif

namespace tx {

/// The tensors one behind the other along `dim`; their other sizes are equal.
inline at::Tensor cat(at::TensorList tensors, int64_t dim = 0) {
  return TX_THIN_CAT(tensors, dim);
}

/// Tensors of one shape beside each other along a new dimension `dim`.
inline at::Tensor stack(at::TensorList tensors, int64_t dim = 0) {
  return TX_THIN(stack)(tensors, dim);
}

/// x where x > 0, exp(x) - 1 elsewhere.
inline at::Tensor elu(const at::Tensor& x) {
  return TX_THIN(elu)(x, 1, 1, 1);
}

/// The gradient with respect to x, for y = elu(x) and the gradient `grad` with respect to y.
inline at::Tensor elu_backward(const at::Tensor& grad, const at::Tensor& y) {
  return TX_THIN(elu_backward)(grad, 1, 1, 1, /*is_result=*/true, y);
}

/// The gradient with respect to x, for y = x.sigmoid() and the gradient `grad` with respect to y.
inline at::Tensor sigmoid_backward(const at::Tensor& grad, const at::Tensor& y) {
  return TX_THIN(sigmoid_backward)(grad, y);
}

/// The gradient with respect to x, for y = x.tanh() and the gradient `grad` with respect to y.
inline at::Tensor tanh_backward(const at::Tensor& grad, const at::Tensor& y) {
  return TX_THIN(tanh_backward)(grad, y);
}

}  // namespace tx

#undef TX_THIN_CAT
#undef TX_THIN
