// [[torch::export]]
torch::Tensor relu(torch::Tensor x, = 3);

// [[torch::export]]
torch::Tensor unfinished(torch::Tensor x)

// [[torch::export]]
torch::Tensor gelu(torch::Tensor x) { return x

