// golden: exports.h exports.cpp operators.cpp
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
torch::optional<int64_t> successor(torch::optional<int64_t> x, torch::optional<double> by = 0.5) {
  if (!x.has_value() || !by.has_value()) return torch::nullopt;
  return *x + 1;
}

}  // namespace myext
