#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  head -c 200000 /dev/urandom >bytes
  id=$(value /evidence_id evidence add bytes --type context_capture)
  file=$(find .lexecon/evidence -type f)
}

@test "the bytes that were added, in a new file or on standard output" {
  umask 000
  lex 0 evidence get "$id" -o copy
  is "$output" 'wrote copy'
  cmp bytes copy
  is "$(stat -c %a copy)" 600
  "$LEXECON_BIN" evidence get entry_3 -o - 2>/dev/null | cmp - bytes
  lex 0 evidence get "$id" --output again --json
  is "$(jq -r .evidence_id <<<"$output")" "$id"
  lex 73 evidence get "$id" -o copy
}

@test "an altered, shortened, lengthened or missing file is exit 76, and nothing is written" {
  local spoil
  cp "$file" kept
  for spoil in 'printf x | dd of="$file" bs=1 seek=100000 conv=notrunc status=none' 'truncate -s 199999 "$file"' \
    'printf x >>"$file"' 'rm "$file"' 'rm "$file"; ln -s "$PWD/bytes" "$file"' 'rm "$file"; mkdir "$file"'; do
    eval "$spoil"
    lex 76 evidence get "$id" -o copy
    lex 76 evidence get "$id" -o -
    is "$(find . -maxdepth 1 -name 'copy*')" ''
    rm -rf "$file"
    cp kept "$file"
  done
  # What was lost can be added again.
  rm "$file"
  lex 0 evidence add bytes --type context_capture
  lex 0 evidence get "$id" -o copy
  cmp bytes copy
}

@test "what is refused" {
  local decision
  decision=$(value /decision_id decide --actor human:alice --action read --no-token)
  lex 64 evidence get "$id"
  lex 64 evidence get "$id" -o - --json
  lex 65 evidence get bytes -o copy
  lex 66 evidence get evd_screenshot_00000000000000000000000000000000 -o copy
  lex 66 evidence get "$decision" -o copy
  has "$stderr" 'ledger show entry_4'
  lex 66 evidence get genesis -o copy
  lex 66 --node nowhere evidence get "$id" -o copy
  lex 73 evidence get "$id" -o nowhere/copy
  cannot_write evidence get "$id" -o -
}
