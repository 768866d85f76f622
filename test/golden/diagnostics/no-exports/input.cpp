#include <torch/types.h>

torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }
// The text "// [[torch::export]]" in a string or block comment marks nothing:
const char* help = "// [[torch::export]]";
const char* more = R"(
// [[torch::export]]
torch::Tensor f(float x);
)";
/*
// [[torch::export]]
*/
