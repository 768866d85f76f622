// [[torch::export]]
torch::Tensor step(torch::Tensor x, /* 幅の広い文字 🚀 é */ size_t factor,
			size_t	other);
