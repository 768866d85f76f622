// golden: exports.h addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export(name="grid_sample", returns=c("values"))]]
std::tuple<torch::Tensor> grid_sample_impl(const torch::Tensor& x, double step_size = 0.5) {
  return std::make_tuple(x * step_size);
}

}  // namespace myext
