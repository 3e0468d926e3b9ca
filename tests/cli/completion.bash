# What bash offers for each line of stdin, as `LINE=> CANDIDATES`: bash completion.bash SCRIPT
# shellcheck shell=bash disable=SC1090
source "$1"
while IFS= read -r typed; do
  read -ra COMP_WORDS <<<"$typed"
  [[ $typed != *' ' ]] || COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _lexecon
  printf '%s=> %s\n' "$typed" "$(printf '%s\n' "${COMPREPLY[@]}" | sort -u | paste -sd ' ')"
done
