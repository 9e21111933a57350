# How a stage, a test and a fuzz target are declared. Dependencies are found once, here.
include(GNUInstallDirs)
find_package(fmt REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)

# A cache of compiled files, where there is one and it has a place to write to; a build of its own choice wins.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(ONUS_CCACHE ccache)
  if(ONUS_CCACHE)
    set(probe "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/ccache-probe")
    file(WRITE "${probe}.cpp" "int probe;\n")
    execute_process(COMMAND "${ONUS_CCACHE}" "${CMAKE_CXX_COMPILER}" -c "${probe}.cpp" -o "${probe}.o"
      RESULT_VARIABLE ccache_failed OUTPUT_QUIET ERROR_QUIET)
    if(NOT ccache_failed)
      set(CMAKE_CXX_COMPILER_LAUNCHER "${ONUS_CCACHE}")
    endif()
  endif()
endif()

# The program without shared libraries: to load them takes as long as to read a rule file. Only where all archives are there.
set(can_be_static OFF)
if(CMAKE_SYSTEM_NAME STREQUAL Linux AND NOT ONUS_SANITIZE AND NOT ONUS_FUZZ)
  find_library(ONUS_YAML_ARCHIVE libyaml-cpp.a)
  if(ONUS_YAML_ARCHIVE)
    include(CheckCXXSourceCompiles)
    include(CMakePushCheckState)
    cmake_push_check_state(RESET)
    set(CMAKE_REQUIRED_LIBRARIES -static-pie "${ONUS_YAML_ARCHIVE}" utf8proc)
    check_cxx_source_compiles("
      #include <iostream>
      #include <utf8proc.h>
      #include <yaml-cpp/yaml.h>
      const char* text = \"[]\";
      int main() { std::cout << YAML::Load(text).size() << utf8proc_version(); }" ONUS_LINKS_STATICALLY)
    cmake_pop_check_state()
    if(ONUS_LINKS_STATICALLY AND PROJECT_IS_TOP_LEVEL AND CMAKE_BUILD_TYPE STREQUAL Release)
      set(can_be_static ON)
    endif()
  endif()
endif()
option(ONUS_STATIC "Link the program without shared libraries" ${can_be_static})
if(ONUS_STATIC)
  get_target_property(configurations yaml-cpp IMPORTED_CONFIGURATIONS)
  foreach(configuration IN LISTS configurations)
    set_target_properties(yaml-cpp PROPERTIES IMPORTED_LOCATION_${configuration} "${ONUS_YAML_ARCHIVE}")
  endforeach()
endif()

# Sanitizers go to every target, whatever it links: half-instrumented programs report what is not there.
if(ONUS_SANITIZE)
  add_compile_options(-fsanitize=${ONUS_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ONUS_SANITIZE})
endif()
if(ONUS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Compile settings that every target of the project shares.
add_library(onus_settings INTERFACE)
target_include_directories(onus_settings INTERFACE
  "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}")
target_compile_definitions(onus_settings INTERFACE _GLIBCXX_ASSERTIONS ONUS_VERSION="${PROJECT_VERSION}")
if(ONUS_DEVELOPER)
  target_compile_options(onus_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
endif()

# A stage of the pipeline: a static library onus_<name>. DEPENDS names stages; PRIVATE_LINK other libraries,
# whose headers are taken as system headers.
function(onus_stage)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;DEPENDS;PRIVATE_LINK" ${ARGN})
  add_library(onus_${arg_NAME} STATIC ${arg_SOURCES})
  target_link_libraries(onus_${arg_NAME} PUBLIC onus_settings)
  set_property(GLOBAL APPEND PROPERTY ONUS_STAGES onus_${arg_NAME})
  set_property(GLOBAL APPEND PROPERTY ONUS_LIBRARIES ${arg_PRIVATE_LINK})
  foreach(dependency IN LISTS arg_DEPENDS)
    target_link_libraries(onus_${arg_NAME} PUBLIC onus_${dependency})
  endforeach()
  foreach(library IN LISTS arg_PRIVATE_LINK)
    target_link_libraries(onus_${arg_NAME} PRIVATE ${library})
    if(TARGET ${library})
      get_target_property(includes ${library} INTERFACE_INCLUDE_DIRECTORIES)
      if(includes)
        target_include_directories(onus_${arg_NAME} SYSTEM PRIVATE ${includes})
      endif()
    endif()
  endforeach()
endfunction()

# A doctest program registered with ctest under its own name. STAGES are the stages it links.
function(onus_test)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;STAGES;LINK;LABELS" ${ARGN})
  if(NOT TARGET onus_doctest_main) # doctest's runner takes longer to compile than most tests: once is enough
    add_library(onus_doctest_main OBJECT "${PROJECT_SOURCE_DIR}/tests/support/doctest_main.cpp")
    target_link_libraries(onus_doctest_main PRIVATE onus_settings)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_include_directories(${arg_NAME} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${arg_NAME} PRIVATE onus_doctest_main onus_settings fmt::fmt ${arg_LINK})
  foreach(stage IN LISTS arg_STAGES)
    target_link_libraries(${arg_NAME} PRIVATE onus_${stage})
  endforeach()
  target_compile_definitions(${arg_NAME} PRIVATE ONUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${arg_NAME} COMMAND ${arg_NAME})
  set_tests_properties(${arg_NAME} PROPERTIES LABELS "${arg_LABELS}" WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
endfunction()
