#pragma once

#include <c10/core/Device.h>

namespace c10 {
namespace cuda {
struct CUDAGuard {
  explicit CUDAGuard(Device) {}
  ~CUDAGuard() {}
};
}  // namespace cuda
}  // namespace c10
