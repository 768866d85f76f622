// [[torch::export]]
torch::Tensor take(torch::Tensor x, int16_t n, unsigned long long m, size_t k, uint8_t i, long int l);
