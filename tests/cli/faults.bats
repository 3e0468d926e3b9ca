#!/usr/bin/env bats
# What a machine does to a node: full disks, other programs, read-only media, clocks, descriptors.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --no-token
}

# apart SCRIPT: in a mount namespace of its own, as root of it.
apart() { unshare -Urm bash -euc "$1"; }

may_be_apart() { unshare -Urm true 2>/dev/null || skip 'no user namespaces here'; }

# A database in the middle of a commit, as a killed writer leaves it.
hot_journal() {
  mkdir killed
  sqlite3 .lexecon/ledger.db 'PRAGMA cache_size=1' 'BEGIN IMMEDIATE' \
    "UPDATE entries SET body = zeroblob(60000)" '.shell cp .lexecon/ledger.db* killed/' ROLLBACK
  cp killed/ledger.db* .lexecon/
  [[ -s .lexecon/ledger.db-journal ]]
}

@test "a full disk: nothing is given, nothing is half there, and it works when there is room" {
  may_be_apart
  mkdir small
  export -f lex is has keep_documents
  export LEXECON_BIN BATS_TEST_TMPDIR documents
  apart '
    mount -t tmpfs -o size=1m none small
    cp -a .lexecon small/node
    before=$(ls -A small/node)
    head -c 2m /dev/zero >small/ballast 2>/dev/null || true
    for ((i = 0; i < 50; i++)); do
      lex 74 decide --node small/node --actor ai_agent:x --action read --resource "file:$i"
    done
    lex 0 ledger verify --node small/node
    is "$(ls -A small/node)" "$before"
    lex 0 ledger stats --node small/node --json
    is "$(jq .entries <<<"$output")" 4
    # Until it is full: what was answered is what is there.
    rm small/ballast
    given=0
    for ((i = 0; i < 400; i++)); do
      status=0
      "$LEXECON_BIN" decide --node small/node --actor ai_agent:x --action read >answer 2>errors || status=$?
      ((status == 74)) && break
      is "$status" 0
      given=$((given + 1))
    done
    is "$status" 74
    is "$(<answer)" ""
    lex 0 ledger verify --node small/node
    lex 0 ledger stats --node small/node --json
    is "$(jq .entries <<<"$output")" $((4 + given))
  '
}

@test "a file that may not grow: exit 74, and nothing is recorded" {
  local kilobytes
  kilobytes=$(($(stat -c %s .lexecon/ledger.db) / 1024))
  head -c 90000 /dev/zero | tr '\0' x >large
  (
    ulimit -f "$kilobytes"
    lex 74 decide --actor ai_agent:x --action read --context-json "{\"text\":\"$(<large)\"}"
  )
  lex 0 ledger verify
  is "$(value /entries ledger stats)" 4
}

@test "another program that switched the journal mode is refused, and nothing is lost" {
  sqlite3 .lexecon/ledger.db 'PRAGMA journal_mode=wal' >mode
  is "$(<mode)" wal
  lex 78 decide --actor ai_agent:x --action read
  has "$stderr" 'PRAGMA journal_mode=DELETE'
  lex 78 ledger verify
  has "$stderr" 'PRAGMA journal_mode=DELETE'
  # As the hint says.
  sqlite3 .lexecon/ledger.db 'PRAGMA journal_mode=DELETE' >mode
  lex 0 ledger verify
  is "$(value /entries ledger stats)" 4
  lex 0 decide --actor ai_agent:x --action read --no-token
  is "$(value /entries ledger stats)" 5
}

@test "a crashed writer's journal on read-only media is named, and no answer is made of what it hides" {
  local command
  may_be_apart
  hot_journal
  for command in 'ledger verify' 'ledger verify --json' 'ledger log' 'ledger show 2' 'ledger stats' 'status' \
    'decision list' 'policy show' 'ledger checkpoint'; do
    status=0
    apart "
      mount --bind .lexecon .lexecon
      mount -o remount,ro,bind .lexecon
      '$LEXECON_BIN' $command" >out 2>err || status=$?
    is "$command: $status" "$command: 74"
    is "$(<out)" ''
    has "$(<err)" ledger.db-journal
    [[ $(<err) != *invalid* && $(<err) != *altered* ]]
  done
  [[ -s .lexecon/ledger.db-journal ]]
  lex 0 ledger verify # where it may be written, it is rolled back
  is "$(value /entries ledger stats)" 4
}

