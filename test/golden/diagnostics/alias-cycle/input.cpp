namespace myext {
using first = std::tuple<second, torch::Tensor>;
using second = third;
typedef first third;
// [[torch::export]]
first step(second x);
}
