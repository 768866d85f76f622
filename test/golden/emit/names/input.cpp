// golden: exports.cpp operators.cpp
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
torch::Device place(const torch::Device& device, torch::ScalarType dtype, torch::Layout layout) {
  static_cast<void>(dtype);
  static_cast<void>(layout);
  return device;
}

}  // namespace myext
