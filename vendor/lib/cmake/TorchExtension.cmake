# Builds a torch extension for one host: its operators against libtorch, and what that host loads.
#
#   list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_SOURCE_DIR}/../lib/cmake")
#   include(TorchExtension)
#   torch_extension_library(myext SOURCES … CUDA_SOURCES …)   # lib<name>: the operators and their C ABI
#   torch_extension_node(myext SOURCES node/addon.cpp)        # Node: <name>.node with the operators in it, and the lib shim
#   torch_extension_r(myext)                                  # R: lib<name> as R's torch needs it
#
# What the host loads lands in <build folder>/out. Each host has a build folder of its own (build/node, build/r), in which the
# other's function does nothing. Cache variables, all optional:
#   TX_HOST               node or r; node where there is a node/addon.cpp, else r
#   TX_R_TORCH_DIR        folder of R's package torch; Rscript is asked where it is left out
#   Torch_DIR             folder of TorchConfig.cmake; TorchExtensionFind.cmake says where else libtorch is looked for
#   TX_CUDA               AUTO (default), ON, OFF
#   TX_NODE_INCLUDE_DIR   folder of node_api.h
#   TX_SHIM_CACHE         folder where a built lib shim is kept for the next package, or OFF
#   TX_COMPILER_LAUNCHER  AUTO (default): ccache or sccache where there is one; OFF; or a program
include_guard(GLOBAL)

set(TX_CUDA "AUTO" CACHE STRING "Whether .cu sources are built: AUTO (where libtorch and this machine have CUDA), ON, OFF")
set_property(CACHE TX_CUDA PROPERTY STRINGS AUTO ON OFF)
if(NOT TX_CUDA MATCHES "^(AUTO|ON|OFF)$")
  message(FATAL_ERROR "TX_CUDA is ${TX_CUDA}. Use AUTO, ON or OFF: -DTX_CUDA=AUTO")
endif()

get_filename_component(TX_LIB_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set(TX_CMAKE_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(TX_OUT_DIR "${CMAKE_BINARY_DIR}/out")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/node/addon.cpp" OR NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/../DESCRIPTION")
  set(TX_HOST node CACHE STRING "Who loads what is built: node or r")
else()
  set(TX_HOST r CACHE STRING "Who loads what is built: node or r")
endif()
set_property(CACHE TX_HOST PROPERTY STRINGS node r)
if(NOT TX_HOST MATCHES "^(node|r)$")
  message(FATAL_ERROR "TX_HOST is ${TX_HOST}. Use node or r: -DTX_HOST=r")
endif()

include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionCompiler.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionFind.cmake")
if(TX_HOST STREQUAL "r")
  include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionR.cmake")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionTorch.cmake")
if(TX_HOST STREQUAL "node")
  include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionNode.cmake")
  include("${CMAKE_CURRENT_LIST_DIR}/TorchExtensionShim.cmake")
endif()

