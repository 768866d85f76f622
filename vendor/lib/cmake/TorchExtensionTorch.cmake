# Makes the target tx::torch of the libtorch that TorchExtensionFind.cmake finds, and tx::cuda. Sets, besides what that sets,
# TX_TORCH_CXX_FLAGS, TX_CXX_STANDARD, TX_CUDA_ENABLED.
#
# The imported target is made from the folder itself: TorchConfig.cmake looks for the libraries on the system's paths first, so
# that it can link another libtorch than the one that was named, and one with CUDA fails where there is no toolkit.

tx_find_torch()
# 20 from 2.12 on; a build of the main branch may ask for it sooner.
set(TX_CXX_STANDARD 17)
if(EXISTS "${TX_TORCH_INCLUDE_DIR}/ATen/ATen.h")
  file(STRINGS "${TX_TORCH_INCLUDE_DIR}/ATen/ATen.h" tx_wanted REGEX "__cplusplus < 202002L")
endif()
if(tx_wanted OR NOT TX_TORCH_VERSION VERSION_LESS 2.12)
  set(TX_CXX_STANDARD 20)
endif()

include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionCuda.cmake")

# The C++ ABI of libstdc++ that this libtorch was built with.
set(TX_TORCH_CXX_FLAGS "")
file(STRINGS "${Torch_DIR}/TorchConfig.cmake" tx_flags REGEX "set\\(TORCH_CXX_FLAGS ")
if(tx_flags MATCHES "\"([^\"]+)\"")
  set(TX_TORCH_CXX_FLAGS "${CMAKE_MATCH_1}")
endif()

add_library(tx::torch INTERFACE IMPORTED GLOBAL)
# Makes `#include <ATen/ops/…>` the thin way in; a libtorch without that folder declares everything in ATen/Functions.h.
if(IS_DIRECTORY "${TX_TORCH_INCLUDE_DIR}/ATen/ops")
  set_property(TARGET tx::torch APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS AT_PER_OPERATOR_HEADERS)
endif()

set_property(TARGET tx::torch PROPERTY INTERFACE_INCLUDE_DIRECTORIES
  "${TX_TORCH_INCLUDE_DIR}" "${TX_TORCH_INCLUDE_DIR}/torch/csrc/api/include")
if(TX_TORCH_CXX_FLAGS)
  separate_arguments(tx_flags UNIX_COMMAND "${TX_TORCH_CXX_FLAGS}")
  set_property(TARGET tx::torch PROPERTY INTERFACE_COMPILE_OPTIONS "$<$<COMPILE_LANGUAGE:CXX,CUDA>:${tx_flags}>")
endif()
foreach(tx_library c10 torch_cpu torch)
  find_library(tx_path ${tx_library} HINTS "${TX_TORCH_LIB_DIR}" NO_DEFAULT_PATH NO_CACHE)
  if(NOT tx_path)
    message(FATAL_ERROR "${tx_library} is missing from ${TX_TORCH_LIB_DIR}. Install that libtorch again, or name another: "
      "cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …")
  endif()
  if(tx_library STREQUAL "torch" AND TX_TORCH_CUDA_LIBRARY AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # Nothing refers to it, but it brings libtorch's CUDA backend.
    set(tx_path -Wl,--push-state,--no-as-needed "${tx_path}" -Wl,--pop-state)
  endif()
  set_property(TARGET tx::torch APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${tx_path})
  unset(tx_path)
endforeach()

message(STATUS "libtorch ${TX_TORCH_VERSION} in ${TX_TORCH_LIB_DIR}, C++${TX_CXX_STANDARD}, CUDA ${TX_CUDA_ENABLED} (${tx_why})")
