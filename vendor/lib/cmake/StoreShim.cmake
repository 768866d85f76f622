# cmake -DFILES=… -DFROM=<folder> -DTO=<folder> -P StoreShim.cmake
# Copies the built lib shim into the cache: to a folder of its own first, renamed when it is whole. A build running beside this one
# that is quicker wins; a cache that cannot be written to only costs the next package some seconds.
if(NOT EXISTS "${TO}")
  string(RANDOM LENGTH 12 suffix)
  set(part "${TO}.${suffix}")
  foreach(file IN LISTS FILES)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E make_directory "${part}" ERROR_QUIET)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E copy "${FROM}/${file}" "${part}/${file}" RESULT_VARIABLE status ERROR_VARIABLE error)
    if(NOT status EQUAL 0)
      message(STATUS "The lib shim is not kept: ${error}")
      file(REMOVE_RECURSE "${part}")
      return()
    endif()
  endforeach()
  execute_process(COMMAND "${CMAKE_COMMAND}" -E rename "${part}" "${TO}" ERROR_QUIET)
  file(REMOVE_RECURSE "${part}")
endif()
