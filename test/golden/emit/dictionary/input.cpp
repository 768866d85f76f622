// golden: exports.h exports.cpp operators.cpp
#include <ATen/core/Dict.h>
#include <myext/myext.h>

#include <unordered_map>

namespace myext {

// [[torch::export]]
std::unordered_map<std::string, double> rates(const c10::Dict<std::string, torch::Tensor>& x) {
  std::unordered_map<std::string, double> found;
  for (const auto& entry : x) found[entry.key()] = entry.value().sum().item<double>();
  return found;
}

}  // namespace myext
