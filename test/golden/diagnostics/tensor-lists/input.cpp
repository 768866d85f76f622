// [[torch::export]]
at::TensorList cat(at::ITensorListRef xs, std::vector<at::TensorList> ys, c10::OptionalIntArrayRef sizes);
