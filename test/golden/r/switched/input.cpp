// golden: exports.cpp exports.h myext.def
// mode: switched
#include <torch/torch.h>

// [[torch::export]]
std::vector<torch::Tensor> cell_forward(torch::Tensor input, torch::optional<torch::Tensor> bias, std::int64_t n, bool flag);

namespace inner {
// [[torch::export]]
torch::Tensor read_file(std::string path, std::vector<torch::Tensor> parts);
}

// [[torch::export(rcpp=FALSE)]]
double hidden(double x);
