#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

why=(--legal-basis gdpr:17 --requested-at 1h)

setup() {
  fresh_node
  add_operators
  decides anna marker-anna
  decides ben marker-ben
}

# decides NAME TEXT: a decision of that person's agent, with words; sets `decision`.
decides() {
  local status=0
  decision=$("$LEXECON_BIN" decide --actor "ai_agent:$1" --action read --resource "file:of/$1" --tenant acme \
    --intent "$2" --no-token --json | jq -r .decision_id) || status=$?
  ((status < 64))
}

# found TEXT: in how many files of the node it stands.
found() { grep -rlaF "$1" .lexecon | wc -l; }

@test "what is sealed about somebody is gone from every file, and the ledger says who erased it" {
  is "$(found marker-anna)" 1
  lex 0 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}" --json
  is "$(jq -c '[.dry_run, (.seqs | length), .stays, .approval.operator, .files_removed, .unfinished]' <<<"$output")" \
    '[false,1,[],"bob",0,null]'
  is "$(jq -c .remains <<<"$output")" '{"copies":[],"exports":[]}'
  is "$(jq .bytes_after <<<"$output")" "$(stat -c %s .lexecon/ledger.db)"
  erasure=$(jq -r '.ledger_entry_ids[0]' <<<"$output")
  is "$(found marker-anna)" 0
  is "$(found marker-ben)" 1
  is "$(value /entry/data/legal_basis ledger show "$erasure")" gdpr:17
  lex 0 ledger verify --deep
  has "$output" '1 of 2 decisions re-decided, 1 erased'
  lex 0 ledger rebuild
  has "$output" 'nothing to mend'
  lex 0 ledger verify --deep
}

@test "what was erased says so wherever it is asked for" {
  decides anna again
  lex 0 evidence add "$BATS_TEST_FILENAME" --type attestation --decision "$decision" --json
  evidence=$(jq -r .evidence_id <<<"$output")
  lex 0 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}"
  has "$output" 'what remains'
  has "$output" 'backups'
  has "$output" 'copies'
  lex 0 decision show "$decision"
  lex 66 decision show "$decision" --explain
  has "$stderr" 'was erased'
  lex 0 evidence show "$evidence"
  has "$output" erased
  lex 66 evidence get "$evidence" -o file
  has "$stderr" 'was erased'
  lex 0 evidence verify
  has "$output" '1 erased'
  seq=$(value /seq decision show "$decision")
  is "$(value /erased ledger show "$seq" --sealed)" true
  lex 0 ledger show "$seq" --sealed
  has "$output" 'was erased'
  is "$(find .lexecon/evidence -type f | wc -l)" 0
  lex 66 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}"
  has "$stderr" 'nothing sealed is left'
  lex 65 privacy erase --seq "$seq" "${why[@]}" "${by_bob[@]}"
  has "$stderr" 'was erased before'
  lex 0 backup copy.db
  lex 0 ledger verify --deep
}

@test "an idempotency key whose request was erased answers nothing" {
  ask=(decide --actor ai_agent:carl --action read --idempotency-key k1 --no-token)
  lex 1 "${ask[@]}" || lex 0 "${ask[@]}"
  lex 0 privacy erase actor:ai_agent:carl "${why[@]}" "${by_bob[@]}"
  lex 65 "${ask[@]}"
  has "$stderr" 'was erased'
}

@test "several subjects at once: a tenant, a resource and all below it, a list" {
  decides carl marker-carl
  lex 66 privacy erase resource:file:of/anna tenant:none-such "${why[@]}" --dry-run
  has "$stderr" 'tenant:none-such'
  lex 66 privacy erase resource:file:of/ann "${why[@]}" --dry-run
  lex 0 privacy erase --subjects - "${why[@]}" --dry-run --json <<<$'actor:ai_agent:anna\nactor:ai_agent:ben'
  is "$(jq -c '[.dry_run, (.seqs | length), .approval, .bytes_after]' <<<"$output")" '[true,2,null,null]'
  lex 0 privacy erase resource:file:of "${why[@]}" --dry-run
  has "$output" 'would erase 3'
  is "$(found marker-carl)" 1
  lex 0 privacy erase tenant:acme "${why[@]}" "${by_alice[@]}"
  is "$(found marker-)" 0
  lex 0 ledger verify --deep
}

@test "evidence that is about others too stays, unless it is named" {
  echo report >report
  lex 0 evidence add report --type attestation --decision "$decision" --json
  evidence=$(jq -r .evidence_id <<<"$output")
  seq=$(jq .seq <<<"$output")
  decides anna again
  lex 0 evidence link "$evidence" --decision "$decision"
  lex 65 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}"
  has "$stderr" 'decisions of others'
  lex 0 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}" --what-may --json
  is "$(jq -c '.stays[] | [.seq, .ledger_entry_id, .code]' <<<"$output")" "[$seq,\"entry_$seq\",\"of_others\"]"
  has "$(jq -r '.stays[0].reason' <<<"$output")" others
  is "$(found marker-anna)" 0
  is "$(find .lexecon/evidence -type f | wc -l)" 1
  lex 0 privacy erase --seq "$seq" "${why[@]}" "${by_bob[@]}"
  is "$(find .lexecon/evidence -type f | wc -l)" 0
  lex 0 ledger verify --deep
}

