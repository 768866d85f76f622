// [[torch::export]]
double total(torch::Tensor x);
class Cell {
  // [[torch::export]]
  double hidden();

 protected:
  // [[torch::export]]
  double inherited();

 public:
  // [[torch::export]]
  static double shared(torch::Tensor x);
  // [[torch::export]]
  template <typename T>
  double fill(T value);
  // [[torch::export]]
  ~Cell();
  // [[torch::export]]
  double operator[](int64_t i);
  // [[torch::export]]
  operator bool() const;
  // [[torch::export]]
  auto guess() { return 1; }
  // [[torch::export]]
  double consume() &&;
  // [[torch::export]]
  double many(torch::Tensor x, ...);
  // [[torch::export]]
  Cell(const Cell& other) = delete;
  // [[torch::export]]
  friend double of(const Cell& cell);
  // [[torch::export]]
  double field;
  // [[torch::export]]
  double broken(torch::Tensor x, = 3);

 private:
  struct Inner {
    // [[torch::export]]
    double deep();
  };
};
template <typename T>
struct Box {
  // [[torch::export]]
  T get() const;
};
struct {
  // [[torch::export]]
  double get() const;
} unnamed;
namespace {
struct Unseen {
  // [[torch::export]]
  double get() const;
};
}
