# The library as its users see it: onus::onus, made of all stages, with the public headers and nothing else of ours.
include(CMakePackageConfigHelpers)

# HEADERS are the public headers, relative to the folder that calls this (include/).
function(onus_library)
  cmake_parse_arguments(arg "" "" "HEADERS" ${ARGN})
  get_property(stages GLOBAL PROPERTY ONUS_STAGES)
  get_property(libraries GLOBAL PROPERTY ONUS_LIBRARIES)
  list(REMOVE_DUPLICATES libraries)

  # The name `onus` is the program's.
  add_library(onus_lib STATIC)
  add_library(onus::onus ALIAS onus_lib)
  set_target_properties(onus_lib PROPERTIES
    OUTPUT_NAME onus EXPORT_NAME onus LINKER_LANGUAGE CXX VERIFY_INTERFACE_HEADER_SETS ${ONUS_DEVELOPER})
  target_compile_features(onus_lib PUBLIC cxx_std_20)
  target_sources(onus_lib PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_CURRENT_SOURCE_DIR}" FILES ${arg_HEADERS})
  foreach(stage IN LISTS stages)
    target_sources(onus_lib PRIVATE $<TARGET_OBJECTS:${stage}>)
  endforeach()
  # Header-only libraries end with the compiler; what must be linked becomes a dependency of the package.
  foreach(library IN LISTS libraries)
    if(TARGET ${library})
      get_target_property(type ${library} TYPE)
      if(type STREQUAL "INTERFACE_LIBRARY")
        continue()
      endif()
    endif()
    target_link_libraries(onus_lib PRIVATE ${library})
  endforeach()

  if(ONUS_DEVELOPER) # each public header stands alone: compiled with everything else
    add_custom_target(onus_headers ALL)
    add_dependencies(onus_headers onus_lib_verify_interface_header_sets)
  endif()

  set(folder "${CMAKE_INSTALL_LIBDIR}/cmake/onus")
  install(TARGETS onus_lib EXPORT onus ARCHIVE FILE_SET HEADERS)
  if(TARGET onus)
    install(TARGETS onus RUNTIME)
  endif()
  install(EXPORT onus NAMESPACE onus:: FILE onus-targets.cmake DESTINATION "${folder}")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/onus-config-version.cmake" COMPATIBILITY SameMinorVersion)
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/onus-config.cmake" "${PROJECT_BINARY_DIR}/onus-config-version.cmake"
    DESTINATION "${folder}")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/rules/" DESTINATION "${CMAKE_INSTALL_DATADIR}/onus/rules"
    FILES_MATCHING PATTERN "*.onus")
endfunction()
