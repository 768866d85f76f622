// [[torch::export]]
std::vector<> chunks(torch::optional<torch::Tensor, double> x, torch::Tensor<int> y, std::tuple<> z);
