// [[torch::export]]
torch::Tensor step(size_t x);

// [[torch::export]]
torch::Tensor other(
    torch::Tensor a,
    size_t b);
