#!/usr/bin/env bats
# What the program asks of the system: when it syncs, whom it starts, what it connects to, and who may read
# its memory.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  ((EUID == 0)) || skip 'only root reads the memory of this program, names of files among it'
  command -v strace >/dev/null || skip 'no strace here'
  strace -o /dev/null true 2>/dev/null || skip 'nothing may be traced here'
  fresh_node enterprise
}

# A file is synced before it takes its name, and its folder before the answer is given. (What SQLite syncs is
# for tests/unit/service/power_loss_test.cpp.) Reads `strace -f -y`, prints what a loss of power could take away.
# What may be lost: a hint of who holds the lock, and the cache.
lost() {
  # shellcheck disable=SC2016
  awk '
    function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
    function quoted(n, part) { split(call, part, "\""); return part[2 * n] }
    function is_there(path) { return path !~ /\/(lock|cache\/[^\/]*)$/ && path ~ /^\// }
    function forget(path) { delete dirty[path]; delete named[path] }
    function tell() {
      for (path in dirty) print "not synced: " path
      for (path in named) print "in a folder that was not synced: " path
    }
    {
      pid = $1
      sub(/^[0-9]+ +/, "")
      if (sub(/ *<unfinished \.\.\.>$/, "")) { half[pid] = $0; next }
      if (match($0, /^<\.\.\. [a-z0-9_]+ resumed>/)) $0 = half[pid] substr($0, RLENGTH + 1)
      call = $0
      if (call !~ /= [0-9]/) next
      what = substr(call, 1, index(call, "(") - 1)
      path = call
      sub(/^[a-z0-9_]+\([0-9]+</, "", path)
      sub(/>.*$/, "", path)
      if (what == "openat" && call ~ /O_CREAT/) {
        path = call
        sub(/^.*= [0-9]+</, "", path)
        sub(/>.*$/, "", path)
        if (is_there(path)) { named[path] = folder(path); ++made }
      } else if (what == "mkdir") {
        named[quoted(1)] = folder(quoted(1))
      } else if (what ~ /^(p?write|p?write64|ftruncate)$/) {
        if (call ~ /^write\(1</) { ++answers; tell(); exit }
        if (is_there(path) && call !~ /^write\(2</) dirty[path] = 1
      } else if (what ~ /sync$/) {
        delete dirty[path]
        for (each in named) if (named[each] == path) delete named[each]
      } else if (what ~ /^rename/) {
        for (each in dirty) {
          if (each == quoted(1) || index(each, quoted(1) "/") == 1) print "named before it was synced: " each
        }
        for (each in named) {
          if (index(each, quoted(1) "/") != 1) continue
          print "named before its folder was synced: " each
          delete named[each]
        }
        forget(quoted(1))
        if (is_there(quoted(2))) named[quoted(2)] = folder(quoted(2))
      } else if (what == "link") {
        named[quoted(2)] = folder(quoted(2))
      } else if (what ~ /^(unlink|rmdir)/) {
        forget(call ~ /AT_FDCWD</ || what != "unlinkat" ? quoted(1) : path "/" quoted(1))
      }
    }
    END { if (answers != 1 || made < 1) print "nothing was seen: " answers + 0 " answers, " made + 0 " files" }
  ' trace
}

# keeps EXIT ARGUMENT...: the command answers so, and nothing of what it made can be lost.
keeps() {
  local wanted=$1 status=0
  shift
  strace -f -y -qq -s 4096 -o trace \
    -e trace=openat,mkdir,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat2,link,unlink,unlinkat,rmdir \
    "$LEXECON_BIN" "$@" >out 2>err || status=$?
  is "$status: $(<err)" "$wanted: $(<err)"
  is "lexecon $1: $(lost)" "lexecon $1: "
}

@test "what a command made is on the disk before it answers" {
  keeps 0 init node --id durable --template enterprise
  keeps 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop
  echo '# changed' >>.lexecon/risk.yaml
  keeps 0 policy activate
  keeps 0 key rotate ledger
  keeps 0 key rotate token
  echo proof >report
  keeps 0 evidence add report --type attestation
  keeps 0 export -o "$PWD/package"
  keeps 0 receipt make entry_4 -o receipt
  keeps 0 backup "$PWD/copy.db"
  rm .lexecon/ledger.db
  keeps 0 restore copy.db
  rm .lexecon/head.note
  keeps 0 recover --accept-size "$(sqlite3 .lexecon/ledger.db 'SELECT max(tree_size) FROM checkpoints')" --reason lost
}

# alone EXIT ARGUMENT...: the command answers so, starts no other program and opens no socket.
alone() {
  local wanted=$1 status=0
  shift
  strace -f -qq -o trace -e trace=execve,execveat,socket,connect,bind,socketpair "$LEXECON_BIN" "$@" >out 2>err </dev/null ||
    status=$?
  is "$status: $(<err)" "$wanted: $(<err)"
  is "lexecon $1: $(grep -vE '^[0-9]+ +(execve\(|[+-]{3})' trace)" "lexecon $1: "
  is "$(grep -c execve trace)" 1
}

@test "what decides and what verifies starts no program and opens no socket" {
  alone 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --json
  jq -r .capability_token out >token
  alone 0 token verify --node "$PWD/.lexecon" --action deploy --resource env:staging/shop --token-file token
  alone 0 ledger verify --deep
  lex 0 export -o package
  alone 0 verify package --key .lexecon/keys/ledger.pub
  lex 0 ledger log --format jsonl
  echo "$output" >entries
  alone 0 ledger verify --entries entries --key .lexecon/keys/ledger.pub --against .lexecon/head.note
  alone 0 key rotate ledger
  alone 0 backup copy
}

# protected_before FILE: memory is closed to core files and to others before the file is opened.
protected_before() {
  awk -v file="$1" '
    /PR_SET_DUMPABLE, SUID_DUMP_DISABLE\) = 0/ { closed = 1 }
    /RLIMIT_CORE, \{rlim_cur=0, rlim_max=0\}.* = 0/ { small = 1 }
    index($0, file) { opened = 1; if (!closed || !small) early = 1 }
    END { exit early || !opened }
  ' trace
}

@test "a key in memory is in no core file, and no other process of the user reads it" {
  strace -f -qq -o trace -e trace=prctl,prlimit64,setrlimit,openat \
    "$LEXECON_BIN" decide --actor ai_agent:deployer --action deploy --resource env:staging/shop >out 2>err
  protected_before keys/ledger.key
  protected_before keys/token.key
  # What is named by an open descriptor is read all the same.
  lex 0 decide --request <(echo '{"actor":"ai_agent:deployer","action":"deploy","resource":"env:staging/shop"}')
}
