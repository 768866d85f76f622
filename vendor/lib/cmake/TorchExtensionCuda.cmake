# CUDA, where libtorch has it and a compiler for it is there: sets TX_CUDA_ENABLED and makes the target tx::cuda, which is empty
# without. Cache and environment variables that decide, all optional:
#   TX_CUDA                              AUTO, ON, OFF
#   CMAKE_CUDA_COMPILER, CUDACXX         the compiler; else nvcc in CUDA_HOME, CUDA_PATH, /usr/local/cuda or on PATH
#   CMAKE_CUDA_ARCHITECTURES, CUDAARCHS, TORCH_CUDA_ARCH_LIST   for which GPUs; else those of this machine, else all
#
# TorchConfig.cmake is not asked: it runs programs to look for cuDNN and for a second copy of all this, and each of its releases
# fails on some later toolkit, such as the one that has dropped nvToolsExt.

include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionNvcc.cmake")

find_library(TX_TORCH_CUDA_LIBRARY torch_cuda HINTS "${TX_TORCH_LIB_DIR}" NO_DEFAULT_PATH NO_CACHE)
set(TX_CUDA_ENABLED OFF)
set(tx_why "libtorch has none")
if(TX_CUDA STREQUAL "ON" AND NOT TX_TORCH_CUDA_LIBRARY)
  message(FATAL_ERROR "TX_CUDA is ON, but libtorch ${TX_TORCH_VERSION} in ${TX_TORCH_LIB_DIR} has no CUDA. Name one that has "
    "(-DTorch_DIR=…), or build without: -DTX_CUDA=OFF")
endif()
if(TX_CUDA STREQUAL "OFF")
  set(tx_why "TX_CUDA is OFF")
elseif(TX_TORCH_CUDA_LIBRARY)
  tx_find_nvcc()
  tx_choose_cuda_architectures()
  include(CheckLanguage)
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    set(TX_CUDA_ENABLED ON)
  elseif(TX_CUDA STREQUAL "ON")
    message(FATAL_ERROR "TX_CUDA is ON, but no CUDA compiler was found that works. Install the CUDA toolkit of libtorch's version and put nvcc on "
      "PATH (or name it: CUDACXX=<nvcc>), or build without: -DTX_CUDA=OFF")
  else()
    set(tx_why "libtorch has it, but there is no nvcc that works: .cu files are left out")
  endif()
endif()

add_library(tx::cuda INTERFACE IMPORTED GLOBAL)
if(TX_CUDA_ENABLED)
  # libtorch's own runtime, which holds its streams and its last error: not a second one inside each library.
  set(CMAKE_CUDA_RUNTIME_LIBRARY Shared)
  enable_language(CUDA)
  tx_lower_optimisation(CUDA)
  find_package(CUDAToolkit REQUIRED)
  find_library(tx_path c10_cuda HINTS "${TX_TORCH_LIB_DIR}" NO_DEFAULT_PATH NO_CACHE)
  if(NOT tx_path)
    message(FATAL_ERROR "c10_cuda is missing from ${TX_TORCH_LIB_DIR}. Install that libtorch again, or build without CUDA: -DTX_CUDA=OFF")
  endif()
  set_property(TARGET tx::cuda PROPERTY INTERFACE_LINK_LIBRARIES "${tx_path}" "${TX_TORCH_CUDA_LIBRARY}" CUDA::cudart)
  unset(tx_path)
  set_property(TARGET tx::cuda PROPERTY INTERFACE_COMPILE_DEFINITIONS TX_WITH_CUDA)
  # What libtorch's headers are compiled with under nvcc: their own conversions of half and bfloat16, and constexpr functions in kernels.
  set(tx_flags --expt-relaxed-constexpr --expt-extended-lambda -D__CUDA_NO_HALF_OPERATORS__ -D__CUDA_NO_HALF_CONVERSIONS__
    -D__CUDA_NO_HALF2_OPERATORS__ -D__CUDA_NO_BFLOAT16_CONVERSIONS__)
  set_property(TARGET tx::cuda PROPERTY INTERFACE_COMPILE_OPTIONS "$<$<COMPILE_LANGUAGE:CUDA>:${tx_flags}>")
  set(tx_why "${CMAKE_CUDA_COMPILER_VERSION} for ${CMAKE_CUDA_ARCHITECTURES}")
endif()
