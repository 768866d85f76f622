namespace myext {
class Sampler;
// [[torch::export]]
torch::Tensor draw(torch::Tensor weights, const Sampler& sampler, std::function<double(double)> f);
// [[torch::export]]
cv::Mat blur(const cv::Mat& x, cv::Mat* y, ::cv::Mat&& z, const std::vector<lib::Box<double, lib::Pair<int>>>& boxes);
// [[torch::export]]
torch::Tensor quoted(lib::Text<'a'> x, lib::Text<"it's"> y, const char* z, volatile int* v, decltype(kSize) d, unsigned long u);
// [[torch::export]]
tensor misspelt(torch::Tensr a, std::vectr<double> b, vector<double> c, string d, int64 e, std::optinal<torch::Tensor> f, torch::Device_ g);
// [[torch::export]]
double libraries(std::complex<double> a, c10::complex<float> b, std::variant<int64_t, double> c);
}
