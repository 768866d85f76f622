// [[torch::export]]
std::pair<torch::Tensor, double> split(torch::optional<double> p, std::vector<int64_t> sizes, std::vector<std::string> names, std::vector<std::vector<torch::Tensor>> x);
