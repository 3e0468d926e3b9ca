#!/usr/bin/env bats
# docs/verify-without-lexecon.md: each of its blocks runs on fresh packages, and finds what was altered.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

document=$BATS_TEST_DIRNAME/../../docs/verify-without-lexecon.md

setup() {
  fresh_node enterprise
  blocks=$BATS_TEST_TMPDIR/blocks
  mkdir "$blocks"
  awk -v to="$blocks/" '/^```sh [a-z]+$/ { name = $2; names = names " " name; next } /^```/ { name = "" }
    name { print >(to name) } END { print names }' "$document" >names
  read -ra names <names
}

# A node with operators, decisions, an escalation that somebody answered, evidence and a checkpoint that
# was kept; sets `by_bob`.
in_use() {
  local id
  lex 0 key show ledger
  cp "$BATS_TEST_TMPDIR/out" auditor.vkey
  cp .lexecon/keys/ledger.key ledger.key
  add_operators
  lex 0 decide --actor ai_agent:deployer --action deploy --resource env:staging/web --intent release --no-token
  id=$(said decide --actor ai_agent:deployer --action deploy --resource env:production/web --pointer /decision_id)
  lex 0 escalation resolve "$id" --approve --note 'due tonight, change 4711' "${by_bob[@]}"
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report
  lex 0 decide --actor human:alice --action read --resource wiki:home --no-token
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" older.note
  lex 1 decide --actor ai_agent:assistant --action read --resource vault:keys
}

# block NAME: as its reader would run it, in the folder with the package. Its output is in ./said.
block() { bash -c ". '$blocks/prepare'; . '$blocks/$1'" >said 2>&1; }
# failing: the first block that does not pass on ./package, as its reader would stop there.
failing() {
  local name
  rm -rf work
  for name in "${names[@]}"; do
    case $name in prepare | tar) continue ;; esac
    block "$name" && grep -q "^ok $name" said || { echo "$name" && return; }
  done
}
# finds BLOCK COMMAND…: on a copy of ./golden that the command altered, from within it, that one fails.
finds() {
  local seen
  rm -rf package
  cp -r golden package
  (cd package && "${@:2}")
  seen=$(failing)
  [[ $seen == "$1" ]] && return
  printf 'expected to fail: %s\nfailed:           %s\nafter:            %s\n%s\n' "$1" "$seen" "${*:2}" "$(<said)"
  return 1
}

# --- What somebody can do who has the key of the log, from within a package.

# sign FILE [KEY]: 64 bytes on standard output.
sign() { openssl pkeyutl -sign -inkey "${2:-../ledger.key}" -rawin -in "$1"; }
public() { openssl pkey -in "$1" -pubout -outform DER | tail -c 32; }
# as_hex: standard input as digits; as_bytes the other way.
as_hex() { xxd -p -c 1000000; }
as_bytes() { xxd -r -p; }

