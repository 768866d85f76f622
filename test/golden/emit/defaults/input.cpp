// golden: operators.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
torch::Tensor blend(
    const torch::Tensor& x,
    const torch::optional<torch::Tensor>& mask = torch::nullopt,
    int64_t steps = 3,
    double rate = 0.25,
    bool inplace = false,
    std::string mode = "linear") {
  return mask.has_value() && !inplace && mode == "linear" ? x * *mask * rate * steps : x;
}

}  // namespace myext
