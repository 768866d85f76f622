/* [[torch::export]] */
torch::Tensor relu(torch::Tensor x);

/**
 * Rectifies, smoothly.
 * [[torch::export]]
 */
torch::Tensor gelu(torch::Tensor x);

/*
// [[torch::export]]
torch::Tensor commented_out(torch::Tensor x);
*/

// [[torch::export]]
torch::Tensor then(torch::Tensor x);
/// ends in a backslash \
// [[torch::export]]
torch::Tensor lost(torch::Tensor x);