@test "read-only media without a journal: verified, and nothing is decided" {
  may_be_apart
  export LEXECON_BIN
  apart '
    mount --bind .lexecon .lexecon
    mount -o remount,ro,bind .lexecon
    "$LEXECON_BIN" ledger verify >out
    status=0
    "$LEXECON_BIN" decide --actor ai_agent:x --action read >answer 2>errors || status=$?
    ((status >= 64))
    [[ ! -s answer ]]'
  is "$(head -n 1 out)" 'valid, 4 entries verified'
}

@test "a clock that went back is refused, and recorded when it is accepted" {
  local step
  for step in -1h -1y '1970-01-02 00:00:00'; do
    lex 0 ledger stats --json
    before=$(jq .entries <<<"$output")
    status=0
    faketime -f "$(clock "$step")" "$LEXECON_BIN" decide --actor ai_agent:x --action read >out 2>err || status=$?
    is "$step: $status" "$step: 78"
    is "$(<out)" ''
    has "$(<err)" --accept-clock
    is "$(value /entries ledger stats)" "$before"
    faketime -f "$(clock "$step")" "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token --accept-clock >out
    is "$(value /entries ledger stats)" $((before + 2))
    is "$(value /entry/event_type ledger show "$before")" clock.accepted
    lex 0 ledger verify
  done
  # A minute is no reason to stop: the last time is repeated.
  faketime -f -30s "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >out
  lex 0 ledger verify
}

# remote EXIT ARGUMENT...: the command on a file system that statfs(2) calls NFS.
remote() {
  local wanted=$1 status=0
  shift
  strace -qq -o trace -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 \
    "$LEXECON_BIN" "$@" >out 2>err || status=$?
  is "$status of lexecon $*: $(<err)" "$wanted of lexecon $*: $(<err)"
}

@test "a network file system is refused by whatever writes, unless it is allowed, and read as any other" {
  ((EUID == 0)) || skip 'only root writes into the memory of this program'
  strace -qq -o trace -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 true 2>/dev/null ||
    skip 'nothing may be traced here, or nothing altered'
  local size command before=$PWD/before
  echo passphrase >passphrase
  chmod 600 passphrase
  lex 0 backup kept
  size=$(sqlite3 .lexecon/ledger.db 'SELECT max(tree_size) FROM checkpoints')
  cp -a .lexecon "$before"
  for command in 'decide --actor ai_agent:x --action read' 'init elsewhere --id other' 'ledger rebuild' \
    'key rotate ledger' 'key rotate token' 'key passwd --new-passphrase-file passphrase' \
    "recover --accept-size $size --reason why" 'restore kept' 'evidence add passphrase --type attestation' \
    'export -o another'; do
    # shellcheck disable=SC2086
    remote 78 $command
    has "$(<err)" --allow-network-fs
    is "$(<out)" ''
  done
  [[ ! -e elsewhere && ! -e another ]]
  diff -r -x evidence "$before" .lexecon
  is "$(find .lexecon/evidence -type f)" ''
  remote 0 ledger verify
  remote 0 status
  remote 0 backup copy
  remote 0 decide --actor ai_agent:x --action read --no-token --allow-network-fs
  lex 0 ledger verify
}

# clock STEP: how faketime is told of a step, or of a time that stands.
clock() { [[ $1 == [-+]* ]] && echo "$1" || echo "@$1"; }

