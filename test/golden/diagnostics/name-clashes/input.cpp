// [[torch::export]]
torch::Tensor leaky_step(torch::Tensor x);
// [[torch::export]]
torch::Tensor leakyStep(torch::Tensor x);
// [[torch::export(name="leaky_step")]]
torch::Tensor other(torch::Tensor x);
// [[torch::export]]
torch::Tensor function(torch::Tensor x, double hidden_size, double hiddenSize);
// [[torch::export]]
torch::Tensor function_(torch::Tensor x);
// [[torch::export]]
torch::Tensor init(torch::Tensor x);
// [[torch::export]]
torch::Tensor hypot(torch::Tensor x);
// [[torch::export]]
torch::Tensor myext_last_error(torch::Tensor x);
// [[torch::export]]
torch::Tensor tx_relu(torch::Tensor x);
// [[torch::export]]
torch::Tensor größe(torch::Tensor π);
