# Reads a sources.txt: one path a line, '#' starts a comment. Meson reads the same files.
function(lexecon_sources variable)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_SOURCE_DIR}/sources.txt)
  file(STRINGS sources.txt lines REGEX "^[^#]")
  set(${variable} ${lines} PARENT_SCOPE)
endfunction()
