#define BEGIN_API extern "C" {
WEIRD_MACRO(torch::Tensor, x) {
int broken( ] ) ; case 3: @ ` \ "unclosed
'
}
PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) { m.def("f", &f }
#if defined(A)
void half(int a) {
#else
void half(double a) {
#endif
}
#if 0
// [[torch::export]]
int dead(int);
#endif
MYEXT_API(visible)
// [[torch::export]]
MYEXT_PURE torch::Tensor step(torch::Tensor x, size_t y) MYEXT_NOTHROW;
