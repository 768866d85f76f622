# The lib shim, the same for every package: libtx_runtime-<key> (libtorch behind a C ABI) and tx_addon.node.
# Built once for a libtorch and a compiler, and kept in a cache of the person's. TX_SHIM_KEY names one such build; it is part of
# the library's file name, so that no loader takes another package's older copy for it.

function(tx_default_shim_cache variable)
  if(WIN32)
    set(base "$ENV{LOCALAPPDATA}")
  elseif(APPLE AND NOT "$ENV{HOME}" STREQUAL "")
    set(base "$ENV{HOME}/Library/Caches")
  elseif(NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(base "$ENV{XDG_CACHE_HOME}")
  elseif(NOT "$ENV{HOME}" STREQUAL "")
    set(base "$ENV{HOME}/.cache")
  endif()
  if(base STREQUAL "")
    set(${variable} OFF PARENT_SCOPE)
  else()
    file(TO_CMAKE_PATH "${base}/torch-extension/shim" path)
    set(${variable} "${path}" PARENT_SCOPE)
  endif()
endfunction()

function(tx_compute_shim_key)
  file(GLOB sources CONFIGURE_DEPENDS
    "${TX_LIB_DIR}/cpp/runtime/*" "${TX_LIB_DIR}/cpp/include/lantern/*" "${TX_LIB_DIR}/cpp/include/torch_extension/*"
    "${TX_LIB_DIR}/node/addon/*.h" "${TX_LIB_DIR}/node/addon/*.cpp" "${TX_LIB_DIR}/node/addon/include/torch_extension/*"
    "${TX_CMAKE_DIR}/TorchExtensionShim.cmake" "${TX_CMAKE_DIR}/TorchExtensionCompiler.cmake")
  list(SORT sources)
  set(text)
  foreach(source IN LISTS sources)
    file(SHA256 "${source}" hash)
    string(APPEND text "${hash}\n")
  endforeach()
  # A change in any of these sources asks for a new key, so for a new configure.
  set_property(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  # Which Node-API the addon is compiled against, and whether this libtorch is still the one that lay in its place.
  tx_find_node_headers()
  foreach(header node_api.h node_api_types.h js_native_api.h js_native_api_types.h)
    if(EXISTS "${TX_NODE_INCLUDE_DIR}/${header}")
      file(SHA256 "${TX_NODE_INCLUDE_DIR}/${header}" hash)
      string(APPEND text "${hash}\n")
    endif()
  endforeach()
  file(GLOB libraries "${TX_TORCH_LIB_DIR}/*torch_cpu${CMAKE_SHARED_LIBRARY_SUFFIX}" "${TX_TORCH_LIB_DIR}/torch_cpu.lib")
  foreach(library IN LISTS libraries)
    get_filename_component(library "${library}" REALPATH)
    file(SIZE "${library}" size)
    file(TIMESTAMP "${library}" time "%s" UTC)
    string(APPEND text "${size} ${time}\n")
  endforeach()
  string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
  string(APPEND text "${TX_TORCH_VERSION}\n${TX_TORCH_LIB_DIR}\n${TX_TORCH_INCLUDE_DIR}\n${TX_TORCH_CXX_FLAGS}\n"
    "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_CXX_COMPILER_TARGET}\n"
    "${CMAKE_SYSTEM_NAME} ${CMAKE_SYSTEM_PROCESSOR} ${CMAKE_OSX_ARCHITECTURES} ${CMAKE_OSX_DEPLOYMENT_TARGET}\n"
    "${CMAKE_BUILD_TYPE} ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${config}} ${CMAKE_SHARED_LINKER_FLAGS}\n")
  string(SHA256 key "${text}")
  string(SUBSTRING "${key}" 0 16 key)
  set(TX_SHIM_KEY "${key}" PARENT_SCOPE)
endfunction()

tx_default_shim_cache(tx_cache)
set(TX_SHIM_CACHE "${tx_cache}" CACHE STRING "Folder where the built lib shim is kept for other packages, or OFF")
tx_compute_shim_key()

# Targets tx_runtime and, where the shim is built here, tx_addon.
function(tx_add_shim)
  if(TARGET tx_runtime)
    return()
  endif()
  set(runtime "${CMAKE_SHARED_LIBRARY_PREFIX}tx_runtime-${TX_SHIM_KEY}${CMAKE_SHARED_LIBRARY_SUFFIX}")
  set(files "${runtime}" tx_addon.node)
  if(WIN32)
    list(APPEND files "tx_runtime-${TX_SHIM_KEY}${CMAKE_IMPORT_LIBRARY_SUFFIX}")
  endif()
  file(GLOB stale "${TX_OUT_DIR}/*tx_runtime-*")
  list(FILTER stale EXCLUDE REGEX "tx_runtime-${TX_SHIM_KEY}")
  if(stale)
    file(REMOVE ${stale})
  endif()

  set(cached OFF)
  # What this build folder has built itself stays so: taking it from the cache now would only relink everything.
  if(TX_SHIM_CACHE AND NOT TX_SHIM_BUILT_HERE STREQUAL TX_SHIM_KEY)
    set(cached ON)
    foreach(file IN LISTS files)
      if(NOT EXISTS "${TX_SHIM_CACHE}/${TX_SHIM_KEY}/${file}")
        set(cached OFF)
      endif()
    endforeach()
  endif()

  if(cached)
    foreach(file IN LISTS files)
      file(COPY "${TX_SHIM_CACHE}/${TX_SHIM_KEY}/${file}" DESTINATION "${TX_OUT_DIR}")
    endforeach()
    add_library(tx_runtime SHARED IMPORTED GLOBAL)
    set_target_properties(tx_runtime PROPERTIES
      IMPORTED_LOCATION "${TX_OUT_DIR}/${runtime}"
      IMPORTED_IMPLIB "${TX_OUT_DIR}/tx_runtime-${TX_SHIM_KEY}${CMAKE_IMPORT_LIBRARY_SUFFIX}"
      IMPORTED_SONAME "${runtime}"
      INTERFACE_INCLUDE_DIRECTORIES "${TX_LIB_DIR}/cpp/runtime;${TX_LIB_DIR}/node/addon/include")
    message(STATUS "lib shim ${TX_SHIM_KEY} from ${TX_SHIM_CACHE}")
    return()
  endif()

  set(TX_SHIM_BUILT_HERE "${TX_SHIM_KEY}" CACHE INTERNAL "The lib shim that this build folder has built")
  add_library(tx_runtime SHARED "${TX_LIB_DIR}/cpp/runtime/tx_runtime.cpp")
  target_include_directories(tx_runtime PRIVATE "${TX_LIB_DIR}/cpp/include"
    PUBLIC "${TX_LIB_DIR}/cpp/runtime" "${TX_LIB_DIR}/node/addon/include")
  target_compile_definitions(tx_runtime PRIVATE TX_RUNTIME_BUILD)
  target_link_libraries(tx_runtime PRIVATE tx::torch)
  tx_optimise_lightly("${TX_LIB_DIR}/cpp/runtime/tx_runtime.cpp")
  add_library(tx_addon MODULE "${TX_LIB_DIR}/node/addon/tx_addon.cpp")
  target_link_libraries(tx_addon PRIVATE tx::node tx_runtime)
  foreach(target tx_runtime tx_addon)
    tx_compile_options(${target})
    tx_place(${target})
  endforeach()
  set_target_properties(tx_runtime PROPERTIES OUTPUT_NAME "tx_runtime-${TX_SHIM_KEY}" ARCHIVE_OUTPUT_DIRECTORY "$<1:${TX_OUT_DIR}>")
  if(TX_SHIM_CACHE)
    set(stamp "${CMAKE_BINARY_DIR}/shim-${TX_SHIM_KEY}.stored")
    add_custom_command(OUTPUT "${stamp}" DEPENDS tx_runtime tx_addon COMMENT "Keeping the lib shim for other packages" VERBATIM
      COMMAND "${CMAKE_COMMAND}" "-DFILES=${files}" "-DFROM=${TX_OUT_DIR}" "-DTO=${TX_SHIM_CACHE}/${TX_SHIM_KEY}"
        -P "${TX_CMAKE_DIR}/StoreShim.cmake"
      COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}")
    add_custom_target(tx_store_shim ALL DEPENDS "${stamp}")
  endif()
endfunction()
