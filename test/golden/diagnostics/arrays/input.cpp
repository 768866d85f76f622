// [[torch::export]]
double total(double values[3], torch::Tensor xs[]);
