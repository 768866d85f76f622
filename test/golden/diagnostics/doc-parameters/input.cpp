/// Sets what is negative to zero.
/// @param inptu what comes in
/// @param slope how steep
// [[torch::export]]
torch::Tensor relu(torch::Tensor input);
