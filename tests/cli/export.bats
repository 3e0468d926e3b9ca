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
    # Every entry is linked to the one before it, and is a line of leaves.txt.
    local line previous number=0
    previous=$(printf '0%.0s' {1..64})
    while IFS= read -r line; do
      is "$(jq -r .previous_hash <<<"$line")" "$previous"
      previous=$(printf %s "$line" | sha256sum | cut -c 1-64)
      number=$((number + 1))
      is "$({ printf '\0' && printf %s "$line"; } | sha256sum | cut -c 1-64)" \
        "$(sed -n "${number}p" data/ledger/leaves.txt)"
    done <data/ledger/entries.jsonl
    is "$number" "$(sed -n 2p data/ledger/checkpoint)"
    is "$(wc -l <data/ledger/leaves.txt)" "$number"
    is "$(jq -r .log.head_entry_hash data/manifest.json)" "$previous"
  )
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
  is "$output" '{"disclosure":"none","purpose":"annual_audit","tree_size":4}'
  lex 0 ledger show entry_5 --pointer /entry/data/export_id
  is "$output" "$id"
  is "$(jq -c .request package/data/manifest.json)" '{"purpose":"annual_audit","requester":"node:demo"}'
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
