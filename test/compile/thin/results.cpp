// Prints what the operators between tensors and scalars return; compiled once with libtorch's own, once with ours.
#ifdef WITH_LIBTORCHS
#include <ATen/TensorOperators.h>
#endif
#include <torch_extension/functions.h>
#include <torch_extension/tensor.h>
#ifdef WITH_LIBTORCHS_AFTER
#include <torch/types.h>
#endif

#include <ATen/ops/arange.h>
#include <iostream>

#define SHOW(expression) show_result(#expression, [&] { return expression; })

namespace {
template <class F>
void show_result(const char* text, const F& result) {
  try {
    std::cout << text << " = " << result() << std::endl;
  } catch (const c10::Error& error) {
    std::cout << text << ": " << error.what_without_backtrace() << std::endl;
  }
}
}  // namespace

namespace elsewhere {
void show(const torch::Tensor& x, const torch::Tensor& y) {
  SHOW(x + y), SHOW(x - y), SHOW(x * y), SHOW(x / y), SHOW(x % y);
  SHOW(x < y), SHOW(x <= y), SHOW(x > y), SHOW(x >= y), SHOW(x == y), SHOW(x != y);
  SHOW(x + 2), SHOW(x - 2.5), SHOW(x * 2), SHOW(x / 2), SHOW(x % 2), SHOW(x < 2), SHOW(x <= 2), SHOW(x > 2);
  SHOW(x >= 2), SHOW(x == 2), SHOW(x != 2);
  SHOW(2 + x), SHOW(2.5 - x), SHOW(2 * x), SHOW(2.5 / x), SHOW(7 % x), SHOW(2 < x), SHOW(2 <= x), SHOW(2 > x);
  SHOW(2 >= x), SHOW(2 == x), SHOW(2 != x), SHOW(-x + (y > 2) * x);
}
}  // namespace elsewhere

static_assert(torch::kUInt8 == at::kByte && torch::kF64 == at::kDouble && torch::kFloat16 == at::kHalf, "names of dtypes");

int main() {
  const torch::Tensor floats = at::arange(1, 5, torch::kFloat32).reshape({2, 2});
  const torch::Tensor integers = at::arange(4, 0, -1, torch::kInt64).reshape({2, 2});
  elsewhere::show(floats, integers);
  elsewhere::show(integers, floats);
  elsewhere::show(integers, integers.select(0, 1));
  SHOW(integers & 1), SHOW(1 & integers), SHOW(integers | 8), SHOW(8 | integers), SHOW(integers ^ 1), SHOW(1 ^ integers);
  SHOW(integers & integers), SHOW(integers | integers), SHOW(integers ^ integers);
  SHOW(tx::cat({floats, floats}, 1)), SHOW(tx::stack({floats, floats})), SHOW(tx::elu(-floats));
  SHOW(tx::elu_backward(floats, tx::elu(-floats)));
  SHOW(tx::sigmoid_backward(floats, floats.sigmoid())), SHOW(tx::tanh_backward(floats, floats.tanh()));
  return 0;
}
