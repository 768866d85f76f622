// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
int64_t product(int64_t a, const int64_t& b = -9223372036854775807, int64_t c = 3) {
  return a * b * c;
}

}  // namespace myext
