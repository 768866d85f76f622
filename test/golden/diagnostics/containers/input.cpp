// [[torch::export]]
std::map<double, torch::Tensor> split(torch::optional<torch::optional<double>> p, std::vector<void*> sizes, std::array<double, 3> box, std::pair<double> both, c10::Dict<std::string, float> rates);
