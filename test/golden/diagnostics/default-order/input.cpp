// [[torch::export]]
torch::Tensor step(torch::Tensor x, double decay = 0.9, torch::Tensor state, bool flag = true, int64_t n);
