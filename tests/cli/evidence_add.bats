#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  echo report >report.txt
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
}

entries() { value /entries ledger stats; }

# nothing_kept: neither a file nor a half of one.
nothing_kept() { is "$(find .lexecon/evidence -type f 2>/dev/null)" ''; }

@test "a file, what is said of it, and what it is for" {
  lex 0 evidence add report.txt --type external_report --decision "$decision" --control iso42001:A.6.2.4 \
    --media-type text/plain --name 'the report' --description 'what was found' --retention ten_years --json
  is "$(jq -r .file.sha256 <<<"$output")" "$(sha256sum <report.txt | cut -c 1-64)"
  is "$(jq -c '[.file.size, .file.media_type, .file.name, .file.description, .file.retention]' <<<"$output")" \
    '[7,"text/plain","the report","what was found","ten_years"]'
  is "$(jq -c '.links | map([.decision_id, .control, .ledger_entry_id])' <<<"$output")" \
    "[[\"$decision\",\"iso42001:A.6.2.4\",\"entry_5\"]]"
  is "$(jq -r .evidence_id <<<"$output" | cut -c 1-20)" evd_external_report_
  lex 0 ledger verify --deep
  lex 0 evidence add report.txt --type attestation
  has "$output" 'report.txt'
  has "$output" standard
}

@test "the bytes stand under their digest, once, closed to others and to git" {
  local hash
  umask 000
  hash=$(sha256sum <report.txt | cut -c 1-64)
  lex 0 evidence add report.txt --type screenshot
  lex 0 evidence add - --type screenshot <report.txt
  is "$(find .lexecon/evidence -type f)" ".lexecon/evidence/${hash:0:2}/$hash"
  is "$(stat -c %a ".lexecon/evidence/${hash:0:2}/$hash" ".lexecon/evidence/${hash:0:2}" .lexecon/evidence | tr '\n' ' ')" \
    '600 700 700 '
  git init -q .
  git check-ignore -q ".lexecon/evidence/${hash:0:2}/$hash"
}

@test "standard input, to its end" {
  lex 0 evidence add - --type audit_trail --json < <(printf 'one ' && sleep 0.1 && printf two)
  is "$(jq -c '[.file.size, .file.name]' <<<"$output")" '[7,null]'
}

@test "100 MiB are taken in little memory, a byte more is refused" {
  head -c 104857600 /dev/zero >large
  (
    ulimit -v 65536
    lex 0 evidence add large --type audit_trail
  )
  is "$(entries)" 5
  printf x >>large
  rm -r .lexecon/evidence
  lex 65 evidence add large --type audit_trail
  has "$stderr" 'larger than 104857600 bytes'
  lex 65 evidence add - --type audit_trail </dev/zero
  nothing_kept
  is "$(entries)" 5
}

@test "links, folders, pipes and devices are refused, each in a line" {
  ln -s report.txt link
  mkfifo pipe
  lex 65 evidence add link --type screenshot
  has "$stderr" 'a symbolic link'
  lex 65 evidence add pipe --type screenshot
  has "$stderr" 'a FIFO'
  lex 65 evidence add . --type screenshot
  has "$stderr" 'a folder'
  lex 65 evidence add /dev/zero --type screenshot
  has "$stderr" 'a device'
  python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
  lex 65 evidence add socket --type screenshot
  is "$(wc -l <<<"$stderr")" 2 # the node, and the error
  lex 66 evidence add nowhere --type screenshot
  nothing_kept
  is "$(entries)" 4
}

@test "what is refused records and keeps nothing" {
  lex 64 evidence add report.txt
  lex 64 evidence add --type screenshot
  lex 64 evidence add report.txt --type rumour
  lex 64 evidence add report.txt --type screenshot --type signature
  lex 65 evidence add - --type screenshot </dev/null
  lex 65 evidence add report.txt --type screenshot --media-type png
  lex 65 evidence add report.txt --type screenshot --retention 'Ten Years'
  lex 65 evidence add report.txt --type screenshot --control 'a b'
  lex 65 evidence add report.txt --type screenshot --name $'\xff'
  lex 65 evidence add report.txt --type screenshot --decision dec_1
  lex 66 evidence add report.txt --type screenshot --decision dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B
  lex 66 --node nowhere evidence add report.txt --type screenshot
  nothing_kept
  is "$(entries)" 4
  lex 0 ledger verify
}

@test "a folder of evidence that is a link is not written through" {
  mkdir elsewhere
  ln -s ../elsewhere .lexecon/evidence
  lex 76 evidence add report.txt --type screenshot
  is "$(ls elsewhere)" ''
  is "$(entries)" 4
}

@test "a held lock, a disk that is full: no entry, and nothing half there" {
  exec 9>>.lexecon/lock
  flock 9
  lex 69 evidence add report.txt --type screenshot --timeout 0
  exec 9>&-
  head -c 900000 /dev/zero >large
  (
    ulimit -f 700
    lex 74 evidence add large --type screenshot
  )
  nothing_kept
  is "$(entries)" 4
  lex 0 evidence add large --type screenshot
}

# killed_at CALL N: adds report.txt, killed as it makes that system call for the Nth time.
killed_at() {
  local status=0
  strace -f -o trace -e trace="$1" -e inject="$1:signal=KILL:when=$2" \
    "$LEXECON_BIN" evidence add report.txt --type screenshot >out 2>err || status=$?
  ((status == 137))
}

@test "killed at any step it leaves no entry without its file, and no half file under a name" {
  local call round killed=0 id found
  command -v strace >/dev/null || skip 'no strace here'
  strace -o trace true 2>/dev/null || skip 'nothing may be traced here'
  for call in write fsync fdatasync rename; do
    for ((round = 1; round <= 40; round++)); do
      echo "$call $round" >report.txt
      killed_at "$call" "$round" 2>/dev/null || break
      killed=$((killed + 1))
      is "$(<out)" ''
    done
  done
  while read -r found; do
    is "$(sha256sum <"$found" | cut -c 1-64)" "${found##*/}"
  done < <(find .lexecon/evidence -mindepth 2 -type f)
  lex 0 evidence list --format jsonl
  for id in $(jq -r .evidence_id <<<"$output"); do
    lex 0 evidence get "$id" -o -
  done
  lex 0 ledger verify
  ((killed > 10))
}

@test "an answer that cannot be written" {
  cannot_write evidence add report.txt --type screenshot
}
