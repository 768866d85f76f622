// [[torch::export]]
torch::Tensor step(float x);

// [[torch::export]]
torch::Tensor other(
    torch::Tensor a,
    float b);
