#!/usr/bin/env bats
# Commands that change keys or replace the ledger, killed before each of their calls that write, with
# an error of the disk in its place, and with a disk that is full from there on: the node then works as
# before or as after, or the same command brings it there.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

calls=write,pwrite64,ftruncate,fsync,fdatasync,link,rename,renameat2,mkdir,rmdir,unlink,unlinkat

# So many places are tried, others with another seed; a long run tries all.
wanted=$((${LEXECON_TEST_ROUNDS:-1} > 1 ? 1000000 : 12))
ways='signal=SIGKILL error=EIO error=ENOSPC+' # with a plus each call of that name from there on
seed=${LEXECON_TEST_SEED:-$RANDOM}

# The node and its user's state in one folder, in memory where that can be: no sync is waited for.
setup() {
  local memory=$BATS_TEST_TMPDIR
  fresh_node enterprise
  [[ ! -w /dev/shm ]] || memory=/dev/shm
  place=$(mktemp -d "$memory/lexecon-killed-XXXXXX")
  mkdir "$place/now"
  mv "$HOME" .lexecon "$place/now/"
  cd "$place" || return
  export HOME=$place/now/home
  umask 077
  echo one >passphrase
  deploys
  keep
}

teardown() { rm -rf "$place"; }

# keep: what `again` brings back. The names stay, since heads are kept by a node's place.
keep() {
  rm -rf kept
  cp -a now kept
}

again() {
  rm -rf now
  cp -a kept now
}

lexecon() { "$LEXECON_BIN" --node now/.lexecon "$@" >out 2>err; }

# deploys OPTION...: a decision with a token, which takes both keys and lives through a long run.
deploys() {
  lexecon decide --ttl 24h --actor ai_agent:deployer --action deploy --resource env:staging/shop "$@"
}

# places ARGUMENT...: its calls that write, as `CALL NUMBER`.
places() {
  again
  strace -qq -o trace -e trace="$calls" "$LEXECON_BIN" --node now/.lexecon "$@" >out 2>err
  sed -n 's/^\([a-z0-9]*\)(.*/\1/p' trace | awk '{ print $1, ++seen[$1] }'
}

# survives CHECK ARGUMENT...: the check holds whatever happened at one of its calls.
survives() {
  local check=$1 how call number status stride at=0 tried=0
  shift
  places "$@" >all
  stride=$(($(wc -l <all) / wanted + 1))
  for how in $ways; do
    while read -r call number; do
      (((at++ + seed) % stride)) && continue
      again
      status=0
      strace -qq -o /dev/null -e trace="$call" -e inject="$call:${how%+}:when=$number${how//[^+]/}" \
        "$LEXECON_BIN" --node now/.lexecon "$@" >out 2>err </dev/null || status=$?
      tried=$((tried + 1))
      ends_well "$status" "$how" && "$check" "$@" || {
        echo "exit $status of lexecon $*, $how at $call $number, seed $seed: $(cat out err)"
        return 1
      }
    done <all
  done
  echo "# lexecon $1 $2: $tried of $at ways, seed $seed" >&3
  ((tried > 3))
}

# ends_well STATUS HOW: what could not be cleaned up is no failure; anything else is one, of the disk.
ends_well() {
  case $2 in
    signal*) is "$1" 137 ;;
    *) [[ $1 == @(0|73|74) ]] ;;
  esac
}

# is_sound: what was recorded is there, and the log goes on.
is_sound() {
  lexecon ledger verify --deep &&
    lexecon status --check &&
    lexecon ledger log --type decision --format jsonl &&
    (($(wc -l <out) >= 1))
}

works() { deploys && is_sound; }

works_or_repeats() { works || { lexecon "$@" && works; }; }

@test "key rotate ledger" {
  survives works key rotate ledger
}

@test "key rotate token" {
  survives works key rotate token
}

