// What the tests need of a GPU, as a package's person would write it.
#include <torch_extension/tensor.h>

#include <c10/core/CachingDeviceAllocator.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>

namespace mylltm {

/// The tensor on another device.
/// @param x      any tensor
/// @param device where to
/// @returns a copy there, or x where it is there already
// [[torch::export]]
torch::Tensor to_device(const torch::Tensor& x, torch::Device device) {
  return x.to(device);
}

/// Waits until the GPU has done all that it was asked for.
// [[torch::export]]
void synchronize() {
  c10::cuda::device_synchronize();
}

/// @returns bytes of the GPU that tensors held at most so far
// [[torch::export]]
int64_t peak_bytes() {
  return c10::cuda::CUDACachingAllocator::getDeviceStats(0).allocated_bytes[0].peak;
}

/// @returns bytes of the GPU that tensors hold
// [[torch::export]]
int64_t held_bytes() {
  return c10::cuda::CUDACachingAllocator::getDeviceStats(0).allocated_bytes[0].current;
}

}  // namespace mylltm
