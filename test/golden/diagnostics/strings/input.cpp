// [[torch::export]]
torch::Tensor load(const char* path, std::string_view mode, c10::string_view device);
