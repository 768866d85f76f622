# R's package torch: its lantern/types.h, by which values cross between R and the package's library, and the libtorch that it
# loads. No other libtorch can be loaded beside that one: what is named by -DTorch_DIR is a check that the package compiles.

# TX_R_TORCH_DIR: the folder where the package is installed. Rscript is asked in the package's folder, as the person starts R
# there: libraries may be a project's own. torch is not loaded, which takes seconds.
function(tx_find_r_torch)
  if(NOT TX_R_TORCH_DIR)
    find_program(TX_RSCRIPT NAMES Rscript HINTS "$ENV{R_HOME}/bin")
    mark_as_advanced(TX_RSCRIPT)
    if(NOT TX_RSCRIPT)
      message(FATAL_ERROR "R was not found: no Rscript on PATH. Install R, or name the folder of its package torch: "
        "cmake -DTX_R_TORCH_DIR=<folder> …")
    endif()
    execute_process(COMMAND "${TX_RSCRIPT}" -e "cat('\nTX_R_TORCH_DIR=', system.file(package = 'torch'), '\n', sep = '')"
      WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/.." OUTPUT_VARIABLE said ERROR_VARIABLE complaint RESULT_VARIABLE code)
    if(NOT said MATCHES "TX_R_TORCH_DIR=([^\n]*)")
      message(FATAL_ERROR "${TX_RSCRIPT} does not run: ${complaint}")
    endif()
    string(STRIP "${CMAKE_MATCH_1}" folder)
    if(folder STREQUAL "")
      message(FATAL_ERROR "R's package torch was not found. Run `Rscript -e 'install.packages(\"torch\"); torch::install_torch()'`, or "
        "name its folder: cmake -DTX_R_TORCH_DIR=<folder> …")
    endif()
    file(TO_CMAKE_PATH "${folder}" folder)
    set(TX_R_TORCH_DIR "${folder}" CACHE PATH "Folder of R's package torch" FORCE)
  endif()
  if(NOT EXISTS "${TX_R_TORCH_DIR}/include/lantern/types.h")
    message(FATAL_ERROR "${TX_R_TORCH_DIR} is no installed package torch of R, 0.11 or later: there is no include/lantern/types.h in it. "
      "Run `Rscript -e 'install.packages(\"torch\")'`, or name its folder: cmake -DTX_R_TORCH_DIR=<folder> …")
  endif()
endfunction()

# Torch_DIR, where it is not set: the libtorch that install_torch() put into the package or into TORCH_HOME, or the one whose
# libraries it links to.
function(tx_find_r_libtorch)
  set(home "${TX_R_TORCH_DIR}")
  if(NOT "$ENV{TORCH_HOME}" STREQUAL "")
    file(TO_CMAKE_PATH "$ENV{TORCH_HOME}" home)
  endif()
  file(GLOB library "${home}/lib/libtorch_cpu.so" "${home}/lib/libtorch_cpu.dylib" "${home}/lib/torch_cpu.lib" "${home}/lib/torch_cpu.dll"
    "${home}/lib64/libtorch_cpu.so")
  set(own)
  if(library)
    set(places "${home}")
    list(GET library 0 library)
    get_filename_component(real "${library}" REALPATH)
    if(NOT real STREQUAL library)
      get_filename_component(place "${real}" DIRECTORY)
      list(APPEND places "${place}/cmake/Torch" "${place}/..")
    endif()
    tx_first_torch(own refused ${places})
  endif()
  if(Torch_DIR)
    if(own)
      get_filename_component(asked "${Torch_DIR}" REALPATH)
      get_filename_component(loaded "${own}" REALPATH)
    endif()
    if(NOT own OR NOT asked STREQUAL loaded)
      message(STATUS "Torch_DIR is not the libtorch that R's torch loads: this build shows that the package compiles, and R cannot load it")
    endif()
    return()
  endif()
  if(NOT library)
    message(FATAL_ERROR "R's torch is in ${TX_R_TORCH_DIR}, without its native part: there is no libtorch in ${home}/lib. "
      "Run `Rscript -e 'torch::install_torch()'`. To see only whether the package compiles, name a libtorch: cmake -DTorch_DIR=<libtorch>/share/cmake/Torch …")
  endif()
  if(NOT own)
    if(NOT refused)
      set(refused "\n  ${home}: no TorchConfig.cmake in it")
    endif()
    message(FATAL_ERROR "The libtorch of R's torch cannot be built against:${refused}\n"
      "Run `Rscript -e 'torch::install_torch(reinstall = TRUE)'`, which brings its headers and CMake files.")
  endif()
  set(Torch_DIR "${own}" CACHE PATH "Folder of libtorch's TorchConfig.cmake" FORCE)
endfunction()

tx_find_r_torch()
tx_find_r_libtorch()

# The package's units get R torch's lantern/types.h in the place of ours. It warns and has no include guard.
function(tx_use_r_torch name)
  set(header "${TX_R_TORCH_DIR}/include/lantern/types.h")
  # Another torch, or another libtorch, in the same place: the record is written anew.
  file(GLOB version "${TX_TORCH_INCLUDE_DIR}/torch/csrc/api/include/torch/version.h")
  set_property(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}" ${version})
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/include/lantern/types.h" @ONLY CONTENT [[#pragma once
#if defined(__GNUC__)
#pragma GCC system_header
#endif
#include "@header@"
]])
  target_include_directories(${name} BEFORE PRIVATE "${CMAKE_BINARY_DIR}/include")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A library with unique symbols is never unloaded, so that R would go on with the code of the last build.
    target_compile_options(${name} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>")
  endif()
endfunction()

# <name>.json: flat, since R reads it without a package for JSON.
function(tx_write_r_record name target)
  tx_read_interface(interface ${name})
  file(STRINGS "${TX_R_TORCH_DIR}/DESCRIPTION" line LIMIT_COUNT 1 REGEX "^Version:")
  string(REGEX REPLACE "^Version:[ \t]*" "" torch "${line}")
  file(MD5 "${TX_R_TORCH_DIR}/include/lantern/types.h" types)
  set(cuda)
  if(TX_CUDA_ENABLED)
    set(cuda "${CMAKE_CUDA_COMPILER_VERSION}")
  endif()
  set(record "${CMAKE_BINARY_DIR}/record/${name}.json")
  file(CONFIGURE OUTPUT "${record}" @ONLY CONTENT [[{
  "name": "@name@",
  "interface": "@interface@",
  "torch": "@torch@",
  "types": "@types@",
  "libtorch": "@TX_TORCH_VERSION@",
  "cuda": "@cuda@",
  "compiler": "@CMAKE_CXX_COMPILER_ID@ @CMAKE_CXX_COMPILER_VERSION@",
  "buildType": "@CMAKE_BUILD_TYPE@"
}
]])
  tx_keep_record(${name} ${target} "${record}")
  message(STATUS "for R's torch ${torch} in ${TX_R_TORCH_DIR}")
endfunction()
