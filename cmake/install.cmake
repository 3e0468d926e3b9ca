# What an installation holds besides the program; meson.build installs the same files.
# Components: program, documents (pages, completions, schemas), development (libcore from outside).
install(TARGETS lexecon_core ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY libcore/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lexecon COMPONENT development
  FILES_MATCHING PATTERN "*.hpp"
  # Headers of the libraries underneath, which no header includes.
  PATTERN sodium.hpp EXCLUDE PATTERN sqlite_error.hpp EXCLUDE)

set(PREFIX ${CMAKE_INSTALL_PREFIX})
set(LIBDIR ${CMAKE_INSTALL_LIBDIR})
set(INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
set(VERSION ${PROJECT_VERSION})
foreach(name lexecon.pc lexeconConfig.cmake lexeconConfigVersion.cmake)
  configure_file(cmake/${name}.in ${name} @ONLY)
endforeach()
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/lexecon.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/lexeconConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/lexeconConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lexecon COMPONENT development)

foreach(section 1 5 7)
  install(DIRECTORY man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT documents
    FILES_MATCHING PATTERN "*.${section}")
endforeach()
install(DIRECTORY templates/schemas templates/ci templates/reports USE_SOURCE_PERMISSIONS DESTINATION ${CMAKE_INSTALL_DATADIR}/lexecon COMPONENT documents)
install(FILES completions/lexecon.bash RENAME lexecon
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT documents)
install(FILES completions/_lexecon
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT documents)
install(FILES completions/lexecon.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT documents)
