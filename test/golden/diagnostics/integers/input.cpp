// [[torch::export]]
torch::Tensor take(torch::Tensor x, int n, unsigned long long m, size_t k, int32_t i, long int l);
