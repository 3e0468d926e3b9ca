#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  id=$(said decide --actor human:alice --action read --resource wiki:home --pointer /decision_id)
  for _ in 1 2; do lex 0 decide --actor human:bob --action read --no-token; done
  lex 0 receipt make "$id" -o receipt
  lex 0 key show ledger
  pin=$output
}

status_of() { jq -r --arg n "$1" '.checks[] | select(.name == $n) | .status' <<<"$output"; }

@test "a stranger with the key and no node finds it valid" {
  lex 0 key show ledger --format pem
  cp "$BATS_TEST_TMPDIR/out" ledger.pem
  mv .lexecon gone
  lex 0 receipt verify receipt --key "$pin"
  has "$output" 'valid: entry_3 is in the signed tree of 6 entries of example.org/log'
  has "$output" 'what followed it is not proven'
  has "$output" 'outcome      approved'
  lex 0 receipt verify receipt --key ledger.pem --json
  is "$(jq -c '[.schema, .verdict, .cause, .tree.tree_size, .entry.seq, .entry.decision_id, .entry.outcome]' <<<"$output")" \
    "[\"lexecon.receipt_check/1\",\"valid\",null,6,3,\"$id\",\"approved\"]"
  is "$(jq -c '[.checks[] | .name + .where + ":" + .status] | join(" ")' <<<"$output")" \
    '"receipt:pass entry/entry:pass proof/proof:pass origin/proof:pass inclusion/proof:pass signature/proof:pass sealed/sealed:pass"'
  lex 0 receipt verify - --key "$pin" <receipt
  is "$(LEXECON_NODE=nowhere value /verdict receipt verify receipt --key "$pin")" valid
}

@test "without a key it is undecidable, and so is nothing" {
  lex 2 receipt verify receipt
  has "$output" 'undecidable: key_not_pinned'
  lex 2 receipt verify - --key "$pin" </dev/null
  is "$output" 'undecidable: nothing_to_check'
  is "$(value /cause receipt verify - </dev/null)" nothing_to_check
}

@test "of several keys one must have signed" {
  lex 0 key show token --format pem
  cp "$BATS_TEST_TMPDIR/out" other.pem
  lex 1 receipt verify receipt --key other.pem
  has "$output" 'not signed by the key of `example.org/log`'
  run ! grep -q outcome "$BATS_TEST_TMPDIR/out"
  lex 0 receipt verify receipt --key other.pem --key "$pin"
}

@test "a receipt outlives the rotation of the key that signed it" {
  lex 0 key rotate ledger --reason routine
  lex 0 receipt verify receipt --key "$pin"
  lex 1 receipt verify receipt --key .lexecon/keys/ledger.pub
  lex 0 decide --actor human:bob --action read --no-token
  lex 0 receipt make "$id" -o later
  lex 0 receipt verify later --key .lexecon/keys/ledger.pub
}

@test "another outcome, another proof, another sealed content: invalid, with the place" {
  sed 's/\\"outcome\\":\\"approved/\\"outcome\\":\\"escalated/' receipt >bad
  lex 1 receipt verify bad --key "$pin" --json
  is "$(status_of entry)" fail
  jq -cS --arg e "$("$LEXECON_BIN" ledger log --format jsonl | sed -n 5p)" '.entry = $e' receipt | tr -d '\n' >bad
  lex 1 receipt verify bad --key "$pin" --json
  is "$(status_of inclusion)" fail
  jq -cS '.proof |= sub("index 3"; "index 4")' receipt | tr -d '\n' >bad
  lex 1 receipt verify bad --key "$pin" --json
  is "$(jq -r '.checks[] | select(.name == "inclusion") | .where + " " + .detail' <<<"$output")" \
    '/proof the proof is of entry_4, the entry is entry_3'
  jq -cS '.sealed |= sub("alice"; "bob")' receipt | tr -d '\n' >bad
  lex 1 receipt verify bad --key "$pin" --json
  is "$(status_of sealed)" fail
  is "$(status_of inclusion)" pass
}

@test "what is no receipt is invalid, and what is too long is not read" {
  echo nonsense >bad
  lex 1 receipt verify bad --key "$pin" --json
  is "$(status_of receipt)" fail
  is "$(status_of entry)" not_run
  (cat receipt && echo) >bad
  lex 1 receipt verify bad --key "$pin"
  jq . receipt >bad
  lex 1 receipt verify bad --key "$pin"
  head -c 4194305 /dev/zero >bad
  lex 65 receipt verify bad --key "$pin"
}

