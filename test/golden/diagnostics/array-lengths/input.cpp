constexpr size_t kSize = 3;
// [[torch::export]]
std::array<double, kSize> box(std::array<double, 2 + 1> a, std::array<double, 0> b, std::array<double, 100000> c, std::array<double> d);
// [[torch::export(returns=c("x", "y", "z"))]]
std::array<double, 2> corner(std::array<double, 2> x = {1, 2, 3}, std::array<void*, 2> y, c10::List<std::array<double, 2>> z);
