// As much of CUDA as the kernels need that `torch-extension function` writes, on the CPU: no machine of the tests has nvcc. A grid
// is run thread by thread, so that what a kernel computes is tested, and that host code compiles; not what nvcc says of it.
#pragma once

#define __global__

struct dim3 {
  explicit dim3(unsigned int x) : x(x) {}
  unsigned int x;
};

namespace stand_in {
inline unsigned int& block() {
  static unsigned int index = 0;
  return index;
}
inline unsigned int& thread() {
  static unsigned int index = 0;
  return index;
}
inline unsigned int& threads() {
  static unsigned int count = 0;
  return count;
}
inline unsigned int& blocks() {
  static unsigned int count = 0;
  return count;
}
/// Any other index is an error at compile time.
struct along_x {
  unsigned int x;
};
inline int& launched() {
  static int count = 0;
  return count;
}

template <class Kernel, class Stream>
void launch(dim3 grid, dim3 size, unsigned int shared, Stream, const Kernel& kernel) {
  static_cast<void>(shared);
  launched() += 1;
  blocks() = grid.x;
  threads() = size.x;
  for (block() = 0; block() < grid.x; ++block()) {
    for (thread() = 0; thread() < size.x; ++thread()) kernel();
  }
}
}  // namespace stand_in

#define blockIdx (stand_in::along_x{stand_in::block()})
#define threadIdx (stand_in::along_x{stand_in::thread()})
#define blockDim (stand_in::along_x{stand_in::threads()})
#define gridDim (stand_in::along_x{stand_in::blocks()})
