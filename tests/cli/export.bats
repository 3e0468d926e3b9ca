#!/usr/bin/env bats
# Packages, held against the tools that a stranger has: sha256sum, openssl, minisign, tar, jq, ssh-keygen.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --no-token
}

# check_bag FOLDER: everything that can be said of it without lexecon and without a key of one's own.
check_bag() {
  (
    cd "$1" || exit
    sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt
    openssl pkeyutl -verify -pubin -inkey data/keys/ledger.pub.pem -rawin \
      -in tagmanifest-sha256.txt -sigfile tagmanifest-sha256.txt.sig
    minisign -V -H -q -p data/keys/ledger.minisign.pub -m tagmanifest-sha256.txt
    # Closed: what is listed is there, and nothing else is.
    diff <(find data -type f | LC_ALL=C sort) <(cut -c 67- manifest-sha256.txt)
    diff <(find . -type f | grep -v '^./data/' | LC_ALL=C sort) - <<END
./bag-info.txt
./bagit.txt
./manifest-sha256.txt
./tagmanifest-sha256.txt
./tagmanifest-sha256.txt.minisig
./tagmanifest-sha256.txt.sig
END
    is "$(find . -empty -type d)" ''
    is "$(sed -n 's/^Payload-Oxum: //p' bag-info.txt)" \
      "$(find data -type f -printf '%s\n' | awk '{n += $1} END {print n "." NR}')"
    # The id rests on the checkpoint and on every file.
    local id
    id=exp_$({ head -n 3 data/ledger/checkpoint && grep -v '  data/manifest.json$' manifest-sha256.txt; } |
      sha256sum | cut -c 1-16)
    is "$(jq -r .export_id data/manifest.json)" "$id"
    is "$(sed -n 's/^External-Identifier: //p' bag-info.txt)" "$id"
    is "$(jq -cS . data/manifest.json)" "$(cat data/manifest.json)"
    is "$(wc -l <data/ledger/leaves.txt)" "$(sed -n 2p data/ledger/checkpoint)"
    check_entries
  )
}

# Each entry that is shown is its line of leaves.txt, and is linked to the one before it where that is shown.
check_entries() {
  local line last=-1 hash seq
  hash=$(printf '0%.0s' {1..64})
  while IFS= read -r line; do
    seq=$(jq .seq <<<"$line")
    is "$({ printf '\0' && printf %s "$line"; } | sha256sum | cut -c 1-64)" \
      "$(sed -n "$((seq + 1))p" data/ledger/leaves.txt)"
    ((seq != last + 1)) || is "$(jq -r .previous_hash <<<"$line")" "$hash"
    hash=$(printf %s "$line" | sha256sum | cut -c 1-64) last=$seq
  done <data/ledger/entries.jsonl
  ((last + 1 == $(sed -n 2p data/ledger/checkpoint))) || hash=null
  is "$(jq -r .log.head_entry_hash data/manifest.json)" "$hash"
  is "$(jq -c '[.contents.entries, .contents.entries + .contents.withheld_entries, .scope]' data/manifest.json)" \
    "[$(wc -l <data/ledger/entries.jsonl),$(wc -l <data/ledger/leaves.txt),\"$(
      [[ $(wc -l <data/ledger/entries.jsonl) == $(wc -l <data/ledger/leaves.txt) ]] && echo all || echo filtered
    )\"]"
}

