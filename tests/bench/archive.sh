#!/usr/bin/env bash
# What an archive costs and saves: decisions are made, archived, and everything verified again.
#
#   archive.sh LEXECON [DECISIONS]
set -euo pipefail

lexecon=$(realpath "$1") decisions=${2:-50000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-archive-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state LEXECON_NODE=$folder/node
cd "$folder"

timed() {
  local start end
  start=$(date +%s%N)
  "${@:2}" >"$folder/out" 2>"$folder/err" || { cat "$folder/err" >&2; exit 1; }
  end=$(date +%s%N)
  printf '%-28s %8.2f s\n' "$1" "$((end - start))e-9"
}

"$lexecon" init node --id bench --origin example.org/archive --template minimal >/dev/null
for name in alice bob; do ssh-keygen -q -t ed25519 -N '' -f "$name"; done
"$lexecon" operator add alice --role admin --key alice.pub >/dev/null 2>&1
"$lexecon" operator add bob --role compliance_officer --key bob.pub --as alice --sign-with alice >/dev/null 2>&1
for ((n = 0; n < decisions; n++)); do
  printf '{"actor":"ai_agent:worker-%d","action":"read","resource":"file:report-%d","intent":"look up %d"}\n' \
    $((n % 100)) "$n" "$n"
done >requests.jsonl
timed "decide $decisions" "$lexecon" decide --batch requests.jsonl --no-token
sleep 2
printf '%-28s %8d bytes\n' 'database before' "$(stat -c %s node/ledger.db)"
timed 'ledger verify --deep before' "$lexecon" ledger verify --deep
timed 'export, sealed' "$lexecon" export -o exported --disclose sealed --as bob --sign-with bob
sleep 2
timed 'archive' "$lexecon" archive --keep 1s -o package --as bob --sign-with bob --json
jq -r '"archived \(.archived) entries, \(.bytes_before) bytes before, \(.bytes_after) after"' out
timed 'ledger verify --deep after' "$lexecon" ledger verify --deep
timed 'ledger rebuild after' "$lexecon" ledger rebuild --json
jq -e '.changed | not' out >/dev/null
printf '%-28s %8d KiB\n' 'package' "$(du -sk package | cut -f 1)"
