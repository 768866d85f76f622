// Kernels that fail, each in its way.
#include <torch_extension/tensor.h>

#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace mylltm {
namespace {

__global__ void write_kernel(float* out, int64_t i) { out[i] = 1; }

}  // namespace

/// Launches more threads than a block holds.
/// @param x a float32 tensor of the GPU
// [[torch::export]]
void launch_wrongly(const torch::Tensor& x) {
  const c10::cuda::CUDAGuard guard(x.device());
  write_kernel<<<1, 4096, 0, c10::cuda::getCurrentCUDAStream()>>>(x.data_ptr<float>(), 0);
  C10_CUDA_KERNEL_LAUNCH_CHECK();
}

/// Writes where no memory is.
/// @param x a float32 tensor of the GPU
// [[torch::export]]
void write_outside(const torch::Tensor& x) {
  const c10::cuda::CUDAGuard guard(x.device());
  write_kernel<<<1, 1, 0, c10::cuda::getCurrentCUDAStream()>>>(x.data_ptr<float>(), int64_t(1) << 40);
  C10_CUDA_CHECK(cudaDeviceSynchronize());
}

}  // namespace mylltm
