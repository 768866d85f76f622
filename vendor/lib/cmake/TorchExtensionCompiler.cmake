# How units are compiled and where their results go.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo or MinSizeRel" FORCE)
endif()

# CMake's -O3 takes longer to compile and does nothing for code whose work is done inside libtorch.
macro(tx_lower_optimisation language)
  if(CMAKE_${language}_FLAGS_RELEASE STREQUAL "-O3 -DNDEBUG")
    set(CMAKE_${language}_FLAGS_RELEASE "-O2 -DNDEBUG")
  endif()
endmacro()
tx_lower_optimisation(CXX)

set(TX_COMPILER_LAUNCHER "AUTO" CACHE STRING "AUTO (ccache or sccache where there is one), OFF, or a program")
if(TX_COMPILER_LAUNCHER STREQUAL "AUTO")
  if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(TX_FOUND_LAUNCHER NAMES ccache sccache)
    mark_as_advanced(TX_FOUND_LAUNCHER)
    if(TX_FOUND_LAUNCHER)
      set(CMAKE_CXX_COMPILER_LAUNCHER "${TX_FOUND_LAUNCHER}")
      set(CMAKE_CUDA_COMPILER_LAUNCHER "${TX_FOUND_LAUNCHER}")
    endif()
  endif()
elseif(TX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TX_COMPILER_LAUNCHER}")
  set(CMAKE_CUDA_COMPILER_LAUNCHER "${TX_COMPILER_LAUNCHER}")
endif()

# GCC collects its own garbage while it parses libtorch's headers: there is memory enough not to.
set(TX_GCC_MEMORY --param=ggc-min-expand=1000 --param=ggc-min-heapsize=4000000)

# Warnings, visibility and C++ standard, for our units and the person's. Headers of torch and Node come as SYSTEM ones.
function(tx_compile_options target)
  set_target_properties(${target} PROPERTIES
    CXX_STANDARD ${TX_CXX_STANDARD} CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CUDA_STANDARD ${TX_CXX_STANDARD} CUDA_STANDARD_REQUIRED ON
    CXX_VISIBILITY_PRESET hidden CUDA_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  if(MSVC)
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:/utf-8;/EHsc;/bigobj;/W3;/Zc:__cplusplus>")
    target_compile_definitions(${target} PRIVATE NOMINMAX)
  else()
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra>")
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:${TX_GCC_MEMORY}>")
  endif()
endfunction()

# The generated sources as one unit, which parses libtorch's headers once.
function(tx_add_generated target)
  if(NOT ARGN)
    return()
  endif()
  set(includes)
  foreach(source IN LISTS ARGN)
    get_filename_component(source "${source}" ABSOLUTE)
    string(APPEND includes "#include \"${source}\"\n")
  endforeach()
  set(unit "${CMAKE_BINARY_DIR}/torch_extension/${target}/generated.cpp")
  file(CONFIGURE OUTPUT "${unit}" CONTENT "${includes}" @ONLY)
  target_sources(${target} PRIVATE "${unit}")
  tx_optimise_lightly("${unit}")
endfunction()

# For units that only pass values on: GCC takes a sixth less time for them at -O1, and as long as small functions are inlined
# calls are as fast as at -O2.
function(tx_optimise_lightly)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS "$<$<CONFIG:Release>:-O1;-finline-small-functions>")
  endif()
endfunction()

# All that Node loads lies side by side in out/ and finds each other there, wherever the folder is moved; libtorch is found
# where it was at the build.
function(tx_place target)
  get_target_property(type ${target} TYPE)
  if(APPLE)
    set(here "@loader_path")
  else()
    set(here "$ORIGIN")
  endif()
  set_target_properties(${target} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY "$<1:${TX_OUT_DIR}>" RUNTIME_OUTPUT_DIRECTORY "$<1:${TX_OUT_DIR}>"
    BUILD_RPATH "${here};${TX_TORCH_LIB_DIR}" INSTALL_RPATH "${here};${TX_TORCH_LIB_DIR}"
    BUILD_WITH_INSTALL_RPATH ON MACOSX_RPATH ON)
  if(type STREQUAL "MODULE_LIBRARY")
    set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".node")
    if(APPLE)
      # Node-API's symbols are Node's own.
      target_link_options(${target} PRIVATE -undefined dynamic_lookup)
    elseif(CMAKE_SYSTEM_NAME STREQUAL "Linux")
      # Its functions call each other, whatever of the same name the process has loaded for all to see.
      target_link_options(${target} PRIVATE -Wl,-Bsymbolic-functions)
    endif()
  elseif(APPLE)
    set_target_properties(${target} PROPERTIES INSTALL_NAME_DIR "@rpath")
  elseif(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # A function that is declared and never defined is an error here, not when Node loads the library.
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

# The person's units see <torch_extension/tensor.h> before their first line. It costs them nothing, since they need it, and a
# precompiled header that lies beside it is taken in its place by GCC and clang, with the same meaning.
function(tx_prefix_header)
  if(NOT ARGN OR NOT CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" OR MSVC)
    return()
  endif()
  set(header "${CMAKE_BINARY_DIR}/prefix/torch_extension_prefix.h")
  file(CONFIGURE OUTPUT "${header}" CONTENT "#include <torch_extension/tensor.h>\n" @ONLY)
  set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS -include "${header}")
endfunction()
