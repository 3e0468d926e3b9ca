#!/usr/bin/env bash
# What a report takes: of a ledger of so many decisions, made through the program.
#
#   reports.sh LEXECON [DECISIONS]
#
# Prints a line for each: what it was, seconds by the clock, MiB at the peak.
set -euo pipefail

lexecon=$(realpath "$1") decisions=${2:-100000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/lexecon-reports-XXXXXX")
trap 'rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state
cd "$folder"

# measured WHAT COMMAND...
measured() {
  local what=$1
  shift
  /usr/bin/time -f '%e %M' -o took "$@" >made 2>notes
  awk -v what="$what" '{ printf "%-40s %6.2f s %7.1f MiB\n", what, $1, $2 / 1024 }' took
}

ssh-keygen -q -t ed25519 -N '' -f alice
"$lexecon" init --id bench --origin example.org/bench >/dev/null
"$lexecon" operator add alice --role admin --key alice.pub >/dev/null 2>&1
"$lexecon" compliance profile set triage --actor '*' --role deployer --route annex_iii \
  --annex-iii '5(b)' --profiling yes --as alice --sign-with alice >/dev/null 2>&1
awk -v n="$decisions" 'BEGIN {
  for (i = 0; i < n; i++) printf "{\"actor\":\"ai_agent:triage-%d\",\"action\":\"read\",\"resource\":\"doc:%d\",\"tool\":\"search\"}\n", i % 50, i
}' | "$lexecon" decide --batch - >/dev/null 2>&1 || true

measured 'ledger verify' "$lexecon" ledger verify
measured 'ledger verify --deep' "$lexecon" ledger verify --deep
measured 'compliance gaps (ai-act)' "$lexecon" compliance gaps
measured 'compliance controls (nist_csf)' "$lexecon" compliance controls --framework nist_csf
if "$lexecon" help compliance report >/dev/null 2>&1; then
  measured 'compliance report --kind ai-act' "$lexecon" compliance report --kind ai-act --format json --no-record
fi
