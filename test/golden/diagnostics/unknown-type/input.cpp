namespace myext {
class Sampler;
// [[torch::export]]
torch::Tensor draw(torch::Tensor weights, const Sampler& sampler, std::function<double(double)> f);
}
