// golden: exports.cpp operators.cpp declared.h
#include <myext/mode.h>

namespace myext {

// [[torch::export]]
Mode next_mode(Mode mode, torch::optional<Mode> last = torch::nullopt) {
  return last.has_value() ? *last : mode;
}

}  // namespace myext