@test "what is not there, and what cannot be meant" {
  lex 64 receipt verify
  lex 66 receipt verify nowhere --key "$pin"
  lex 66 receipt verify receipt --key nowhere
  lex 65 receipt verify receipt --key receipt
  cannot_write receipt verify receipt --key "$pin"
}

# signed PAYLOAD [MEMBERS]: an ACTA receipt of somebody else, signed with keys/other.pem.
signed() {
  printf %s "$1" | jq -cjS . >payload
  openssl pkeyutl -sign -inkey other.pem -rawin -in payload -out signature
  jq -cnS --slurpfile p payload --arg s "$(xxd -p -c 64 signature)" --argjson more "${2:-{\}}" \
    '{payload: $p[0], signature: ({alg: "EdDSA", kid: "theirs", sig: $s} + $more)}'
}
other_key() {
  openssl genpkey -algorithm ed25519 -out other.pem
  openssl pkey -in other.pem -pubout -out other.pub.pem
}

@test "an ACTA receipt is valid under the ledger key, and says what it does not prove" {
  lex 0 receipt make "$id" --format acta -o acta
  lex 0 receipt verify acta --key "$pin"
  has "$output" "valid: signed by $(value /kid key show ledger); that it is in a log is not proven"
  has "$output" 'decision    allow'
  lex 0 receipt verify acta --key "$pin" --json
  is "$(jq -c '[.verdict, .cause, .format, .entry, .tree, .acta.payload.action_ref, .acta.unsigned, (.acta.kid == .signed_by)]' <<<"$output")" \
    "[\"valid\",null,\"acta\",null,null,\"$id\",[],true]"
  is "$(jq -c '[.checks[] | .name + ":" + .status] | join(" ")' <<<"$output")" \
    '"receipt:pass payload:pass issuer:pass signature:pass link:not_run"'
  mv .lexecon gone
  lex 0 receipt verify - --key "$pin" <acta
  lex 2 receipt verify acta
  has "$output" 'undecidable: key_not_pinned'
  run ! grep -q allow "$BATS_TEST_TMPDIR/out"
  sed 's/allow/deny/' acta >bad
  lex 1 receipt verify bad --key "$pin"
  run ! grep -q 'decision    deny' "$BATS_TEST_TMPDIR/out"
  jq -c '.signature.pubkey = "00"' acta >bad
  lex 1 receipt verify bad --key "$pin"
  has "$output" 'not signed  pubkey'
  lex 1 receipt verify acta --previous receipt --key "$pin"
  has "$output" 'it names no receipt before it'
  lex 1 receipt verify receipt --previous acta --key "$pin"
  has "$output" 'it names no receipt before it'
}

@test "of an ACTA receipt of somebody else only what is signed counts, and a link where it can be followed" {
  other_key
  signed '{"type":"example","decision":"allow","issued_at":"2026-01-01T00:00:00Z"}' \
    '{"pubkey":"00","canonicalization":"none"}' >first
  lex 0 receipt verify first --key other.pub.pem --json
  is "$(jq -c '[.verdict, .acta.unsigned, .acta.kid]' <<<"$output")" '["valid",["canonicalization","pubkey"],"theirs"]'
  is "$(status_of payload)" not_run
  lex 0 receipt verify first --key other.pub.pem
  has "$output" 'not signed  canonicalization, pubkey'
  lex 1 receipt verify first --key "$pin"
  jq . first >spaced
  lex 0 receipt verify spaced --key other.pub.pem
  local hash
  hash=$(jq -cjS . first | sha256sum | cut -c 1-64)
  for link in "sha256:$hash" "$hash"; do
    signed "{\"type\":\"example\",\"previousReceiptHash\":\"$link\"}" >second
    lex 0 receipt verify second --key other.pub.pem --previous first
    lex 0 receipt verify second --key other.pub.pem --previous spaced
    lex 2 receipt verify second --key other.pub.pem --json
    is "$(jq -r .cause <<<"$output")" predecessor_missing
    lex 1 receipt verify second --key other.pub.pem --previous second
    has "$output" 'it follows another receipt than the one given'
  done
  lex 66 receipt verify second --key other.pub.pem --previous nowhere
  signed '{"issuer_id":"me","type":"example"}' >first
  lex 1 receipt verify first --key other.pub.pem
  has "$output" "the kid is another's"
}