# torch_extension_library(<name> SOURCES <file>... [CUDA_SOURCES <file>...])
#
# The package's operators: compiled once, target <name>, which takes the person's libraries and options; linked into lib<name>,
# target <name>_library, for hosts such as torch.ops.load_library and TorchScript. Sources under src/ named exports.cpp and
# operators.cpp are generated and compiled as one unit, which costs less than two; a src/<name>.def beside them lists what
# Windows exports.
function(torch_extension_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;CUDA_SOURCES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "torch_extension_library(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "torch_extension_library(${name}): no SOURCES. Is there a .cpp file in csrc/src?")
  endif()

  set(own)
  set(generated)
  foreach(source IN LISTS arg_SOURCES)
    if(source MATCHES "(^|/)src/(exports|operators)\\.cpp$")
      list(APPEND generated "${source}")
    else()
      list(APPEND own "${source}")
    endif()
  endforeach()
  add_library(${name} OBJECT ${own})
  tx_add_generated(${name} ${generated})
  if(TX_CUDA_ENABLED AND arg_CUDA_SOURCES)
    target_sources(${name} PRIVATE ${arg_CUDA_SOURCES})
  endif()
  target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/include" "${TX_LIB_DIR}/cpp/include")
  target_link_libraries(${name} PRIVATE tx::torch tx::cuda)
  tx_compile_options(${name})
  if(TX_HOST STREQUAL "r")
    tx_use_r_torch(${name})
  endif()

  add_library(${name}_library SHARED)
  tx_link_operators(${name} ${name}_library)
  tx_place(${name}_library)
  set_target_properties(${name}_library PROPERTIES OUTPUT_NAME "${name}")
  if(WIN32 AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/src/${name}.def")
    target_sources(${name}_library PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src/${name}.def")
  endif()

  list(FILTER own INCLUDE REGEX "\\.(cpp|cc|cxx)$")
  tx_prefix_header(${own})
endfunction()

# torch_extension_node(<name> SOURCES <file>...)
#
# The addon <name>.node, target <name>_node, and the lib shim. <name> is a torch_extension_library, whose objects are linked into
# the addon as well: loaders take one library for another of the same name, so that two packages of one name in a process would
# call each other's lib<name>.
function(torch_extension_node name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "torch_extension_node(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT TARGET ${name})
    message(FATAL_ERROR "torch_extension_node(${name}): call torch_extension_library(${name} …) before it.")
  endif()
  if(NOT TX_HOST STREQUAL "node")
    return()
  endif()
  tx_find_node()
  tx_add_shim()
  add_library(${name}_node MODULE ${arg_SOURCES})
  target_include_directories(${name}_node PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/include")
  target_link_libraries(${name}_node PRIVATE tx::node tx_runtime)
  tx_link_operators(${name} ${name}_node)
  tx_compile_options(${name}_node)
  tx_place(${name}_node)
  if(MSVC)
    # exports.h says dllimport to the addon, which has the functions itself.
    target_link_options(${name}_node PRIVATE /IGNORE:4217 /IGNORE:4286)
  endif()
  # Windows writes an import library and debug information beside each: not over those of <name>.
  set_target_properties(${name}_node PROPERTIES
    OUTPUT_NAME "${name}" ARCHIVE_OUTPUT_NAME "${name}_node" PDB_NAME "${name}_node")
  tx_write_record(${name} ${name}_node)
endfunction()

# torch_extension_r(<name>)
#
# What R loads: lib<name> of torch_extension_library(<name>), built with the lantern/types.h of R's torch, and beside it
# <name>.json, which says of what it was built.
function(torch_extension_r name)
  if(ARGN)
    message(FATAL_ERROR "torch_extension_r(${name}): unknown arguments: ${ARGN}")
  endif()
  if(NOT TARGET ${name})
    message(FATAL_ERROR "torch_extension_r(${name}): call torch_extension_library(${name} …) before it.")
  endif()
  if(TX_HOST STREQUAL "r")
    tx_write_r_record(${name} ${name}_library)
  endif()
endfunction()

# Links <name>'s objects into another target, with all that the person gives <name>, before this call or after it.
function(tx_link_operators name target)
  target_sources(${target} PRIVATE "$<TARGET_OBJECTS:${name}>")
  target_link_libraries(${target} PRIVATE "$<TARGET_PROPERTY:${name},LINK_LIBRARIES>")
  target_link_options(${target} PRIVATE "$<TARGET_PROPERTY:${name},LINK_OPTIONS>")
  target_link_directories(${target} PRIVATE "$<TARGET_PROPERTY:${name},LINK_DIRECTORIES>")
endfunction()

# <name>.json: what this build is for, and of which C++ signatures. lib/node/torch/native.ts reads it before it loads anything.
# It comes to out/ whenever `target` is linked, and no sooner: a build that fails leaves an old library with its own record.
function(tx_write_record name target)
  tx_read_interface(interface ${name})
  tx_json_string(version "${TX_TORCH_VERSION}")
  tx_json_string(lib_dir "${TX_TORCH_LIB_DIR}")
  tx_json_string(compiler "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}")
  tx_json_string(build_type "${CMAKE_BUILD_TYPE}")
  set(cuda null)
  if(TX_CUDA_ENABLED)
    tx_json_string(cuda "${CMAKE_CUDA_COMPILER_VERSION}")
  endif()
  set(record "${CMAKE_BINARY_DIR}/record/${name}.json")
  file(CONFIGURE OUTPUT "${record}" @ONLY CONTENT [[{
  "name": "@name@",
  "interface": "@interface@",
  "libtorch": { "version": @version@, "libDir": @lib_dir@, "cuda": @cuda@ },
  "compiler": @compiler@,
  "shim": "@TX_SHIM_KEY@",
  "buildType": @build_type@
}
]])
  tx_keep_record(${name} ${target} "${record}")
endfunction()

function(tx_keep_record name target record)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${record}")
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM BYPRODUCTS "${TX_OUT_DIR}/${name}.json"
    COMMAND "${CMAKE_COMMAND}" -E copy "${record}" "${TX_OUT_DIR}/${name}.json")
endfunction()

# The hash of all signatures, which `torch-extension bind` writes into exports.h; read again whenever that changes.
function(tx_read_interface variable name)
  set(header "${CMAKE_CURRENT_SOURCE_DIR}/include/${name}/exports.h")
  set_property(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
  set(line)
  if(EXISTS "${header}")
    file(STRINGS "${header}" line LIMIT_COUNT 1 REGEX "^#define [A-Z0-9_]+_INTERFACE \"[0-9a-f]+\"$")
  endif()
  if(NOT line MATCHES "\"([0-9a-f]+)\"")
    message(FATAL_ERROR "${header} does not say of which C++ signatures it is. Run `npx generator-torch-extension bind` in the package.")
  endif()
  set(${variable} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

function(tx_json_string variable text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${variable} "\"${text}\"" PARENT_SCOPE)
endfunction()
