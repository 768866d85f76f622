// [[torch::export]]
torch::Tensor& add_(torch::Tensor& self, std::vector<torch::Tensor>& xs, torch::Tensor* out, const torch::Tensor&& moved,
                    std::tuple<torch::Tensor*, const double> pair);