@test "what a hostile receipt says reaches a terminal escaped" {
  other_key
  signed '{"type":"\u001b[31mred\u202e","decision":"allow\nvalid","tool_name":{"a":1}}' '{"\u001b]0;x\u0007":1}' >hostile
  lex 0 receipt verify hostile --key other.pub.pem
  has "$output" '\u{1b}[31mred\u{202e}'
  has "$output" 'not signed  \u{1b}]0;x\u{7}'
  run ! grep -q $'\033\|\007\|\xe2\x80\xae' "$BATS_TEST_TMPDIR/out"
  lex 1 receipt verify hostile --key "$pin"
  run ! grep -q $'\033\|\007' "$BATS_TEST_TMPDIR/out"
  for bytes in '{"payload":' '{"signature":[]}' '{"payload":{},"payload":{}}' '{"payload":{"a":"\ud800"},"signature":{}}'; do
    printf %s "$bytes" >hostile
    lex 1 receipt verify hostile --key "$pin"
  done
  printf '{"payload":%s' "$(printf '[%.0s' {1..100})" >hostile
  lex 1 receipt verify hostile --key "$pin"
}

@test "a receipt is kept in a git note and read back from it" {
  git init -q repository
  cd repository
  git commit -q --allow-empty -m deployed
  lex 0 --node ../.lexecon receipt make "$id" --format acta -o ../acta
  # git keeps a note as lines: it ends with a newline, which an ACTA receipt may.
  git notes --ref=lexecon add -F ../acta
  git notes --ref=lexecon show | lex 0 receipt verify - --key "$pin"
  # A receipt with its proof is exactly its bytes: it goes in as a blob.
  git notes --ref=lexecon add -f -C "$(git hash-object -w ../receipt)"
  git notes --ref=lexecon show | cmp - ../receipt
  git notes --ref=lexecon show | lex 0 receipt verify - --key "$pin"
  # And it goes where the notes are pushed.
  git clone -q --bare . ../server.git
  git push -q ../server.git refs/notes/lexecon
  git clone -q ../server.git ../clone 2>/dev/null
  cd ../clone
  git fetch -q origin refs/notes/lexecon:refs/notes/lexecon
  git notes --ref=lexecon show | lex 0 receipt verify - --key "$pin"
  git notes --ref=lexecon show | sed 's/alice/bob/' >../bad
  lex 1 receipt verify ../bad --key "$pin"
}

@test "openssl and jq verify an ACTA receipt" {
  lex 0 receipt make "$id" --format acta -o acta
  lex 0 key show ledger --format pem
  cp "$BATS_TEST_TMPDIR/out" ledger.pem
  jq -cjS .payload acta >payload
  jq -r .signature.sig acta | xxd -r -p >signature
  openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in payload -sigfile signature
  sed -i s/allow/deny/ payload
  run ! openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in payload -sigfile signature
}

@test "openssl, jq and sha256sum come to the same" {
  local size hash index last path
  lex 0 key show ledger --format pem
  cp "$BATS_TEST_TMPDIR/out" ledger.pem
  jq -j .entry receipt >entry
  jq -r .proof receipt >proof
  # The note is signed: its first three lines, and 64 bytes after the key's id.
  sed '1,/^$/d' proof >note
  head -n 3 note >text
  sed -n 5p note | cut -d ' ' -f 3 | base64 -d | tail -c 64 >signature
  openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in text -sigfile signature
  is "$(head -n 1 note)" "$(jq -r .origin entry)"
  # RFC 9162, 2.1.3.2: from the leaf to the root.
  size=$(sed -n 2p note) index=$(sed -n 's/^index //p' proof)
  is "$index" "$(jq -r .seq entry)"
  last=$((size - 1))
  hash=$( (printf '\0' && cat entry) | sha256sum | cut -d ' ' -f 1)
  while read -r path; do
    path=$(base64 -d <<<"$path" | xxd -p -c 64)
    if ((index % 2 == 1 || index == last)); then
      hash=$(printf '01%s%s' "$path" "$hash" | xxd -r -p | sha256sum | cut -d ' ' -f 1)
      while ((index % 2 == 0 && index > 0)); do index=$((index / 2)) last=$((last / 2)); done
    else
      hash=$(printf '01%s%s' "$hash" "$path" | xxd -r -p | sha256sum | cut -d ' ' -f 1)
    fi
    index=$((index / 2)) last=$((last / 2))
  done < <(sed -n '3,/^$/p' proof | sed '$d')
  is "$last" 0
  is "$hash" "$(sed -n 3p note | base64 -d | xxd -p -c 64)"
  is "$(jq -j .sealed receipt | sha256sum | cut -d ' ' -f 1)" "$(jq -r .sealed_hash entry)"
}
