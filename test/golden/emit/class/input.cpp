// golden: exports.h exports.cpp operators.cpp myext.def
#include <myext/filter.h>

namespace myext {

// [[torch::export]]
Filter load_filter(const std::string& path) {
  return Filter(static_cast<int64_t>(path.size()));
}

// [[torch::export]]
torch::Tensor run_filter(Filter& filter, const torch::Tensor& x) {
  return filter.run(x, 1);
}

}  // namespace myext
