// golden: exports.cpp operators.cpp addon.cpp generated.ts
#include <myext/myext.h>

namespace myext {

// [[torch::export]]
std::string greet(const std::string& name, std::string greeting = "Grüße, \"du\"\\\n") {
  return greeting + name;
}

}  // namespace myext
