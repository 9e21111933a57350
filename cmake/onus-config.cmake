# find_package(onus): the target onus::onus and what it links.
include(CMakeFindDependencyMacro)
find_dependency(fmt)
find_dependency(yaml-cpp)
include("${CMAKE_CURRENT_LIST_DIR}/onus-targets.cmake")
