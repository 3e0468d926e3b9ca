#!/usr/bin/env bash
# What custody costs and saves: decisions of a year ago, half of the subjects erased, the rest archived.
#
#   custody.sh LEXECON [DECISIONS]
#
# A fifth as many subjects as decisions. Fails when anything erased is left in a file of the node, when the
# ledger is not valid after a step, or when a rebuild of the tables changes one.
set -euo pipefail

lexecon=$(realpath "$1") decisions=${2:-50000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-custody-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state LEXECON_NODE=$folder/node
cd "$folder"

timed() {
  local start end
  start=$(date +%s%N)
  "${@:2}" >"$folder/out" 2>"$folder/err" || {
    cat "$folder/err" >&2
    exit 1
  }
  end=$(date +%s%N)
  printf '%-32s %8.2f s\n' "$1" "$((end - start))e-9"
}
then_() { faketime -f -400d "$lexecon" "$@"; }
size() { printf '%-32s %8d bytes\n' "$1" "$(stat -c %s node/ledger.db)"; }
sound() {
  timed "ledger verify --deep, $1" "$lexecon" ledger verify --deep
  timed "ledger rebuild, $1" "$lexecon" ledger rebuild --json
  jq -e '.changed | not' out >/dev/null
}

then_ init node --id bench --origin example.org/custody --template minimal >/dev/null
for name in alice bob; do ssh-keygen -q -t ed25519 -N '' -f "$name"; done
then_ operator add alice --role admin --key alice.pub >/dev/null 2>&1
then_ operator add bob --role compliance_officer --key bob.pub --as alice --sign-with alice >/dev/null 2>&1
seq "$decisions" | awk -v n="$decisions" '{
  printf "{\"actor\":\"ai_agent:s%05d\",\"action\":\"read\",\"intent\":\"secret-%05d-of-%05d.\"}\n", $1 % (n / 5), $1, $1 % (n / 5) }' >asked
awk -v n="$decisions" 'BEGIN { for (i = 0; i < n / 10; i++) printf "actor:ai_agent:s%05d\n", i }' >subjects
timed "decide $decisions" then_ decide --batch asked --no-token
size 'database'
timed "privacy erase $(wc -l <subjects) subjects" "$lexecon" privacy erase --subjects subjects --legal-basis gdpr:17 \
  --requested-at 1h --as bob --sign-with bob --json
jq -r '"erased \(.seqs | length) requests in \(.ledger_entry_ids | length) entries"' out
left=$({ grep -rhaoE 'secret-[0-9]{5}-of-[0-9]{5}' node || true; } | awk -F- -v n="$decisions" '$4 + 0 < n / 10' | wc -l)
echo "$left texts of erased subjects left in the node"
((left == 0))
size 'database, erased'
sound erased
timed 'archive --keep 1y' "$lexecon" archive --keep 1y -o package --as bob --sign-with bob --json
jq -r '"archived \(.archived) entries"' out
size 'database, archived'
sound archived
printf '%-32s %8d KiB\n' 'package' "$(du -sk package | cut -f 1)"