@test "what cannot be: unsigned, by a viewer, without reason or time, of no subject" {
  ask=(privacy erase actor:ai_agent:anna)
  lex 77 "${ask[@]}" "${why[@]}"
  lex 77 "${ask[@]}" "${why[@]}" "${by_carol[@]}"
  lex 64 "${ask[@]}" --legal-basis gdpr:17 "${by_bob[@]}"
  lex 64 "${ask[@]}" --requested-at 1h "${by_bob[@]}"
  lex 64 privacy erase "${why[@]}" "${by_bob[@]}"
  lex 64 "${ask[@]}" "${why[@]}" --as bob
  lex 65 "${ask[@]}" --legal-basis 'she asked' --requested-at 1h "${by_bob[@]}"
  lex 65 "${ask[@]}" --legal-basis gdpr:17 --requested-at 2999-01-01T00:00:00Z "${by_bob[@]}"
  lex 65 privacy erase anna "${why[@]}" "${by_bob[@]}"
  lex 66 privacy erase actor:ai_agent:nobody "${why[@]}" "${by_bob[@]}"
  lex 66 privacy erase --seq 9999 "${why[@]}" "${by_bob[@]}"
  lex 65 privacy erase --seq 0 "${why[@]}" "${by_bob[@]}"
  is "$(found marker-anna)" 1
  lex 0 ledger verify --deep
}

@test "what was erased and is there again is invalid, and so is what is gone and was not erased" {
  cp .lexecon/ledger.db before.db
  lex 0 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}" --json
  seq=$(jq '.seqs[0]' <<<"$output")
  sqlite3 .lexecon/ledger.db "ATTACH 'before.db' AS before" \
    "INSERT INTO sealed SELECT * FROM before.sealed WHERE seq = $seq"
  lex 1 ledger verify
  has "$output" "the sealed content of entry_$seq was erased and is there"
  sqlite3 .lexecon/ledger.db "DELETE FROM sealed WHERE seq >= $seq"
  lex 1 ledger verify
  has "$output" 'is missing and was never erased'
  lex 76 ledger show $((seq + 1)) --sealed
  has "$stderr" 'never erased'
}

@test "an erasure that a crash cut off is named, and the next act ends it" {
  lex 0 privacy erase actor:ai_agent:anna "${why[@]}" "${by_bob[@]}"
  (umask 077 && : >.lexecon/erasing && printf '%512s marker-anna' '' | tr ' ' '\0' >.lexecon/ledger.db-journal)
  lex 0 doctor || true
  has "$output" 'an erasure did not end'
  is "$(found marker-anna)" 1
  decides ben next
  is "$(found marker-anna)" 0
  [[ ! -e .lexecon/erasing && ! -e .lexecon/ledger.db-journal ]]
}

@test "many at once, in one act: all are gone, the rest is there, and every table is as it was" {
  local n=$((${LEXECON_TEST_ROUNDS:-1} > 1 ? 50000 : 500))
  seq "$n" | awk -v n="$n" '{ printf "{\"actor\":\"ai_agent:s%05d\",\"action\":\"read\",\"intent\":\"secret-%05d-of-%05d.%s\"}\n",
    $1 % (n / 5), $1, $1 % (n / 5), substr("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1, $1 % 60) }' >asked
  "$LEXECON_BIN" decide --batch asked --no-token >answers
  awk -v n="$n" 'BEGIN { for (i = 0; i < n / 10; i++) printf "actor:ai_agent:s%05d\n", i }' >subjects
  before=$(stat -c %s .lexecon/ledger.db)
  started=$(date +%s%N)
  lex 0 privacy erase --subjects subjects "${why[@]}" "${by_bob[@]}" --json
  took=$((($(date +%s%N) - started) / 1000000))
  is "$(jq '.seqs | length' <<<"$output")" $((n / 2))
  echo "# $((n / 10)) of $((n / 5)) subjects, $((n / 2)) of $n decisions in $took ms," \
    "$(jq '.ledger_entry_ids | length' <<<"$output") entries; $before bytes before, $(stat -c %s .lexecon/ledger.db) after" >&3
  grep -rhaoE 'secret-[0-9]{5}-of-[0-9]{5}' .lexecon | sort -u >left
  is "$(wc -l <left)" $((n / 2))
  is "$(awk -F- -v n="$n" '$4 + 0 < n / 10' left | wc -l)" 0
  lex 0 ledger verify --deep
  is "$(value /entries ledger stats)" "$(value /entries_verified ledger verify)"
  is "$(value /changed ledger rebuild)" false
}
