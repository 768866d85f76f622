// [[torch::export(returns=c("a"))]]
std::tuple<torch::Tensor, torch::Tensor> two(torch::Tensor x);
// [[torch::export(returns=c("a", "b"))]]
torch::Tensor one(torch::Tensor x);
// [[torch::export(returns=c("new_h", "newH", "a", "a"))]]
std::vector<torch::Tensor> some(torch::Tensor x);
