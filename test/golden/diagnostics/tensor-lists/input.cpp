// [[torch::export]]
torch::Tensor cat(at::TensorList xs, c10::ArrayRef<at::Tensor> ys, at::IntArrayRef sizes);