# edit FILTER [SEQ]: an entry, or each.
edit() {
  jq -cS --argjson seq "${2:-null}" "if \$seq == null or .seq == \$seq then $1 else . end" \
    data/ledger/entries.jsonl >../edited
  mv ../edited data/ledger/entries.jsonl
}
# drop SEQ: an entry, and what was sealed with it.
drop() {
  local sealed
  sealed=$(jq -r "select(.seq == $1).sealed_hash" data/ledger/entries.jsonl)
  jq -cS "select(.seq != $1)" data/ledger/entries.jsonl >../edited
  mv ../edited data/ledger/entries.jsonl
  while IFS= read -r line; do
    [[ $(printf %s "$line" | sha256sum) == "$sealed"* ]] || printf '%s\n' "$line"
  done <data/ledger/sealed.jsonl >../edited
  mv ../edited data/ledger/sealed.jsonl
}
# checkpoint SIZE ROOT [KEY]: signed as the log does.
checkpoint() {
  local name=example.org/log id
  id=$({ printf '%s\n\001' $name && public "${3:-../ledger.key}"; } | sha256sum | cut -c 1-8)
  printf '%s\n' $name "$1" "$(as_bytes <<<"$2" | base64 -w 0)" >../text
  { cat ../text && echo && echo "— $name $({ as_bytes <<<"$id" && sign ../text "${3:-}"; } | base64 -w 0)"; } \
    >data/ledger/checkpoint
}
# rechain [KEY]: every link, leaf, root and the checkpoint anew, of the entries as they are now.
rechain() {
  local line previous
  previous=$(printf '0%.0s' {1..64})
  : >../edited
  while IFS= read -r line; do
    line=$(jq -cS --arg p "$previous" '.previous_hash = $p' <<<"$line")
    previous=$(printf %s "$line" | sha256sum | cut -c 1-64)
    printf '%s\n' "$line" >>../edited
  done <data/ledger/entries.jsonl
  mv ../edited data/ledger/entries.jsonl
  while IFS= read -r line; do
    { printf '\0' && printf %s "$line"; } | sha256sum | cut -c 1-64
  done <data/ledger/entries.jsonl >data/ledger/leaves.txt
  checkpoint "$(wc -l <data/ledger/leaves.txt)" \
    "$(cd .. && . "$blocks/prepare" && root_of <package/data/ledger/leaves.txt)" "${1:-}"
}
# reseal [FILTER] [KEY]: manifest, digests and signatures anew, of the files as they are now. What the manifest
# says is right, until the filter.
reseal() {
  local key=${2:-../ledger.key} id sealed comment
  sealed=$(if [[ -e data/ledger/sealed.jsonl ]]; then wc -l <data/ledger/sealed.jsonl; else echo 0; fi)
  digests() { find "$@" -type f | LC_ALL=C sort | xargs sha256sum; }
  digests data | sed '/  data\/manifest.json$/d' >../listed
  id=exp_$({ head -n 3 data/ledger/checkpoint && cat ../listed; } | sha256sum | cut -c 1-16)
  jq -cjS --arg id "$id" --arg root "$(sha256sum <../listed | cut -c 1-64)" --arg sealed "$sealed" \
    --arg tree "$(sed -n 3p data/ledger/checkpoint | base64 -d | as_hex)" --arg size "$(sed -n 2p data/ledger/checkpoint)" \
    --arg head "$(tail -n 1 data/ledger/entries.jsonl | tr -d '\n' | sha256sum | cut -c 1-64)" \
    --slurpfile e data/ledger/entries.jsonl '.export_id = $id | .integrity.root_checksum = $root |
      .log.root_hash = $tree | .log.tree_size = ($size | tonumber) | .log.head_entry_hash = $head |
      .contents.entries = ($e | length) | .contents.withheld_entries = .log.tree_size - .contents.entries |
      .contents.decisions = ($e | map(select(.event_type == "decision")) | length) |
      .contents.sealed = ($sealed | tonumber) |
      .contents.withheld_sealed = ($e | map(select(.sealed_hash)) | length) - .contents.sealed |
      .scope = (if .contents.withheld_entries > 0 then "filtered" else "all" end) |'"${1:-.}" \
    data/manifest.json >../edited
  mv ../edited data/manifest.json
  digests data >manifest-sha256.txt
  printf '%s\n' "$(sed -n 1,2p bag-info.txt)" "External-Identifier: $id" \
    "Payload-Oxum: $(find data -type f -printf '%s\n' | awk '{n += $1} END {print n "." NR}')" >../edited
  mv ../edited bag-info.txt
  sha256sum bag-info.txt bagit.txt manifest-sha256.txt >tagmanifest-sha256.txt
  sign tagmanifest-sha256.txt "$key" >tagmanifest-sha256.txt.sig
  comment="lexecon-package/1 origin=example.org/log size=$(sed -n 2p data/ledger/checkpoint) export=$id"
  openssl dgst -blake2b512 -binary tagmanifest-sha256.txt >../digest
  sign ../digest "$key" >../first
  { cat ../first && printf %s "$comment"; } >../both
  {
    echo 'untrusted comment: signature by a lexecon ledger key'
    { printf ED && public "$key" | sha256sum | cut -c 1-16 | as_bytes && cat ../first; } | base64 -w 0
    printf '\ntrusted comment: %s\n%s\n' "$comment" "$(sign ../both "$key" | base64 -w 0)"
  } >tagmanifest-sha256.txt.minisig
}
# resealed COMMANDS [FILTER]: as a shell has them, and the package sealed anew.
resealed() { eval "$1" && reseal "${2:-.}"; }

