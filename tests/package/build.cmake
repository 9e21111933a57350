# cmake -D way=find_package|add_subdirectory -D source=… -D build=… -D generator=… -D compiler=… [-D launcher=…] -P build.cmake
# Configures, builds and runs consumer/ in BUILD/package/WAY. Fails loudly at the first step that fails.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(folder "${build}/package/${way}")
file(REMOVE_RECURSE "${folder}")
set(options -G "${generator}" -D CMAKE_CXX_COMPILER=${compiler} -D way=${way} -D CMAKE_EXPORT_COMPILE_COMMANDS=ON)
if(way STREQUAL "find_package")
  run("${CMAKE_COMMAND}" --install "${build}" --prefix "${folder}/prefix")
  # Installed headers must do without the checkout, so the consumer sees the prefix alone.
  list(APPEND options -D CMAKE_PREFIX_PATH=${folder}/prefix -D CMAKE_BUILD_TYPE=Debug)
  if(sanitize)
    list(APPEND options -D CMAKE_CXX_FLAGS=-fsanitize=${sanitize})
  endif()
else()
  # Not optimised: what is tested is that it builds, not how fast it runs.
  list(APPEND options -D onus_source=${source} -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0)
  if(launcher)
    list(APPEND options -D CMAKE_CXX_COMPILER_LAUNCHER=${launcher})
  endif()
endif()
run("${CMAKE_COMMAND}" -S "${source}/tests/package/consumer" -B "${folder}/build" ${options})

# A consumer gets none of the developer mode: neither our warnings as errors nor our tests.
file(READ "${folder}/build/compile_commands.json" commands)
if(commands MATCHES "-Werror|doctest")
  message(FATAL_ERROR "the consumer's build holds -Werror or tests of onus")
endif()

run("${CMAKE_COMMAND}" --build "${folder}/build" --target consumer)
run("${folder}/build/consumer" "${source}")
