// golden: converters.h converters.cpp
#include <torch/torch.h>

// [[torch::export]]
std::tuple<std::tuple<torch::Tensor, std::string>, int64_t> nest(std::tuple<bool, double> pair);