@test "every block has a name, and all of them pass on a fresh package" {
  is "$(grep -c '^```sh' "$document")" "${#names[@]}"
  is "${names[*]}" 'prepare tar closed digests key signature minisign keys manifest entries root checkpoint pinned sealed policies evidence people'
  in_use
  lex 0 export -o package --disclose sealed "${by_bob[@]}"
  # No program of ours is in their way.
  run ! grep -l lexecon_unit "$blocks"/*
  export PATH=/usr/bin:/bin LEXECON_BIN=/nowhere
  is "$(failing)" ''
  block manifest
  has "$(<said)" '"decisions":4'
  block people
  has "$(<said)" 'ok people: 3 approvals'
  block pinned
  has "$(<said)" 'nothing of the first 12 entries was changed'
  # What the shell says to them pasted into one bash is the same.
  rm -r work
  (cd "$blocks" && cat prepare closed digests key signature minisign keys manifest entries root checkpoint pinned sealed policies evidence people) >all
  bash all >said
  is "$(grep -c '^ok ' said)" 15
}

@test "shellcheck has nothing to say of them" {
  (cd "$blocks" && cat "${names[@]}") >all
  shellcheck -s bash all
}

@test "a tar is read before it is unpacked, and hides nothing" {
  in_use
  lex 0 export -o package.tar --format tar --disclose sealed "${by_bob[@]}"
  mkdir work
  block tar
  is "$(<said)" 'ok tar'
  is "$(failing)" ''
  cp package.tar golden.tar
  refused() { rm -rf work package && mkdir work && run ! block tar && [[ ! -e package ]]; }
  echo hidden >>package.tar
  refused
  printf '\1' | dd of=package.tar bs=1 seek=300 conv=notrunc status=none
  refused
  for name in '../x' '/x' 'exp_0000000000000000/../x'; do
    cp golden.tar package.tar
    echo x >x
    tar -rPf package.tar --transform "s,x,$name," x
    refused
  done
  cp golden.tar package.tar
  ln -s /etc/passwd link
  tar -rf package.tar --transform 's,link,exp_0000000000000000/link,' link
  refused
}

@test "without sealed content and evidence there is less to check, and the blocks say so" {
  in_use
  lex 0 export -o package
  is "$(failing)" ''
  block sealed
  is "$(<said)" 'ok sealed: 0 of 6 shown, 0 erased'
  block manifest
  has "$(<said)" '"withheld_sealed":6'
}

@test "the smallest log there is" {
  lex 0 key show ledger
  cp "$BATS_TEST_TMPDIR/out" auditor.vkey
  lex 0 ledger checkpoint
  cp "$BATS_TEST_TMPDIR/out" older.note
  lex 0 export -o package --disclose sealed
  is "$(failing)" ''
}

@test "what was erased is counted, and nothing else is missed" {
  in_use
  lex 0 privacy erase actor:human:alice --legal-basis gdpr:17 --requested-at 1h "${by_bob[@]}"
  lex 0 export -o package --disclose sealed "${by_bob[@]}"
  is "$(failing)" ''
  block sealed
  is "$(<said)" 'ok sealed: 2 of 6 shown, 4 erased'
}

@test "after rotations the pinned key vouches for the one that signed" {
  in_use
  local first
  first=$(<auditor.vkey)
  lex 0 key rotate ledger "${by_alice[@]}"
  lex 0 decide --actor human:alice --action read --no-token
  lex 0 key rotate ledger "${by_alice[@]}"
  lex 0 export -o golden --disclose sealed "${by_bob[@]}"
  finds '' true
  "$LEXECON_BIN" key show ledger >auditor.vkey
  finds '' true
  # A key of somebody else's, and the token key, are none of the log's.
  printf '%s\n' "$first" | tr 1-8 2-9 >auditor.vkey
  is "$(rm -r work && block key || echo failed)" failed
  printf '%s\n' "$first" >auditor.vkey
  # Signed by a key in between; without the note of the one before; with notes swapped.
  cp .lexecon/keys/ledger.key ledger.key
  local sizes
  mapfile -t sizes < <(find golden/data/ledger/rotations -type f -printf '%f\n' | sort -n)
  finds '' reseal
  finds key resealed "rm data/ledger/rotations/${sizes[0]}"
  finds 'key' resealed "cp data/ledger/rotations/${sizes[0]} data/ledger/rotations/${sizes[1]}"
  openssl genpkey -algorithm ed25519 -out other.key
  finds 'checkpoint' resealed "checkpoint \$(sed -n 2p data/ledger/checkpoint) \$(sed -n 3p data/ledger/checkpoint | base64 -d | as_hex) ../other.key"
}

@test "without the key nothing can be altered" {
  in_use
  lex 0 export -o golden --disclose sealed "${by_bob[@]}"
  finds '' true
  finds closed touch data/more
  finds closed touch fetch.txt
  finds closed rm data/ledger/leaves.txt
  finds closed mkdir data/empty
  finds closed ln -s manifest.json data/link
  finds closed eval 'mv data/manifest.json kept && ln -s ../kept data/manifest.json'
  finds closed cp data/manifest.json data/Manifest.json
  finds closed eval 'sed -i "1h;1d;\$G" manifest-sha256.txt'
  finds closed eval 'echo "$(printf %064d 0)  ../../etc/passwd" >>manifest-sha256.txt'
  finds digests sed -i 's/"denied"/"approved"/' data/ledger/entries.jsonl
  finds digests sed -i '$d' data/ledger/sealed.jsonl
  finds digests sed -i s/2026/2025/ bag-info.txt
  finds digests eval 'truncate -s -1 "$(find data/evidence -type f)"'
  finds digests eval 'mapfile -t two < <(ls data/policies/*) && mv "${two[0]}" x && mv "${two[1]}" "${two[0]}" && mv x "${two[1]}"'
  # The digests anew, but no signature.
  finds signature eval 'resealed "sed -i s/denied/approved/ data/ledger/entries.jsonl" && cp ../golden/*.sig ../golden/*.minisig .'
  finds signature eval 'printf x | dd of=tagmanifest-sha256.txt.sig conv=notrunc status=none'
  finds closed rm tagmanifest-sha256.txt.sig
  finds minisign sed -i '3s/export=exp_./export=exp_x/' tagmanifest-sha256.txt.minisig
  finds minisign sed -i '1s/signature/Signature/' tagmanifest-sha256.txt.minisig
  # Somebody else's key for everything, the one in the package and in its first entry included.
  finds key eval 'forge'
}

# forge: the whole log anew, under a key that nobody pinned.
forge() {
  local vkey
  openssl genpkey -algorithm ed25519 -out ../other.key
  vkey=example.org/log+$({ printf 'example.org/log\n\001' && public ../other.key; } | sha256sum | cut -c 1-8)+$(
    { printf '\001' && public ../other.key; } | base64 -w 0)
  edit ".data.ledger_vkey = \"$vkey\"" 0
  rechain ../other.key
  echo "$vkey" >data/keys/ledger.vkey
  openssl pkey -in ../other.key -pubout -out data/keys/ledger.pub.pem
  reseal . ../other.key
}

@test "who has the key is found out by what was sealed, activated or kept elsewhere" {
  in_use
  lex 0 export -o golden --disclose sealed "${by_bob[@]}"
  # What the tools of this test sign is as good as what the program signs.
  finds '' reseal
  finds '' eval 'rechain && reseal'
  # Parts that do not go together.
  finds keys resealed 'openssl genpkey -algorithm ed25519 -out ../other.key; openssl pkey -in ../other.key -pubout -out data/keys/ledger.pub.pem'
  finds keys resealed 'sed -i "s/^bob /alice /" data/keys/allowed_signers'
  finds manifest reseal '.contents.decisions += 1'
  finds manifest reseal '.log.origin = "example.org/other"'
  finds manifest reseal '.scope = "filtered"'
  finds manifest reseal '.more = 1'
  finds entries resealed "edit '.data.outcome = \"approved\"' 12"
  finds entries resealed 'sed -i "3{h;d};4G" data/ledger/entries.jsonl'
  finds entries resealed 'sed -i "s/^{/{ /" data/ledger/entries.jsonl'
  finds entries resealed "sed -i '2s/^./x/' data/ledger/leaves.txt"
  finds root resealed 'checkpoint $(sed -n 2p data/ledger/checkpoint) $(printf %064d 0)'
  finds checkpoint resealed 'openssl genpkey -algorithm ed25519 -out ../other.key; checkpoint $(sed -n 2p data/ledger/checkpoint) $(sed -n 3p data/ledger/checkpoint | base64 -d | as_hex) ../other.key'
  finds checkpoint resealed 'sed -i "5p" data/ledger/checkpoint'
  # The log anew, from some entry on: only who kept a checkpoint from before sees that.
  finds pinned resealed 'edit ".data.outcome = \"approved\"" 7; rechain'
  finds pinned resealed 'drop 11; drop 12; rechain'
  finds entries resealed 'edit ".timestamp = \"2020-01-01T00:00:00.000000Z\"" 12; rechain'
  finds '' resealed 'edit ".data.outcome = \"approved\"" 12; rechain'
  # Sealed content, sets, evidence and signatures of people are tied to entries that were kept.
  finds sealed resealed 'sed -i 1s/release/another/ data/ledger/sealed.jsonl'
  finds sealed resealed 'sed -i "1h;1d;2G" data/ledger/sealed.jsonl'
  finds sealed resealed 'sed -i 1d data/ledger/sealed.jsonl'
  finds policies resealed 'file=$(ls data/policies/* | head -n 1); echo "# laxer" >>"$file"; mv "$file" "data/policies/$(sha256sum <"$file" | cut -c 1-64).yaml"'
  finds policies resealed 'edit ".data.policy.hash = \"$(printf %064d 1)\"" 12; rechain'
  finds evidence resealed 'rm data/evidence/*; echo forged >x; mv x "data/evidence/$(sha256sum <x | cut -c 1-64)"'
}

@test "a selection shows how much it leaves out" {
  in_use
  lex 0 export -o golden --disclose sealed "${by_bob[@]}"
  finds '' resealed 'drop 11'
  block manifest
  has "$(<said)" '"withheld_entries":1'
  finds manifest resealed 'drop 11' '.scope = "all"'
  finds manifest resealed 'drop 11' '.contents.withheld_entries = 0'
}
