#!/usr/bin/env bats
# A stranger with a package and a key that he pinned: no node, no network, no trust.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --resource wiki:home
  lex 1 decide --actor ai_agent:x --action drop --no-token
  lex 0 ledger checkpoint
  printf '%s\n' "$output" >kept.note
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report
  lex 0 export -o package --disclose sealed
  lex 0 key show ledger
  pin=$output
}

# like TEXT REGEX: some line fits.
like() {
  grep -qE -- "$2" <<<"$1" && return
  printf 'expected to fit: %s\nin: %s\n' "$2" "$1"
  return 1
}

# The checks that failed, of the last document.
failed() { jq -r '[.checks[] | select(.status == "fail") | .name] | join(" ")' <<<"$output"; }

@test "a stranger with the key finds it valid, and the decisions judged again" {
  for format in pem minisign ssh; do
    lex 0 key show ledger --format "$format"
    printf '%s\n' "$output" >"pin.$format"
  done
  mv .lexecon gone
  lex 0 verify package --key "$pin"
  like "${output%%$'\n'*}" '^valid, [0-9]+ entries verified, 2 of 2 decisions re-decided$'
  like "$output" '^completeness NOT ESTABLISHED'
  for format in pem minisign ssh; do lex 0 verify package --key "pin.$format"; done
  lex 0 verify package --key "$pin" --against kept.note --require redecide --json
  is "$(jq -c '[.schema, .verdict, .redecided.judged, .completeness.established, .package.disclosure]' <<<"$output")" \
    '["lexecon.package_verification/1","valid",2,true,"sealed"]'
  lex 0 verify package --key "$pin" --against - <kept.note
}

