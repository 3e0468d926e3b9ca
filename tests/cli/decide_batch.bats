#!/usr/bin/env bats

# decide --batch: a request a line in, an answer a line out.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { fresh_node enterprise; }

entries() { value /entries ledger stats; }

# batch EXIT ARGUMENT...: decide --batch, whose answers stand on stdout whatever the exit code is.
batch() {
  local wanted=$1 status=0
  shift
  "$LEXECON_BIN" decide --batch "$@" >answers 2>errors || status=$?
  output=$(<answers) stderr=$(<errors) keep_documents "$status" decide --batch "$@"
  if ((status != wanted)); then
    printf 'expected exit %s, seen %s\n--- stdout\n%s\n--- stderr\n%s\n' "$wanted" "$status" \
      "$(<answers)" "$(<errors)"
    return 1
  fi
}

# requests FIRST LAST: lines that differ in their request_id.
requests() {
  seq -f '{"actor":"human:alice","action":"git:push","resource":"git:x/refs/heads/y","request_id":"r%.0f"}' \
    "$1" "$2"
}

shown() { jq -r "$1" answers | paste -sd ' '; }

@test "every line is answered in order, whatever the outcome, and the exit code is 0" {
  cat >in <<'END'
{"actor":"human:alice","action":"git:push","resource":"git:x/refs/heads/y"}
{"actor":"human:alice","action":"git:force_push","resource":"git:x/refs/heads/y"}
{"actor":"ai_agent:x","action":"git:push","resource":"git:shop/refs/heads/main"}
{"actor":"human:alice","action":"read","resource":"vault:keys"}
END
  batch 0 in
  is "$(shown .outcome)" 'approved denied escalated conditional'
  is "$(shown .schema | tr ' ' '\n' | sort -u)" lexecon.decision/1
  is "$(shown .seq)" '3 4 5 7'
  is "$(shown .checkpoint.tree_size)" '8 8 8 8'
  [[ $(jq -r .capability_token answers | head -1) == cap_* ]]
  is "$(said ledger log --type decision --format jsonl | jq -r .data.via | sort -u)" batch
  batch 0 - <in
  is "$(shown .recorded)" 'true true true true'
  lex 0 ledger verify
}

@test "no line at all is nothing to decide" {
  batch 0 - </dev/null
  is "$(<answers)" ''
  is "$(entries)" 3
}

@test "a bad line is answered in its place, the others go on, and the exit code is 65" {
  {
    requests 1 1
    printf '{"actor":\n\n{"actor":"a"}\n[]\n{"actor":"a","action":"b","risk":{"security":101}}\n'
    head -c 1100000 /dev/zero | tr '\0' x
    printf '\n{"actor":"a","action":"b"}\0\n'
    requests 2 2
  } >in
  batch 65 in
  is "$(shown '.error.line // .request_id')" 'r1 2 3 4 5 6 7 8 r2'
  is "$(shown 'select(.error) | .schema + "=" + .error.code' | tr ' ' '\n' | sort -u)" \
    lexecon.error/1=bad_input
  has "$(jq -r 'select(.error.line == 6) | .error.where' answers)" /risk/security
  has "$(jq -r 'select(.error.line == 7) | .error.message' answers)" '1 MiB'
  is "$(entries)" 5
  lex 0 ledger verify
}

@test "a last line that is cut short is refused, even when it reads as a request" {
  {
    requests 1 2
    printf %s '{"actor":"human:alice","action":"git:push"}'
  } >in
  batch 65 - <in
  is "$(shown '.error.line // .request_id')" 'r1 r2 3'
  is "$(entries)" 5
}

@test "an idempotency key holds inside a group, between groups, and against another request" {
  local line='{"actor":"human:alice","action":"git:push","resource":"git:x/refs/heads/y","idempotency_key":"k1"}'
  printf '%s\n%s\n%s\n' "$line" "$line" '{"actor":"human:alice","action":"other","idempotency_key":"k1"}' >in
  batch 65 in
  is "$(shown 'if .error then .error.where else (.replayed | tostring) end')" 'false true /idempotency_key'
  is "$(jq -r 'select(.decision_id) | [.decision_id, .capability_token] | @tsv' answers | sort -u | wc -l)" 1
  is "$(entries)" 4
  batch 0 - <<<"$line"
  is "$(shown .replayed)" true
  is "$(entries)" 4
}

