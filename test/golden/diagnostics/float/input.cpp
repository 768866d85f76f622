// [[torch::export]]
torch::Tensor scale(const torch::Tensor& x, float factor, const float& other);
