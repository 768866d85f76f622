#include <torch_extension/tensor.h>

#include <memory>

// [[torch::export]]
double first(const double* x, double** rows);

// [[torch::export(rcpp=FALSE)]]
void* kept(void** x, void*& y, const void* z);

// [[torch::export]]
std::unique_ptr<torch::Tensor> shared(const std::shared_ptr<torch::Tensor>& x);