@test "a pipe that writes line by line has its answers at once, and the node is free meanwhile" {
  local answer round
  mkfifo in out
  "$LEXECON_BIN" decide --batch - <in >out 2>errors &
  exec 8>in 9<out
  for round in 1 2 3; do
    requests "$round" "$round" >&8
    read -r -t 5 answer <&9
    is "$(jq -r .request_id <<<"$answer")" "r$round"
    lex 1 decide --actor a --action b --timeout 0
  done
  exec 8>&-
  wait $!
  exec 9<&-
  is "$(entries)" 9
}

@test "a large batch has a commit for a thousand lines, not for each" {
  requests 1 2500 >in
  batch 0 in --no-token
  is "$(wc -l <answers)" 2500
  is "$(jq -r .request_id answers | sha256sum)" "$(seq -f r%.0f 1 2500 | sha256sum)"
  is "$(shown .checkpoint.tree_size | tr ' ' '\n' | uniq -c | awk '{print $1}' | paste -sd ' ')" '1000 1000 500'
  lex 0 ledger verify
}

@test "bad lines are answered in their places in every group" {
  requests 1 3500 >good
  sed -e '1s/.*/[]/' -e '999,1002s/.*/{/' -e '2000s/.*/{"actor":"a"}/' -e '3500s/.*/null/' good >in
  batch 65 in --no-token
  is "$(jq -r '.error.line // (.request_id | ltrimstr("r"))' answers | sha256sum)" "$(seq 1 3500 | sha256sum)"
  is "$(jq -c 'select(.error) | .error.line' answers | paste -sd ' ')" '1 999 1000 1001 1002 2000 3500'
  is "$(entries)" 3496
  lex 0 ledger verify
}

@test "a line that arrives in pieces is one line, and those before it have their answers meanwhile" {
  mkfifo in
  "$LEXECON_BIN" decide --batch - --no-token <in >answers 2>errors &
  exec 8>in
  { requests 1 1500 && printf '{"actor":"human:alice",'; } >&8
  for ((tries = 0; tries < 500; tries++)); do
    (($(wc -l <answers) == 1500)) && break
    sleep 0.01
  done
  is "$(wc -l <answers)" 1500
  printf '"action":"git:push",' >&8
  sleep 0.1
  is "$(wc -l <answers)" 1500
  printf '"request_id":"r1501"}\n' >&8
  exec 8>&-
  wait $!
  is "$(jq -r .request_id answers | sha256sum)" "$(seq -f r%.0f 1 1501 | sha256sum)"
}

@test "input that fails while a group is decided ends the batch with 74 after that group" {
  requests 1 1 >line
  /usr/bin/python3 - "$LEXECON_BIN" >answers 2>errors <<'END'
import socket, subprocess, sys
ours, theirs = socket.socketpair()
batch = subprocess.Popen([sys.argv[1], "decide", "--batch", "-", "--no-token", "--json"],
                         stdin=theirs, stdout=subprocess.PIPE)
ours.sendall(open("line", "rb").read())
answer = batch.stdout.readline()
theirs.send(b"never read")  # so that our close is a reset of the connection
ours.close()
sys.stdout.buffer.write(answer + batch.stdout.read())
print(batch.wait())
END
  is "$(head -1 answers | jq -r .request_id)" r1
  is "$(tail -n +2 answers)" 74
  is "$(jq -r '.error | .code + " " + .where' errors)" 'io standard input'
  is "$(entries)" 4
}

@test "memory does not grow with the length of the batch" {
  local short long
  requests 1 200 | sed "s/}$/,\"intent\":\"$(head -c 30000 /dev/zero | tr '\0' x)\"}/" >in
  peak() {
    /usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' \
      "$LEXECON_BIN" decide --batch - --no-token
  }
  for _ in {1..5}; do cat in; done >five
  short=$(peak <five)
  long=$(for _ in {1..6}; do cat five; done | peak)
  echo "# $short KiB for 30 MB, $long KiB for 180 MB" >&3
  ((long < short + 40000))
}

