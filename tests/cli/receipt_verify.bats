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
