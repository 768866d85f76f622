#pragma once

#include <torch_extension/tensor.h>

namespace myext {

enum class Mode { nearest, linear = 4, smooth = -1 };

}  // namespace myext
