#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
}

two_files() {
  echo one >one
  echo two >two
  one=$(value /evidence_id evidence add one --type screenshot)
  two=$(value /evidence_id evidence add two --type screenshot)
  file=.lexecon/evidence/$(sha256sum <one | cut -c 1-2)/$(sha256sum <one | cut -c 1-64)
}

@test "nothing was added: nothing to check" {
  lex 4 evidence verify
  has "$output" 'no evidence to verify'
  is "$(value /verdict evidence verify)" nothing_to_check
}

@test "all is as it was added" {
  two_files
  lex 0 evidence verify
  is "$output" 'valid, 2 verified, 0 failed, 0 erased'
  is "$(value /evidence/1/evidence_id evidence verify)" "$two"
  lex 0 evidence verify "$one" --json
  is "$(jq -c '[.verified, .failed, .erased]' <<<"$output")" '[1,0,0]'
}

@test "an altered and a missing file are named, and the others are not" {
  two_files
  echo ONE >"$file"
  lex 1 evidence verify
  has "$output" "fail  entry_3, $one"
  is "$(wc -l <<<"$output")" 2
  lex 0 evidence verify "$two"
  lex 1 evidence verify "$two" "$one"
  rm "$file"
  lex 1 evidence verify
  has "$output" missing
}

@test "what lies there beside evidence" {
  two_files
  echo x >.lexecon/evidence/new.0123456789abcdef
  chmod 600 .lexecon/evidence/new.0123456789abcdef
  mkdir -m 700 .lexecon/evidence/00
  (umask 077 && echo x >".lexecon/evidence/00/$(printf '0%.0s' {1..64})")
  lex 0 evidence verify --json
  is "$(jq -c '.strays | map(.harmless)' <<<"$output")" '[true,true]'
  ln -s /etc .lexecon/evidence/aa
  lex 1 evidence verify
  has "$output" 'fail  evidence/aa: a symbolic link'
  rm .lexecon/evidence/aa
  chmod g+r "$file"
  lex 1 evidence verify
  has "$output" 'open to group or others'
  chmod g-r "$file"
  echo x >.lexecon/evidence/$'a\nb'
  lex 1 evidence verify
  has "$output" 'a\u{a}b'
}

@test "a ledger from a backup needs the folder too" {
  two_files
  lex 0 backup ledger.backup
  mkdir new
  lex 0 restore --node new ledger.backup
  lex 1 evidence verify --node new
  cp -r .lexecon/evidence new/
  lex 0 evidence verify --node new
}

@test "what is refused" {
  two_files
  lex 65 evidence verify entry_3
  lex 66 evidence verify evd_screenshot_00000000000000000000000000000000
  lex 66 --node nowhere evidence verify
  cannot_write evidence verify
}