# check_sections FOLDER: its sections are canonical lines about entries that are shown; kept for documents.py.
check_sections() {
  local file name output stderr=
  for file in "$1"/data/*/*.jsonl; do
    name=$(basename "$file" .jsonl)
    [[ $file != */ledger/* ]] || continue
    is "$(head -n 1 "$file")" "{\"schema\":\"lexecon.section.$name/1\"}"
    jq -cS . "$file" | cmp - "$file"
    is "$(jq -r 'select(.entry_id) | .entry_id' "$file" | sort -u |
      grep -vxFf <(jq -r .entry_id "$1/data/ledger/entries.jsonl"))" ''
    output=$(jq -c --arg name "$name" '. + {schema: "lexecon.section.\($name)/1"}' "$file")
    keep_documents 0 export --format jsonl
  done
}

@test "a package is checked by standard tools alone" {
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report
  lex 0 export -o package --disclose sealed
  has "$output" 'package    '
  has "$output" 'scope      all'
  [[ $output != *withheld* ]]
  check_bag package
  is "$(cat "package/data/evidence/$(printf report | sha256sum | cut -d ' ' -f 1)")" report
  is "$(cat package/data/keys/ledger.vkey)" "$("$LEXECON_BIN" key show ledger)"
  is "$(stat -c %a package package/data/manifest.json | tr '\n' ' ')" '700 600 '
  # Every sealed content is what its entry commits to.
  local line
  while IFS= read -r line; do
    has "$(jq -r '.sealed_hash // empty' package/data/ledger/entries.jsonl)" \
      "$(printf %s "$line" | sha256sum | cut -c 1-64)"
  done <package/data/ledger/sealed.jsonl
  is "$(wc -l <package/data/ledger/sealed.jsonl)" 2
  lex 0 ledger verify --deep
}

@test "its entries are a log that verifies without the node" {
  lex 0 export -o package
  lex 0 ledger verify --entries package/data/ledger/entries.jsonl --key package/data/keys/ledger.vkey \
    --against package/data/ledger/checkpoint
}

@test "both ends of an export are on record, and it is of the tree before them" {
  lex 0 export -o package --purpose annual_audit --json
  is "$(jq -r .schema <<<"$output")" lexecon.export/1
  is "$(jq -c '[.head.tree_size, .requested_entry_id, .sealed_entry_id, .disclosure, .scope, .format]' <<<"$output")" \
    '[4,"entry_4","entry_5","none","all","bag"]'
  is "$(jq -c .contents <<<"$output")" \
    '{"decisions":1,"entries":4,"erased":0,"evidence":0,"policies":3,"sealed":0,"withheld_entries":0,"withheld_sealed":1}'
  local id
  id=$(jq -r .export_id <<<"$output")
  lex 0 ledger show entry_4 --pointer /entry/data
  is "$output" '{"actor":null,"disclosure":"none","from":null,"purpose":"annual_audit","scope":"all","tenant":null,"to":null,"tree_size":4}'
  lex 0 ledger show entry_5 --pointer /entry/data/export_id
  is "$output" "$id"
  is "$(jq -c '.request | [.purpose, .requester, .approver]' package/data/manifest.json)" '["annual_audit","node:demo",null]'
  run ! ls package/data/ledger/sealed.jsonl package/data/evidence
  check_bag package
}

@test "the same size, request and SOURCE_DATE_EPOCH give the same bytes, as a folder and as a tar" {
  export SOURCE_DATE_EPOCH=1700000000
  lex 0 export -o one --size 4
  lex 0 export -o two --size 4
  diff -r one two
  lex 0 export -o one.tar --size 4 --format tar
  lex 0 export -o two.tar --size 4 --format tar
  cmp one.tar two.tar
  is "$(tar tf one.tar)" "$(tar tf one.tar | LC_ALL=C sort)"
  mkdir from
  tar xf one.tar -C from
  diff -r one from/exp_*
  is "$(TZ=UTC tar tvf one.tar | awk '{print $1, $2, $4, $5}' | sort -u | tr '\n' ';')" \
    '-rw-r--r-- 0/0 2023-11-14 22:13;drwxr-xr-x 0/0 2023-11-14 22:13;'
  jq -e '.generated_at == "2023-11-14T22:13:20Z"' one/data/manifest.json
  SOURCE_DATE_EPOCH=x lex 64 export -o three
}

@test "sealed content takes the signature of an officer, and nothing else does" {
  add_operators
  lex 77 export -o package --disclose sealed
  lex 77 export -o package --disclose sealed "${by_carol[@]}"
  run ! ls -d package*
  lex 0 export -o package --disclose sealed "${by_bob[@]}" --json
  is "$(jq -r .request.requester <<<"$output")" operator:bob
  check_bag package
  lex 0 export -o plain
  # The people who may sign, as ssh-keygen takes them: a signature in the log is one of theirs.
  jq -r 'select(.data.approval.operator == "alice") | .data.approval.sshsig' \
    package/data/ledger/entries.jsonl | sed '/-----END/q' >signature
  run ! ssh-keygen -Y verify -f package/data/keys/allowed_signers -I alice -n lexecon -s signature </dev/null
  has "$(ssh-keygen -Y find-principals -f package/data/keys/allowed_signers -s signature)" alice
  lex 0 ledger verify --deep
}

@test "after a rotation the package has the last note of the key before" {
  local size
  size=$(value /tree_size ledger checkpoint)
  lex 0 key rotate ledger
  lex 0 export -o package
  check_bag package
  is "$(ls package/data/ledger/rotations)" "$((size + 1))"
  is "$(sed -n 2p "package/data/ledger/rotations/$((size + 1))")" "$((size + 1))"
  lex 65 export -o older --size "$size"
  has "$stderr" 'take a size above'
  run ! ls -d older*
}

@test "nothing is overwritten, and nothing is left behind" {
  : >taken
  lex 73 export -o taken
  is "$(stat -c %s taken)" 0
  lex 73 export -o nowhere/package
  lex 64 export
  lex 64 export -o -
  lex 64 export -o ''
  lex 64 export -o package --size 0
  lex 64 export -o package --disclose all
  lex 64 export -o package --format zip
  lex 64 export -o package --purpose 'For Bob'
  lex 66 export -o package --size 2
  has "$stderr" 'no checkpoint of 2 entries'
  lex 66 --node nowhere export -o package
  is "$(value /tree_size ledger checkpoint)" 4
  sqlite3 .lexecon/ledger.db "UPDATE sealed SET body = x'00'"
  lex 76 export -o package --disclose sealed
  (ulimit -f 1 && lex 74 export -o package)
  is "$(find . -maxdepth 1 -name 'package*')" ''
  flock .lexecon/lock sleep 2 &
  sleep 0.2
  lex 69 export -o package --timeout 0
  wait
  is "$(find . -maxdepth 1 -name 'package*')" ''
  lex 0 export -o package --pointer /nothing
}

@test "a part of the log is a package that counts what it withholds" {
  lex 0 decide --actor ai_agent:x --action read --no-token --tenant north --intent 'secret of north'
  lex 0 decide --actor ai_agent:y --action read --no-token --tenant south --intent 'secret of south'
  lex 0 export -o north --tenant north --disclose sealed --json
  is "$(jq -c '[.scope, .contents.decisions, .contents.withheld_entries, .request.tenant, .request.scope, .request.rule]' <<<"$output")" \
    '["filtered",1,2,"north","all","lexecon-scope/1"]'
  lex 0 ledger show "$(jq -r .requested_entry_id <<<"$output")" --pointer /entry/data
  is "$output" '{"actor":null,"disclosure":"sealed","from":null,"purpose":null,"scope":"all","tenant":"north","to":null,"tree_size":6}'
  check_bag north
  check_sections north
  run ! grep -r south north
  lex 0 export -o y --actor ai_agent:y
  has "$output" 'scope      filtered'
  has "$output" 'withheld: 4 entries'
  check_bag y
  # Nothing fits, which is an answer: what it is judged by, and the rest counted.
  lex 0 export -o nothing --scope risk --from 1h
  has "$output" 'decisions  0'
  check_bag nothing
  run ! ls -d nothing/data/decisions nothing/data/risk
  lex 0 export -o before --to 1h
  has "$output" 'decisions  0'
  lex 0 ledger verify --deep
}

@test "every scope has its package, and every section its lines" {
  add_operators
  cat >.lexecon/policies/more.yaml <<'END'
relations:
  - {id: pays, type: permits, subject: 'actor:ai_agent:*', action: 'action:pay'}
  - {type: requires, action: 'action:pay', requirement: review, on_unmet: escalate}
  - {id: deletes, type: permits, subject: 'actor:ai_agent:*', action: 'action:delete'}
  - {id: nobody-deletes, type: forbids, action: 'action:delete'}
END
  lex 0 policy activate "${by_alice[@]}"
  local paid scope
  lex 2 decide --actor ai_agent:x --action pay --no-token --json
  paid=$(jq -r .decision_id <<<"$output")
  lex 0 escalation resolve "$(jq -r .escalation_id <<<"$output")" --approve --note 'the invoice is there' "${by_bob[@]}"
  lex 0 responsibility assign "$paid" --maker human_operator --level full --responsible operator:bob \
    --reasoning 'he read the invoice'
  echo weights >weights
  lex 0 model register small@1 --file weights --note 'from the vendor' "${by_bob[@]}"
  lex 1 decide --actor ai_agent:x --action delete --no-token
  lex 0 override create "$(said decision list --outcome denied --format jsonl | jq -r .decision_id)" \
    --type business_exception --scope single_decision --outcome approved \
    --justification 'agreed with the customer' "${by_bob[@]}"
  lex 0 decide --no-token --request - <<<'{"actor": "ai_agent:x", "action": "read", "resource": "wiki:home", "risk": {"security": 10}}'
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report
  lex 0 oversight stop --all --reason drill --note 'as every year'
  for scope in all decisions risk escalations overrides evidence compliance oversight; do
    lex 0 export -o "$scope" --scope "$scope" --disclose sealed "${by_bob[@]}"
    check_bag "$scope"
    check_sections "$scope"
  done
  is "$(echo all/data/*/*.jsonl | xargs -n 1 basename | tr '\n' ' ')" \
    'compliance.jsonl decisions.jsonl escalations.jsonl entries.jsonl sealed.jsonl overrides.jsonl oversight.jsonl registry.jsonl responsibility.jsonl risk.jsonl '
  is "$(jq -r 'select(.what == "decision") | .data.action' escalations/data/decisions/decisions.jsonl)" action:pay
  is "$(jq -r 'select(.what == "decision") | .data.action' overrides/data/decisions/decisions.jsonl)" action:delete
  is "$(jq -r 'select(.what) | .sealed.justification' overrides/data/overrides/overrides.jsonl)" 'agreed with the customer'
  is "$(jq -r 'select(.what) | .data.risk.level' risk/data/risk/risk.jsonl)" low
  is "$(ls evidence/data/evidence)" "$(sha256sum report.pdf | cut -d ' ' -f 1)"
}