@test "a clock far ahead: decisions are made, and the way back is refused" {
  local time
  for time in '2038-01-19 03:14:08' '2106-02-07 06:28:16'; do
    faketime -f "@$time" "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token >out
    status=0
    faketime -f "@$time" "$LEXECON_BIN" ledger verify >out || status=$?
    is "$status" 0
  done
  lex 78 decide --actor ai_agent:x --action read
  lex 0 ledger verify
}

@test "a lock that is held: exit 69 after the time that was given, the holder named" {
  local started
  exec 9>>.lexecon/lock
  flock 9
  echo $$ >.lexecon/lock
  started=$(date +%s%N)
  lex 69 decide --actor ai_agent:x --action read --timeout 1
  (((($(date +%s%N) - started)) / 1000000 < 3000))
  has "$stderr" "process $$"
  exec 9>&-
  is "$(value /entries ledger stats)" 4
}

@test "closed descriptors never become the database" {
  local round
  for ((round = 0; round < 20; round++)); do
    status=0
    "$LEXECON_BIN" decide --actor ai_agent:x --action read <&- >&- 2>&- || status=$?
    is "$status" 74
    "$LEXECON_BIN" decide --actor ai_agent:x --action read --no-token <&- >out 2>&-
    "$LEXECON_BIN" ledger verify --json <&- >out 2>&-
    is "$(jq -r .verdict out)" valid
  done
  lex 0 ledger verify
}

@test "the same answer in every locale and time zone" {
  local expected
  expected=$("$LEXECON_BIN" ledger log --format jsonl 2>/dev/null)
  for locale in C POSIX tr_TR.UTF-8 de_DE.UTF-8 nonsense; do
    for zone in UTC Asia/Kathmandu Nowhere/None; do
      is "$(LC_ALL=$locale LANG=$locale TZ=$zone "$LEXECON_BIN" ledger log --format jsonl 2>/dev/null)" "$expected"
      is "$(LC_ALL=$locale TZ=$zone "$LEXECON_BIN" ledger verify --json 2>/dev/null | jq -r .verdict)" valid
    done
  done
}

@test "where no thread can be had, one does all the work" {
  strace -f -o trace true 2>/dev/null || skip 'nothing may be traced here'
  local i
  for ((i = 0; i < 40; i++)); do
    printf '{"request_id":"r-%s","actor":"ai_agent:x","action":"read"}\n' "$i"
  done >requests
  for i in 'decide --batch requests --no-token' 'ledger verify --json' 'decide --actor ai_agent:x --action read --json'; do
    status=0
    # shellcheck disable=SC2086
    strace -f -qq -o trace -e trace=clone,clone3 -e inject=clone,clone3:error=EAGAIN "$LEXECON_BIN" $i >out 2>err || status=$?
    is "$status of $i: $(grep error err)" "0 of $i: "
    [[ $i != *--batch* ]] || is "$(jq -r .request_id out)" "$(jq -r .request_id requests)"
  done
  is "$(value /entries ledger stats)" 45
}

# within KIBIBYTES ARGUMENT...: the program with so much memory.
within() {
  (ulimit -v "$1" && shift && exec "$LEXECON_BIN" "$@") >out 2>err
}

@test "memory that runs out is a failure, never an answer that is not on record" {
  local least room command status given=0 refused=0
  # Before this the program cannot be loaded.
  for ((least = 8192; least < 65536; least += 32)); do
    within "$least" version && break
  done
  for ((room = least; room < least + 6144; room += 96)); do
    for command in 'decide --actor ai_agent:x --action read --no-token' 'ledger log' 'ledger verify'; do
      status=0
      # shellcheck disable=SC2086
      within "$room" $command || status=$?
      if ((status == 0)); then
        [[ $command != decide* ]] || given=$((given + 1))
      else
        # 66: there was not even room to look for the node.
        is "$command with $room KiB: $status: $(<out)" \
          "$command with $room KiB: $((status == 74 || status == 66 ? status : 70)): "
        refused=$((refused + 1))
      fi
    done
  done
  lex 0 ledger verify
  is "$(value /entries ledger stats)" $((4 + given))
  ((given > 0 && refused > 0))
}
