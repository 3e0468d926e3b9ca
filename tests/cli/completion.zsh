# What zsh offers for each line of stdin, as `LINE=> CANDIDATES`: zsh -f completion.zsh FOLDER SCRATCH
# FOLDER holds the function _lexecon. zsh completes only where it edits lines, so one runs on a pty.
emulate -R zsh
zmodload zsh/zpty zsh/datetime

typeset -x FOLDER=$1 ZDOTDIR=$2 CANDIDATES=$2/candidates
cat >$ZDOTDIR/.zshrc <<'RC'
PS1= zle_bracketed_paste=()
bindkey -e
fpath=($FOLDER $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
  local -a added
  # Calls that only fill an array add nothing.
  if [[ ${(j: :)@[1,(i)--]} != (|* )-(O|A|D)* ]]; then
    builtin compadd -A added "$@"
    ((!$#added)) || print -rl -- $added >>$CANDIDATES
  fi
  builtin compadd "$@"
}
finished() { : >$CANDIDATES.done; comppostfuncs=(finished); }
comppostfuncs=(finished)
precmd() { : >$CANDIDATES.ready; }
RC

await() {
  float end=$((EPOCHREALTIME + 10))
  while [[ ! -e $1 ]]; do
    zpty -r line drained || sleep 0.02
    ((EPOCHREALTIME < end)) || return 1
  done
}

zpty -b line exec zsh -i
await $CANDIDATES.ready || exit 1
while IFS= read -r typed; do
  rm -f $CANDIDATES.done
  : >$CANDIDATES
  zpty -wn line $'\C-u'"$typed"$'\t'
  await $CANDIDATES.done || exit 1
  print -r -- "$typed=> ${(j: :)${(f)"$(sort -u $CANDIDATES)"}}"
done
zpty -d line
