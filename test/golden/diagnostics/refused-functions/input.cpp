// [[torch::export]]
template <typename T>
torch::Tensor fill(T value);
// [[torch::export]]
static torch::Tensor hidden(torch::Tensor x);
// [[torch::export]]
auto guess(torch::Tensor x) { return x; }
// [[torch::export]]
torch::Tensor many(torch::Tensor x, ...);
// [[torch::export]]
torch::Tensor operator+(torch::Tensor a, torch::Tensor b);
// [[torch::export]]
inline torch::Tensor quick(torch::Tensor x) { return x; }
// [[torch::export]]
extern "C" double total(torch::Tensor x);
// [[torch::export]]
torch::Tensor gone(torch::Tensor x) = delete;
// [[torch::export]]
torch::Tensor Cell::step(torch::Tensor x) { return x; }
namespace {
// [[torch::export]]
torch::Tensor unseen(torch::Tensor x);
}
extern "C" {
// [[torch::export]]
double linked(torch::Tensor x);
}
// [[torch::export]]
consteval double early(double x) { return x; }
// [[torch::export]]
torch::Tensor rest(auto x);
// [[torch::export]]
template <> torch::Tensor fill<double>(double value);
void outer() {
  // [[torch::export]]
  torch::Tensor inner(torch::Tensor x);
}
