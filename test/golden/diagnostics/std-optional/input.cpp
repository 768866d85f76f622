// [[torch::export]]
torch::Tensor step(torch::Tensor x, const std::optional<torch::Tensor>& state = std::nullopt);