@test "two batches at once make one chain" {
  requests 1 1500 >in
  "$LEXECON_BIN" decide --batch in --no-token --timeout 120 >one 2>/dev/null &
  "$LEXECON_BIN" decide --batch in --no-token --timeout 120 >two 2>/dev/null &
  wait
  is "$(jq -r .seq one two | sort -nu | wc -l)" 3000
  is "$(entries)" 3003
  lex 0 ledger verify
}

@test "what was answered survives a kill in the middle" {
  local pid round answered=0 seen
  requests 1 4000 >in
  for round in 1 2 3 4 5 6; do
    "$LEXECON_BIN" decide --batch in --no-token >"ack.$round" 2>/dev/null &
    pid=$!
    for ((tries = 0; tries < 200; tries++)); do
      (($(wc -l <"ack.$round") > 0)) && break
      sleep 0.01
    done
    sleep "$(printf '0.%04d' $((RANDOM % 3000)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    # The last line may be cut short by the kill: only a whole one was an answer.
    head -n "$(wc -l <"ack.$round")" "ack.$round" | jq -r .decision_id >>known
    lex 0 ledger verify
  done
  answered=$(wc -l <known)
  said ledger log --type decision --format jsonl | jq -r .data.decision_id | sort >recorded
  seen=$(sort -u known | comm -12 - recorded | wc -l)
  is "$seen" "$answered"
  ((answered > 0))
  echo "# $answered answers before the kills" >&3
}

@test "answers that cannot be written are exit 74, and end the batch" {
  local status=0
  requests 1 2500 >in
  "$LEXECON_BIN" decide --batch in --no-token >/dev/full 2>errors || status=$?
  is "$status" 74
  is "$(jq -r '.error.code' errors)" io
  is "$(entries)" 1003
}

@test "a held lock ends the batch with 69 after the last answered line" {
  mkfifo in
  "$LEXECON_BIN" decide --batch in --timeout 0 >answers 2>errors &
  exec 8>in
  requests 1 1 >&8
  for ((tries = 0; tries < 500; tries++)); do
    (($(wc -l <answers) == 1)) && break
    sleep 0.01
  done
  exec 9>>.lexecon/lock
  flock 9
  requests 2 2 >&8
  local status=0
  wait $! || status=$?
  exec 8>&- 9>&-
  is "$status" 69
  is "$(shown .request_id)" r1
  is "$(jq -r .error.code errors)" busy
  is "$(entries)" 4
}

@test "a node that was set back ends the batch with 76 and decides nothing" {
  cp .lexecon/ledger.db old.db
  lex 1 decide --actor a --action b
  cp old.db .lexecon/ledger.db
  requests 1 3 >in
  batch 76 in
  is "$(<answers)" ''
}

@test "another set that is activated meanwhile judges the next group" {
  local answer
  mkfifo in out
  "$LEXECON_BIN" decide --batch - --no-token <in >out 2>errors &
  exec 8>in 9<out
  requests 1 1 >&8
  read -r -t 5 answer <&9
  is "$(jq -r .outcome <<<"$answer")" approved
  sed -i 's/humans-push/people-push/' .lexecon/policies/*.yaml
  lex 0 policy activate
  requests 2 2 >&8
  read -r -t 5 answer <&9
  is "$(jq -r '.policy.matched[0]' <<<"$answer")" people-push
  exec 8>&-
  wait $!
  exec 9<&-
  lex 0 ledger verify
}

@test "bad words are exit 64, missing files 66, and record nothing" {
  lex 64 decide --batch - --actor a </dev/null
  lex 64 decide --batch - --request - </dev/null
  lex 64 decide --batch - --dry-run </dev/null
  lex 64 decide --batch - --pointer /seq </dev/null
  lex 64 decide --batch - --ttl 25h </dev/null
  lex 66 decide --batch nowhere.jsonl
  lex 65 decide --batch .
  is "$(entries)" 3
}
