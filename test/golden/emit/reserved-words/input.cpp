// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export(returns=c("function", "in"))]]
std::tuple<torch::Tensor, torch::Tensor> yield(
    const torch::Tensor& in, const torch::Tensor& result, double call = 1.0, double env = 2.0, int64_t var = 1) {
  return std::make_tuple(in * call, result * env * var);
}

}  // namespace myext
