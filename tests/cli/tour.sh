#!/usr/bin/env bash
# Five minutes with lexecon: every command is shown, run, and held to the exit code it should have.
#
#   tour.sh LEXECON
set -euo pipefail

# shellcheck source=tests/cli/steps.bash
. "$(dirname "${BASH_SOURCE[0]}")/steps.bash"

title 'A node: keys, policies and a ledger. The last line is for the auditor.'
step 0 'lexecon init node --id demo --origin example.org/demo --template enterprise'

title 'An agent asks to deploy. Staging is fine, production needs two people, the vault is closed.'
step 0 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --json > answer'
step 0 "jq '{outcome, reason_code, policy: .policy.matched, checkpoint, token: .capability_token[:28]}' answer"
step 2 "lexecon decide --actor ai_agent:deployer --action deploy --resource env:production/shop"
step 1 "lexecon decide --actor ai_agent:assistant --action read --resource vault:keys"

title 'Whoever deploys checks the token. It is good for this action on this resource, once.'
step 0 'jq -r .capability_token answer > token'
step 1 'lexecon token verify --action deploy --resource env:production/shop --token-file token'
step 0 'lexecon token verify --action deploy --resource env:staging/shop --token-file token'
step 1 'lexecon token verify --action deploy --resource env:staging/shop --token-file token'

title 'Everything is on record, signed, and can be checked without lexecon.'
step 0 "lexecon ledger log | cut -c1-110"
step 0 "lexecon ledger log --format jsonl > entries"
step 0 "sed -n 4p entries | tr -d '\n' | sha256sum; sed -n 5p entries | jq -r .previous_hash"
step 0 'lexecon ledger verify | head -n 2'

title 'Somebody edits the record of the denial in a copy of the node.'
step 0 'cp -r node copy'
step 0 "sqlite3 copy/ledger.db \"UPDATE entries SET body = CAST(replace(body, 'denied', 'approved') AS BLOB) WHERE seq = 6\""
step 1 'lexecon ledger verify --node copy | grep -E "^(invalid|first)|fail"'

title 'A server asks the node before it takes a push.'
step 0 'git init -q --bare shop.git && git clone -q shop.git work 2>/dev/null'
step 0 'lexecon hook install pre-receive --actor human:alice --repo shop.git --repository shop'
cat > .gitconfig <<'CONFIG'
[user]
  name = Alice
  email = alice@example.org
[init]
  defaultBranch = main
CONFIG
step 0 'cd work && git checkout -q -b main && git commit -q --allow-empty -m one && git push -q origin main'
step 0 'cd work && git commit -q --allow-empty -m two && git push -q origin main'
step 1 'cd work && git commit -q --amend --allow-empty -m rewritten && git push -q --force origin main 2>&1 | grep -E "^remote|rejected" | cut -c1-150'
step 1 'cd work && git push -q origin --delete main 2>&1 | grep -E "^remote|rejected" | cut -c1-150'
step 0 'lexecon decision list --actor human:alice | cut -c1-105'

title 'The auditor kept one line, and one checkpoint from before.'
step 0 'lexecon ledger checkpoint > kept.note; lexecon key show > auditor.vkey; cat kept.note'
step 0 'lexecon ledger verify --key auditor.vkey --against kept.note | head -n 2'
