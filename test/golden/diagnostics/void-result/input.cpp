// [[torch::export]]
void step(torch::Tensor x);