@test "a second person approves what one asked for, where node.yaml wants it" {
  add_operators
  echo 'exports: {approval: sealed}' >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 0 export -o plain
  lex 77 export -o package --disclose sealed "${by_bob[@]}"
  has "$stderr" 'a second person'
  lex 77 export --request-only --disclose sealed
  lex 0 export --request-only --disclose sealed --purpose audit --from 30d "${by_bob[@]}" --json
  is "$(jq -c '[.schema, .event, .waits, .request.requester, .request.approver]' <<<"$output")" \
    '["lexecon.export_request/1","export.requested",true,"operator:bob",null]'
  local request
  request=$(jq -r .request_entry_id <<<"$output")
  lex 77 export --of-request "$request" -o package
  lex 77 export --approve "$request" "${by_bob[@]}"
  has "$stderr" 'nobody approves what he asked for'
  lex 77 export --approve "$request" "${by_carol[@]}"
  lex 77 export --approve "$request"
  lex 0 export --approve "$request" "${by_alice[@]}"
  has "$output" "lexecon export --of-request $request -o PATH"
  lex 65 export --approve "$request" "${by_alice[@]}"
  has "$stderr" 'already'
  lex 0 export --of-request "$request" -o package --format tar --json
  is "$(jq -c '[.request.requester, .request.approver, .request.purpose, .requested_entry_id, .disclosure]' <<<"$output")" \
    "[\"operator:bob\",\"operator:alice\",\"audit\",\"$request\",\"sealed\"]"
  lex 66 export --of-request "$request" -o again
  lex 66 export --approve "$request" "${by_alice[@]}"
  lex 66 export --approve genesis "${by_alice[@]}"
  run ! ls -d again* package.new*
  # What was recorded is as its schema says.
  local type
  for type in export.requested export.approved export.sealed; do
    lex 0 ledger log --type "$type" --format jsonl
  done
  lex 0 ledger verify --deep
  # And under a request without a second person it waits for nobody.
  lex 0 export --request-only --json
  is "$(jq -r .waits <<<"$output")" false
  lex 0 export --of-request "$(jq -r .request_entry_id <<<"$output")" -o later
}

