# The flags of every target of ours.
add_library(lexecon_flags INTERFACE)
target_compile_options(lexecon_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2
  $<$<CXX_COMPILER_ID:GNU>:-Wnull-dereference>
  # At -O2, g++ 12 sees these inside libstdc++'s strings and trees where they cannot happen.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-array-bounds$<SEMICOLON>-Wno-restrict$<SEMICOLON>-Wno-stringop-overflow$<SEMICOLON>-Wno-null-dereference>
  $<$<BOOL:${LEXECON_WERROR}>:-Werror>
  -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
  $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=2>)
target_compile_definitions(lexecon_flags INTERFACE
  _GLIBCXX_ASSERTIONS $<$<BOOL:${LEXECON_TEST_CLOCK}>:LEXECON_TEST_CLOCK>)
target_link_options(lexecon_flags INTERFACE -Wl,-z,relro,-z,now)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