@test "a tar is read where it is, and says the same" {
  lex 0 export --format tar -o package.tar --disclose sealed
  mv .lexecon gone
  mkdir unpacked
  tar -xf package.tar -C unpacked
  lex 0 verify package.tar --key "$pin" --json
  of_tar=$(jq -S 'del(.package.format)' <<<"$output")
  lex 0 verify unpacked/* --key "$pin" --json
  is "$(jq -S 'del(.package.format)' <<<"$output")" "$of_tar"
  printf x >>package.tar
  lex 1 verify package.tar --key "$pin"
  like "$output" 'container +fail .*its end'
}

@test "without a key it is undecidable, and so are an empty folder and an empty file" {
  lex 2 verify package
  like "${output%%$'\n'*}" '^undecidable: key_not_pinned, .* 2 of 2 decisions re-decided$'
  mkdir empty
  : >nothing
  for each in empty nothing; do
    lex 2 verify "$each" --key "$pin"
    like "$output" '^undecidable: nothing_to_check'
  done
  lex 66 verify no-such-package
  has "$stderr" 'there is no such package'
  lex 64 verify
  lex 64 verify package --require everything
  lex 66 verify package --key nonsense
}

@test "what is withheld is said, and can be asked for" {
  lex 0 export -o bare
  lex 0 verify bare --key "$pin"
  like "${output%%$'\n'*}" ', 0 of 2 decisions re-decided$'
  has "$output" 'sealed contents are withheld'
  like "$output" 'redecide +not_run +0 +withheld'
  lex 2 verify bare --key "$pin" --require redecide
  has "$output" 'undecidable: not_redecided'
}

@test "a quorum of witnesses is asked for, and found or not" {
  "$LEXECON_BIN" init witness --id witness --origin example.org/witness >/dev/null 2>&1
  lex 0 ledger checkpoint --node witness --cosign kept.note --key "$pin"
  printf '%s\n' "$output" >cosigned.note
  lex 0 key show witness --node witness
  printf 'witness w %s\nquorum w\n' "$output" >policy
  lex 0 verify package --key "$pin" --against cosigned.note --witnesses policy
  like "$output" 'witnesses +pass'
  lex 1 verify package --key "$pin" --against kept.note --witnesses policy --json
  is "$(failed)" witnesses
  lex 64 verify package --key "$pin" --witnesses policy
}

@test "a receipt is verified as receipt verify does it" {
  id=$(said decide --actor ai_agent:x --action read --pointer /decision_id)
  lex 0 receipt make "$id" -o receipt
  lex 0 receipt make "$id" --format acta -o acta
  for each in receipt acta; do
    said_by=$(said receipt verify "$each" --key "$pin")
    lex 0 verify "$each" --key "$pin"
    is "$output" "$said_by"
    lex 2 verify "$each"
  done
  lex 64 verify receipt --key "$pin" --require redecide
  has "$stderr" 'this is a receipt'
}

@test "another key, another history and a log that was cut are invalid" {
  lex 0 export -o later
  other=$(mktemp -d)
  (cd "$other" && LEXECON_NODE='' XDG_STATE_HOME="$other" "$LEXECON_BIN" init --id other >vkey 2>/dev/null)
  lex 0 key show ledger --node "$other/.lexecon"
  lex 1 verify package --key "$output"
  lex 0 ledger checkpoint
  printf '%s\n' "$output" >newer.note
  lex 1 verify package --key "$pin" --against newer.note --json
  is "$(failed)" older_notes
  is "$(jq '.conflicts | length' <<<"$output")" 1
}

@test "a recovery is a gap, and the key behind it needs a pin of its own" {
  size=$(value /tree_size ledger checkpoint)
  rm .lexecon/head.note
  lex 0 recover --accept-size "$size" --reason 'head.note was deleted'
  lex 0 export -o after --disclose sealed
  lex 2 verify after --key "$pin"
  has "$output" 'undecidable: key_not_pinned'
  lex 0 key show ledger
  lex 0 verify after --key "$output" --json
  is "$(jq -c '[.gaps[0].seq, .gaps[0].lost.tree_size]' <<<"$output")" "[$size,$size]"
}

@test "a changed byte, a file more and a file less are found, and the first bad entry named" {
  cp -r package changed
  sed -i '3s/"salt":"./"salt":"x/' changed/data/ledger/entries.jsonl
  lex 1 verify changed --key "$pin" --json
  like "$(failed)" 'digests.*entries'
  is "$(jq .first_bad_seq <<<"$output")" 2
  rm -r changed && cp -r package changed && : >changed/data/more
  lex 1 verify changed --key "$pin"
  rm changed/data/more changed/tagmanifest-sha256.txt.sig
  lex 1 verify changed --key "$pin"
  like "$output" 'container +fail .*a tag file is missing: there are 5 of 6'
}

@test "links, pipes, sockets and names from elsewhere are refused, and nothing outside is read" {
  printf secret >outside
  refused() {
    lex 1 verify hostile --key "$pin"
    like "$output" "container +fail .*$1"
    rm -rf hostile
  }
  cp -r package hostile && ln -sf "$PWD/outside" hostile/data/manifest.json
  refused 'data/manifest.json. is no regular file'
  cp -r package hostile && rm -r hostile/data/keys && ln -s "$PWD/package/data/keys" hostile/data/keys
  refused 'is no regular file'
  cp -r package hostile && rm hostile/bagit.txt && mkfifo hostile/bagit.txt
  refused 'bagit.txt. is no regular file'
  cp -r package hostile && ln -f hostile/bagit.txt linked
  refused 'a hard link'
  cp -r package hostile && mkdir hostile/data/empty
  refused 'an empty folder'
  cp -r package hostile && : >hostile/fetch.txt
  refused 'fetch.txt. is no file of a package'
  cp -r package hostile && : >hostile/data/$'\e[31mred'
  refused 'u\{1b\}'
  cp -r package hostile && : >hostile/data/MANIFEST.json
  refused 'but for its case'
}

@test "a tar of another make is refused, whatever its names say" {
  lex 0 export --format tar -o good.tar
  id=$(tar -tf good.tar | head -n 1)
  tar -xf good.tar
  tar -cf gnu.tar "$id"
  tar --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf ustar.tar "$id"
  mkdir up
  tar --format=ustar -P --transform 's,^,../../,' -cf dots.tar "$id"
  tar --format=ustar -P --transform 's,^,/tmp/,' -cf absolute.tar "$id"
  head -c 1000 good.tar >cut.tar
  printf '%2048s' x >text.tar
  for each in gnu ustar dots absolute cut text; do
    lex 1 verify "$each.tar" --key "$pin"
    like "$output" 'container +fail .*the tar is not as lexecon export writes it'
  done
}

@test "a file of holes and a line without end take neither memory nor long" {
  cp -r package hostile
  truncate -s 10G hostile/data/ledger/entries.jsonl
  limit=$((64 * 1024))
  lex 1 verify hostile --key "$pin"
  has "$output" 'bag-info.txt does not end with the Payload-Oxum'
  # Its label agrees, and so it is read to its end.
  truncate -s 200M hostile/data/ledger/entries.jsonl
  size=$(find hostile/data -type f -printf '%s\n' | awk '{n += $1} END {print n "." NR}')
  sed -i "s/^Payload-Oxum: .*/Payload-Oxum: $size/" hostile/bag-info.txt
  read -r code kibibytes < <(/usr/bin/python3 - "$LEXECON_BIN" "$pin" <<'END'
import resource, subprocess, sys
made = subprocess.run([sys.argv[1], "verify", "hostile", "--key", sys.argv[2]], capture_output=True)
print(made.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
  )
  is "$code" 1
  ((kibibytes < limit))
}

@test "the verdict is the same without a network, read-only, in any language and time zone" {
  lex 0 verify package --key "$pin" --json
  said=$output
  for setting in LANG=tr_TR.UTF-8 TZ=Pacific/Apia LC_ALL=C; do
    is "$(env "$setting" "$LEXECON_BIN" verify package --key "$pin" --json)" "$said"
  done
  chmod -R a-w package
  is "$("$LEXECON_BIN" verify package --key "$pin" --json)" "$said"
  if unshare -rn true 2>/dev/null; then
    is "$(unshare -rn "$LEXECON_BIN" verify package --key "$pin" --json)" "$said"
  fi
  chmod -R u+w package
}
