# Finds libtorch and makes the target tx::torch. Sets TX_TORCH_VERSION, TX_TORCH_LIB_DIR, TX_TORCH_INCLUDE_DIR,
# TX_CXX_STANDARD, TX_CUDA_ENABLED.
#
# Without CUDA the imported target is made from the folder itself: TorchConfig.cmake looks for the libraries on the system's paths
# first, so that it can link another libtorch than the one that was named, and one with CUDA fails where there is no toolkit.

function(tx_find_torch_dir)
  set(suffixes share/cmake/Torch lib/cmake/Torch lib/${CMAKE_LIBRARY_ARCHITECTURE}/cmake/Torch cmake/Torch)
  if(Torch_DIR AND NOT EXISTS "${Torch_DIR}/TorchConfig.cmake")
    message(FATAL_ERROR "Torch_DIR is ${Torch_DIR}, where there is no TorchConfig.cmake. Name the folder that holds it, "
      "<libtorch>/share/cmake/Torch as a rule: cmake -DTorch_DIR=<folder> …")
  endif()
  set(prefixes ${CMAKE_PREFIX_PATH} $ENV{CMAKE_PREFIX_PATH} $ENV{Torch_DIR})
  find_path(Torch_DIR TorchConfig.cmake HINTS ${prefixes} PATH_SUFFIXES ${suffixes} "" NO_DEFAULT_PATH)
  if(NOT Torch_DIR)
    find_program(TX_PYTHON NAMES python3 python)
    mark_as_advanced(TX_PYTHON)
    if(TX_PYTHON)
      # find_spec looks a package up without importing it: importing torch takes seconds.
      set(ask "from importlib.util import find_spec as f; s = f('torch'); print(s.submodule_search_locations[0] if s else '')")
      execute_process(COMMAND "${TX_PYTHON}" -c "${ask}" OUTPUT_VARIABLE torch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
      find_path(Torch_DIR TorchConfig.cmake HINTS ${torch} PATH_SUFFIXES ${suffixes} NO_DEFAULT_PATH)
    endif()
  endif()
  find_path(Torch_DIR TorchConfig.cmake HINTS ${CMAKE_SYSTEM_PREFIX_PATH} PATH_SUFFIXES ${suffixes})
  if(NOT Torch_DIR)
    message(FATAL_ERROR "libtorch was not found: there is no TorchConfig.cmake in CMAKE_PREFIX_PATH, in Python's torch, or on the "
      "system. Run `npm run build` in the package, which finds or installs it; or install it (Debian and Ubuntu: "
      "`sudo apt-get install libtorch-dev`; Python: `pip install torch`); or name one that is there: "
      "`cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …`")
  endif()
endfunction()

# The folders of a libtorch, from that of its TorchConfig.cmake: <prefix>/share/cmake/Torch, <prefix>/lib/<triplet>/cmake/Torch.
function(tx_find_torch_folders)
  set(CMAKE_FIND_LIBRARY_SUFFIXES ${CMAKE_SHARED_LIBRARY_SUFFIX} ${CMAKE_IMPORT_LIBRARY_SUFFIX})
  set(folders)
  foreach(up ../.. ../../.. ../../../..)
    get_filename_component(folder "${Torch_DIR}/${up}" ABSOLUTE)
    list(APPEND folders "${folder}")
  endforeach()
  unset(include CACHE)
  unset(library CACHE)
  find_path(include ATen/core/Tensor.h HINTS ${folders} PATH_SUFFIXES include NO_DEFAULT_PATH NO_CACHE)
  find_library(library torch_cpu HINTS ${folders} PATH_SUFFIXES lib lib/${CMAKE_LIBRARY_ARCHITECTURE} "" NO_DEFAULT_PATH NO_CACHE)
  if(NOT include OR NOT library)
    message(FATAL_ERROR "${Torch_DIR}/TorchConfig.cmake is there, but the headers or the libraries (torch_cpu) that belong to it are "
      "not. Is that libtorch whole? Install it again, or name another: cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …")
  endif()
  get_filename_component(lib_dir "${library}" DIRECTORY)
  set(TX_TORCH_INCLUDE_DIR "${include}" PARENT_SCOPE)
  set(TX_TORCH_LIB_DIR "${lib_dir}" PARENT_SCOPE)
endfunction()

# No library of libtorch exports a version: its version.h is the one source.
function(tx_read_torch_version)
  foreach(place torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
    if(EXISTS "${TX_TORCH_INCLUDE_DIR}/${place}")
      file(READ "${TX_TORCH_INCLUDE_DIR}/${place}" text)
      set(parts)
      foreach(part MAJOR MINOR PATCH)
        if(text MATCHES "define TORCH_VERSION_${part} +([0-9]+)")
          list(APPEND parts "${CMAKE_MATCH_1}")
        endif()
      endforeach()
      list(JOIN parts "." version)
      if(version MATCHES "^[0-9]+\\.[0-9]+\\.[0-9]+$")
        set(TX_TORCH_VERSION "${version}" PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
  message(FATAL_ERROR "The version of libtorch cannot be read: no torch/version.h with TORCH_VERSION_MAJOR under "
    "${TX_TORCH_INCLUDE_DIR}. Install that libtorch again, or name another: cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …")
endfunction()

tx_find_torch_dir()
tx_find_torch_folders()
tx_read_torch_version()

if(TX_TORCH_VERSION VERSION_LESS 1.13)
  message(FATAL_ERROR "libtorch ${TX_TORCH_VERSION} in ${TX_TORCH_LIB_DIR} is too old: 1.13 is the oldest that is supported. Name a newer "
    "one: cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …")
endif()
if(TX_TORCH_VERSION VERSION_LESS 2.12)
  set(TX_CXX_STANDARD 17)
else()
  set(TX_CXX_STANDARD 20)
endif()

find_library(TX_TORCH_CUDA_LIBRARY torch_cuda HINTS "${TX_TORCH_LIB_DIR}" NO_DEFAULT_PATH NO_CACHE)
set(TX_CUDA_ENABLED OFF)
if(TX_CUDA STREQUAL "ON" AND NOT TX_TORCH_CUDA_LIBRARY)
  message(FATAL_ERROR "TX_CUDA is ON, but libtorch ${TX_TORCH_VERSION} in ${TX_TORCH_LIB_DIR} has no CUDA. Name one that has "
    "(-DTorch_DIR=…), or build without: -DTX_CUDA=OFF")
endif()
if(TX_TORCH_CUDA_LIBRARY AND NOT TX_CUDA STREQUAL "OFF")
  include(CheckLanguage)
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    set(TX_CUDA_ENABLED ON)
  elseif(TX_CUDA STREQUAL "ON")
    message(FATAL_ERROR "TX_CUDA is ON, but no CUDA compiler was found. Install the CUDA toolkit of libtorch's version and put nvcc on PATH "
      "(or name it: CUDACXX=<nvcc>), or build without: -DTX_CUDA=OFF")
  endif()
endif()

add_library(tx::torch INTERFACE IMPORTED GLOBAL)
# Makes `#include <ATen/ops/…>` the thin way in; a libtorch without that folder declares everything in ATen/Functions.h.
if(IS_DIRECTORY "${TX_TORCH_INCLUDE_DIR}/ATen/ops")
  set_property(TARGET tx::torch APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS AT_PER_OPERATOR_HEADERS)
endif()

if(TX_CUDA_ENABLED)
  enable_language(CUDA)
  find_package(CUDAToolkit REQUIRED)
  if(NOT TARGET CUDA::nvToolsExt AND TARGET CUDA::nvtx3)
    # CUDA 12 has dropped the library that older TorchConfig.cmake files link.
    add_library(CUDA::nvToolsExt INTERFACE IMPORTED)
    set_property(TARGET CUDA::nvToolsExt PROPERTY INTERFACE_LINK_LIBRARIES CUDA::nvtx3)
  endif()
  find_package(Torch REQUIRED)
  set_property(TARGET tx::torch APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${TORCH_LIBRARIES})
  set_property(TARGET tx::torch APPEND PROPERTY INTERFACE_INCLUDE_DIRECTORIES ${TORCH_INCLUDE_DIRS})
else()
  set_property(TARGET tx::torch PROPERTY INTERFACE_INCLUDE_DIRECTORIES
    "${TX_TORCH_INCLUDE_DIR}" "${TX_TORCH_INCLUDE_DIR}/torch/csrc/api/include")
  # The C++ ABI of libstdc++ that this libtorch was built with.
  file(STRINGS "${Torch_DIR}/TorchConfig.cmake" tx_flags REGEX "set\\(TORCH_CXX_FLAGS ")
  if(tx_flags MATCHES "\"([^\"]+)\"")
    separate_arguments(tx_flags UNIX_COMMAND "${CMAKE_MATCH_1}")
    set_property(TARGET tx::torch PROPERTY INTERFACE_COMPILE_OPTIONS "$<$<COMPILE_LANGUAGE:CXX>:${tx_flags}>")
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
endif()

message(STATUS "libtorch ${TX_TORCH_VERSION} in ${TX_TORCH_LIB_DIR}, C++${TX_CXX_STANDARD}, CUDA ${TX_CUDA_ENABLED}")
