enum class Mode { nearest, linear };

struct Box {
  double left, right;
};

class Model {
 public:
  // [[torch::export]]
  explicit Model(const std::string& path);
};

// [[torch::export]]
torch::Tensor resize(torch::Tensor x, Mode mode, const std::vector<Box>& boxes);

// [[torch::export]]
Model* open_model(const std::string& path);
