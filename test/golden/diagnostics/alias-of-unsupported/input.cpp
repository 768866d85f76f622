using image = cv::Mat;
using images = std::tuple<image, torch::Tensor>;
using view = torch::Tensor&;
// [[torch::export]]
images load(view x);
