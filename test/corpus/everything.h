#pragma once
#include <torch/types.h>  // é
#ifdef WITH_X
#define API __attribute__((visibility("default")))
#else
#define API
#endif
namespace myext {
/// How edges are filled.
enum class Padding : uint8_t { none, same = 1 << 2 /* four */, full };  // "
using Pair = std::tuple<torch::Tensor, torch::optional<double>>;
/// What a step takes: 'x', "y" and \n.
struct API Options final {
  /// The rate.
  double rate = 0.5;
  int64_t steps{3};  ///< how many
  std::vector<int64_t> sizes = {1, 2};
  Padding padding = Padding::same;
};
class Cell : public Base {
  int64_t size_;

 public:
  /// Makes one.
  // [[torch::export]]
  explicit Cell(int64_t n = 3) : size_{n} { reset(R"x(}")x"); }
  // [[torch::export]]
  torch::Tensor step(const torch::Tensor& x, Options options) const noexcept;
};
/**
 * One step.
 * @param x input
 * @returns what comes out
 */
// [[torch::export(name="go", returns=c("output",
//   "rate"))]]
[[nodiscard]] auto run(Cell& cell, const torch::optional<torch::Tensor>& x = {}, Padding p = Padding::full,
                       std::map<std::string, std::vector<double>> more = {}, std::string mode = "a, b)")
    -> Pair;
#if 0
// [[torch::export]]
void never(;
#endif
}  // namespace myext
TORCH_LIBRARY(myext, m) { m.def("go(Tensor x) -> Tensor"); }
