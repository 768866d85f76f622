// torch::optional and torch::nullopt: c10's class up to libtorch 2.5, of which the last few make it std's; std's after.
#pragma once

#include <torch/version.h>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 6)
#include <optional>
namespace torch {
using std::nullopt;
using std::optional;
}  // namespace torch
#else
#include <c10/util/Optional.h>
namespace torch {
using c10::nullopt;
using c10::optional;
}  // namespace torch
#endif
