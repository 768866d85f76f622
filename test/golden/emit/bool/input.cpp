// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
bool either(bool a, bool b = false) {
  return a || b;
}

}  // namespace myext
