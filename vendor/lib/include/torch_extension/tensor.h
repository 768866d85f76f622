// torch::Tensor, torch::optional, torch::nullopt and the operators + - * / … in a fraction of the time that
// <torch/torch.h> takes. Both may be included in one file, in any order.
//
// Add one <ATen/ops/NAME.h> for each at::NAME or torch::NAME function that the file calls; methods of a tensor
// (x.sum(), x.mm(y)) need nothing more. Where libtorch has no ATen/ops, those includes are to be left out:
// everything is declared then.
#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <torch_extension/optional.h>

#include <string>
#include <tuple>
#include <vector>

namespace torch {
// As <torch/types.h> has it: at::sigmoid is torch::sigmoid.
using namespace at;
}  // namespace torch
