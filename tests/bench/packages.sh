#!/usr/bin/env bash
# What a package costs: decisions with a score, exported whole and in part, and verified.
#
#   packages.sh LEXECON [DECISIONS]
#
# Fails when two packages of one size and request differ, when a part is not what was asked for, when one is not
# valid with every verdict judged again, when that takes 64 MiB, or when a filter takes more than 64 bytes of
# memory a decision.
set -euo pipefail

lexecon=$(realpath "$1") decisions=${2:-100000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-packages-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state LEXECON_NODE=$folder/node SOURCE_DATE_EPOCH=1700000000
cd "$folder"

# timed NAME DECISIONS ARGUMENT...: seconds, decisions a second, and the most memory, which is left in `memory`.
timed() {
  local start end
  start=$(date +%s%N)
  /usr/bin/time -f %M -o "$folder/memory" "$lexecon" "${@:3}" >"$folder/out" 2>"$folder/err" || {
    cat "$folder/err" >&2
    exit 1
  }
  end=$(date +%s%N)
  memory=$(<"$folder/memory")
  awk -v name="$1" -v n="$2" -v t="$((end - start))e-9" -v m="$memory" \
    'BEGIN { printf "%-28s %8.2f s %9.0f decisions/s %7d KiB\n", name, t, n / t, m }'
}

decide() {
  seq "$1" | awk -v n="$1" '{
    printf "{\"actor\":\"ai_agent:a%d\",\"action\":\"read\",\"resource\":\"wiki:page/%d\",\"tenant\":\"t%d\",", $1 % 50, $1, $1 % 10
    printf "\"intent\":\"look up what was asked\",\"risk\":{\"security\":%d}}\n", $1 % 40 }' >asked
  "$lexecon" decide --batch asked >/dev/null
}

"$lexecon" init node --id bench --origin example.org/packages --template minimal >/dev/null
decide $((decisions / 10))
timed 'export, a tenth' $((decisions / 10)) export -o tenth --disclose sealed
timed 'export of a tenant, a tenth' $((decisions / 10)) export -o tenth-part --disclose sealed --tenant t3
decide $((decisions - decisions / 10))
size=$("$lexecon" ledger checkpoint --pointer /tree_size)
timed 'export' "$decisions" export -o one --disclose sealed --size "$size"
whole=$memory
timed 'export, once more' "$decisions" export -o two --disclose sealed --size "$size"
timed 'export as a tar' "$decisions" export -o three.tar --disclose sealed --size "$size" --format tar
timed 'export, nothing sealed' "$decisions" export -o bare --size "$size"
timed 'export of a tenant' "$decisions" export -o part --disclose sealed --size "$size" --tenant t3
chosen=$(((memory - whole) * 1024 / decisions))
echo "a filter takes $chosen bytes a decision"
key=$("$lexecon" key show ledger)
timed 'verify, every verdict again' "$decisions" verify one --key "$key" --require redecide
timed 'verify the tar' "$decisions" verify three.tar --key "$key" --require redecide
((memory < 65536))
timed 'verify, nothing sealed' "$decisions" verify bare --key "$key"
timed 'verify a tenant, a tenth' $((decisions / 10)) verify part --key "$key" --require redecide
diff -r one two
tar xf three.tar && diff -r one exp_*
[[ $(jq .contents.decisions one/data/manifest.json) == "$decisions" ]]
[[ $(jq .contents.decisions part/data/manifest.json) == $((decisions / 10)) ]]
du -sk --apparent-size one | awk '{ printf "package %d KiB\n", $1 }'
((chosen <= 64))
