namespace myext {
using tensor_pair = std::tuple<torch::Tensor, torch::Tensor>;

// [[torch::export(rcpp=FALSE, register_types=c("tensor_pair", "TensorPair", "void*", "myext::tensor_pair"))]]
tensor_pair halves(torch::Tensor x);

// [[torch::export(name="all", register_types=list(
//   c("tensor_pair", "TensorPair", "void*", "myext::tensor_pair"),
//   c("tensor_list", "TensorList", "void*", "torch::TensorList")), rcpp=FALSE)]]
tensor_pair both(torch::Tensor x);

// [[torch::export(register_type=c("tensor_pair"))]]
torch::Tensor neither(torch::Tensor x);

// [[torch::export]]
tensor_pair plain(torch::Tensor x);

// [[torch::export(rcpp=FALSE, register_types=c("tensor_pair", "Pair", "void*", "myext::tensor_pair"))]]
torch::Tensor again(const tensor_pair& x);
}  // namespace myext
