// torch::Tensor, torch::optional, torch::nullopt, dtypes and the operators + - * / … in a fraction of the time that
// <torch/torch.h> takes. Both may be included in one file, in any order.
//
// Methods of a tensor (x.sum(), x.mm(y)) need nothing more. Of the functions that are none, a few are in
// <torch_extension/functions.h>; for any other at::NAME or torch::NAME add its <ATen/ops/NAME.h>, the first of which takes
// as long as all of this file. Where libtorch has no ATen/ops, those includes are to be left out: all is declared then.
#pragma once

#include <torch_extension/dtypes.h>
#include <torch_extension/operators.h>
#include <ATen/core/Tensor.h>
#include <torch_extension/optional.h>

#include <string>
#include <tuple>
#include <vector>

namespace torch {
// As <torch/types.h> has it: at::sigmoid is torch::sigmoid.
using namespace at;
}  // namespace torch
