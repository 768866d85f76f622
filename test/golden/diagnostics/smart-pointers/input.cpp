// csrc/include/myext/model.h
namespace myext {
class Model {
 public:
  // [[torch::export]]
  explicit Model(int64_t size);
  // [[torch::export]]
  Model& grow(int64_t by);
};
struct Range {
  int64_t low;
  int64_t high;
};
struct Holder {
  std::unique_ptr<Model> model;
};
}  // namespace myext
// csrc/src/input.cpp
#include <myext/model.h>
namespace myext {
// [[torch::export]]
Model* open(const std::string& path);
// [[torch::export]]
const Model& current();
// [[torch::export]]
int64_t swallow(std::unique_ptr<Model> model, std::vector<std::unique_ptr<Model>> models);
// [[torch::export]]
std::shared_ptr<Range> range(std::shared_ptr<std::vector<double>> x, std::shared_ptr<std::shared_ptr<Model>> y);
// [[torch::export]]
void swap(std::shared_ptr<Model>& a, std::shared_ptr<Model>* b, Model** c, std::weak_ptr<Model> d, std::shared_ptr<const Model> e);
// [[torch::export]]
Holder hold(std::unique_ptr<Model, Deleter> model, const Model* none = nullptr);
}  // namespace myext
