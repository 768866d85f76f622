// golden: generated.ts exports.h
#include <torch_extension/tensor.h>

#include <myext/types/scored.h>

namespace myext {

// [[torch::export]]
scored named_scale(const scored& x) {
  return scored(std::get<0>(x) * std::get<1>(x), std::get<1>(x));
}

// [[torch::export]]
kernel_map named_map(kernel_map x) { return x; }

// [[torch::export]]
std::vector<span> named_spans(std::vector<span> x) { return {x.rbegin(), x.rend()}; }

// [[torch::export]]
std::tuple<scored, torch::optional<span>> named_inside(std::tuple<scored, torch::optional<span>> x) { return x; }

// [[torch::export]]
std::tuple<torch::Tensor, double> named_not(std::tuple<torch::Tensor, double> x) { return x; }

}  // namespace myext