@test "key rotate under a passphrase" {
  with_passphrase() { deploys --passphrase-file passphrase && ! deploys && is_sound; }
  lexecon key passwd --new-passphrase-file passphrase
  keep
  ways=signal=SIGKILL wanted=6 # every command derives a key for a second
  survives with_passphrase key rotate ledger --passphrase-file passphrase
  survives with_passphrase key rotate token --passphrase-file passphrase
}

# Each key is under the old passphrase or the new one; giving both makes it whole.
@test "key passwd" {
  either() {
    lexecon key passwd --passphrase-file passphrase --new-passphrase-file passphrase ||
      lexecon key passwd --new-passphrase-file passphrase || return
    deploys --passphrase-file passphrase && is_sound
  }
  ways=signal=SIGKILL
  survives either key passwd --new-passphrase-file passphrase
}

@test "recover" {
  lexecon decide --actor ai_agent:assistant --action read --resource vault:keys || true
  rm now/.lexecon/head.note
  keep
  survives works_or_repeats recover --accept-size 4 --reason 'head.note is gone'
}

@test "restore" {
  lexecon backup backup.db
  rm now/.lexecon/ledger.db
  keep
  survives works_or_repeats restore backup.db
}

@test "backup: no half copy, and the node as it was" {
  clean() { rm -f now/copy && lexecon backup now/copy && works; }
  survives clean backup now/copy
}

# checked_package: it is whole, where there is one.
checked_package() {
  [[ ! -e now/package ]] || (cd now/package && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt)
}

@test "export: a package that has its name is whole and on record" {
  packaged() {
    checked_package || return
    if [[ -e now/package ]]; then
      lexecon ledger log --type export.sealed --format jsonl && [[ -s out ]] || return
    fi
    rm -rf now/package* && lexecon export -o now/package && works
  }
  survives packaged export -o now/package
}

@test "archive: an entry is in the database or in a whole package, or in both" {
  moved() {
    checked_package && is_sound || return
    lexecon ledger stats --pointer /archived || return
    [[ $(<out) == 0 || -e now/package ]] || return
    # What it wanted to move is moved now, once.
    rm -rf now/package.new.*
    [[ $(<out) != 0 ]] || { rm -rf now/package && lexecon "$@"; } || return
    lexecon ledger stats --pointer /archived && is "$(<out)" 2 && lexecon ledger rebuild && deploys && is_sound
  }
  local name
  for name in alice bob; do
    ssh-keygen -q -t ed25519 -N '' -C "$name" -f "now/$name"
  done
  lexecon operator add alice --role admin --key now/alice.pub
  lexecon operator add bob --role compliance_officer --key now/bob.pub --as alice --sign-with now/alice
  lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --no-token
  lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --no-token
  sleep 1
  keep
  survives moved archive --keep 1s -o now/package --as bob --sign-with now/bob
}

# Whether on record or not, what the entry says is what is there; what was erased is in no file then.
@test "privacy erase" {
  erased_or_not() {
    deploys && is_sound || return
    [[ ! -e now/.lexecon/erasing && ! -e now/.lexecon/ledger.db-journal ]] || return
    lexecon ledger log --type sealed.erased --format jsonl || return
    if [[ -s out ]]; then
      ! grep -rqaF marker-of-alice now/.lexecon && [[ -z $(find now/.lexecon/evidence -type f) ]]
    else
      grep -rqaF marker-of-alice now/.lexecon && [[ -n $(find now/.lexecon/evidence -type f) ]]
    fi
  }
  ssh-keygen -q -t ed25519 -N '' -f alice
  lexecon operator add alice --role admin --key alice.pub
  lexecon decide --actor human:alice --action read --resource wiki:home --intent marker-of-alice
  echo marker-of-alice >report
  lexecon evidence add report --type attestation --decision "$(said decision list --node now/.lexecon --actor human:alice --format jsonl | jq -r .decision_id)"
  rm report
  keep
  ((wanted > 12)) || wanted=8
  survives erased_or_not privacy erase actor:human:alice --legal-basis gdpr:17 --requested-at 1h --as alice --sign-with alice
}
