// golden: exports.h exports.cpp operators.cpp declared.h generated.ts
#include <myext/box.h>

namespace myext {

// [[torch::export]]
Box grow(const Box& box, float by) {
  return Box{box.name, box.corner + by, box.size};
}

}  // namespace myext
