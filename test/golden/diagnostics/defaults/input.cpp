// [[torch::export]]
torch::Tensor step(torch::Tensor x, torch::Tensor w = torch::zeros({3, 4}), double decay = std::sqrt(2.0), int64_t n = 2.5,
                   int64_t m = 9223372036854775808, bool flag = kFlag, std::string mode = std::to_string(3),
                   torch::optional<torch::Tensor> h = torch::zeros({2}), std::vector<torch::Tensor> xs = {torch::zeros({1})},
                   double huge = 1e999, std::tuple<double, double> betas = {0.9, 0.99});