@test "a slip is no answer, and an option that would do nothing is refused" {
  lex 0 decide --actor ai_agent:x --action read --no-token --tenant northern
  local size
  size=$(value /tree_size ledger checkpoint)
  lex 66 export -o package --tenant northen
  has "$stderr" "did you mean \`northern\`?"
  lex 66 export -o package --actor ai_agent:xx
  has "$stderr" "did you mean \`actor:ai_agent:x\`?"
  lex 66 export -o package --actor operator:bob
  lex 64 export -o package --scope decision
  has "$stderr" "did you mean \`decisions\`?"
  lex 64 export -o package --from yesterday
  lex 64 export -o package --from 2026-02-01T00:00:00Z --to 2026-01-01T00:00:00Z
  lex 64 export -o package --request-only
  lex 64 export --request-only --format tar
  lex 64 export --request-only --approve entry_4
  lex 64 export --approve entry_4 -o package
  lex 64 export --approve entry_4 --scope risk
  lex 64 export --approve four
  lex 64 export --of-request entry_4 -o package --tenant northern
  lex 64 export --of-request entry_4 -o package --disclose sealed
  lex 64 export --of-request entry_4
  is "$(value /tree_size ledger checkpoint)" "$size"
  run ! ls -d package*
}

@test "a part that is not finished has no name, however it ends" {
  seq 300 | jq -c '{actor: "ai_agent:x", action: "read", tenant: "t\(. % 3)"}' >requests
  lex 0 decide --batch requests --no-token
  (ulimit -f 1 && lex 74 export -o package --tenant t1)
  is "$(find . -maxdepth 1 -name 'package*')" ''
  local delay
  for delay in 0.01 0.03 0.06 0.1 0.2; do
    "$LEXECON_BIN" export -o "part$delay" --tenant t1 >/dev/null 2>&1 &
    sleep "$delay"
    kill -KILL $! 2>/dev/null || true
    wait $! || true
    [[ ! -e part$delay ]] || check_bag "part$delay"
  done
  lex 0 export -o whole --tenant t1
  is "$(jq .contents.decisions whole/data/manifest.json)" 100
  lex 0 ledger verify --deep
}
