namespace a {
// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor);
}
namespace b {
// [[torch::export]]
torch::Tensor scale(torch::Tensor x, torch::Tensor factor);
}
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);
// [[torch::export(name="relu2")]]
torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }
// [[torch::export]]
double total(torch::Tensor x, double scale = 1.0);
// [[torch::export]]
double total(torch::Tensor x, double scale = 2.0);
// [[torch::export]]
double once(torch::Tensor x, double scale = 1.0);
// [[torch::export]]
double once(torch::Tensor, double by) { return by; }
