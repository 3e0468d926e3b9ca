#!/bin/sh
# Writes the files of some folders as one C++ source, so that the program carries what `init` and
# `hook install` put in place.
#
#   embed.sh ROOT OUTPUT DEPFILE FOLDER...
#
# Paths are relative to ROOT and in byte order: the same files give the same source. The dependency
# file names every file and folder, so that an added file is seen too.
set -eu
LC_ALL=C
export LC_ALL
root=$1 output=$2 depfile=$3
shift 3
# Ninja compares the name in the dependency file with the one it gave.
target=$output
case $output in /*) ;; *) output=$PWD/$output ;; esac
case $depfile in /*) ;; *) depfile=$PWD/$depfile ;; esac
cr=$(printf '\r')
delimiter='lexecon-embedded'

cd "$root"
folders='' tree=''
for folder in "$@"; do
  # Of a folder that is not there yet, the root tells when it comes.
  if [ -d "$folder" ]; then folders="$folders $folder"; else tree=.; fi
done
files=''
if [ -n "$folders" ]; then
  # The folders are plain words given by the build files.
  # shellcheck disable=SC2086
  files=$(find $folders -type f ! -name '.*' | sort)
  # shellcheck disable=SC2086
  tree="$tree $(find $folders -type d | sort)"
fi

{
  printf '%s\n' '// Made by cmake/embed.sh.' '#include "base/embedded.hpp"' '' '#include <array>' '' \
    '// A file may be longer than the literals that every compiler has to take.' \
    '#pragma GCC diagnostic ignored "-Woverlength-strings"' '' \
    'namespace lexecon {' 'namespace {' '' 'using std::string_view_literals::operator""sv;' ''
  count=0
  for file in $files; do count=$((count + 1)); done
  printf 'constexpr std::array<EmbeddedFile, %s> files{{\n' "$count"
  for file in $files; do
    if grep -qF ")$delimiter\"" "$file" || grep -q "$cr" "$file"; then
      echo "embed.sh: $file holds a carriage return or the delimiter" >&2
      exit 1
    fi
    printf '    {"%s"sv, R"%s(' "$file" "$delimiter"
    cat "$file"
    printf ')%s"sv},\n' "$delimiter"
  done
  printf '%s\n' '}};' '' '}  // namespace' '' \
    'std::span<const EmbeddedFile> embedded_files() { return files; }' '' '}  // namespace lexecon'
} >"$output.new"
{
  printf '%s:' "$target"
  for path in $files $tree; do printf ' %s/%s' "$root" "$path"; done
  printf '\n'
} >"$depfile"
mv "$output.new" "$output"
