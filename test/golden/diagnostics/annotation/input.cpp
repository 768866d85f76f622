// [[torch::export(name="activate"]]
torch::Tensor a(torch::Tensor x);
// [[torch::export(return=c("x", "y"), rccp=FALSE, verbose=TRUE)]]
torch::Tensor b(torch::Tensor x);
// [[torch::export(name=3, returns=c(1, 2), rcpp="no", register_types=c("a", "b"))]]
torch::Tensor c(torch::Tensor x);
// [[torch::export(name="d1", name="d2")]]
torch::Tensor d(torch::Tensor x);
// [[torch::export]
torch::Tensor e(torch::Tensor x);
// [[torch::export(name="say \"hi\"")]]
torch::Tensor f(torch::Tensor x);
// [[torch::exprot]]
torch::Tensor g(torch::Tensor x);
[[torch::export]] torch::Tensor h(torch::Tensor x);
// [[torch::export]]
// [[torch::export(name="i2")]]
torch::Tensor i(torch::Tensor x);
