// [[torch::export(rcpp=FALSE)]]
at::TensorList cat(at::ITensorListRef xs, std::vector<at::TensorList> ys, c10::OptionalIntArrayRef sizes);
