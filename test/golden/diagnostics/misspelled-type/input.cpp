// [[torch::export]]
torch::Tensr step(tensor x, torch::Optional<torch::Tensor> h, std::vectr<torch::Tensor> xs, bol flag);
