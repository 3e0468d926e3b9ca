#!/usr/bin/env bash
# People in charge, with three real SSH keys: every command is shown, run, and held to the exit code it should have.
#
#   people.sh LEXECON
# shellcheck disable=SC2016 # the steps are shown as somebody would type them
set -euo pipefail

# shellcheck source=tests/cli/steps.bash
. "$(dirname "${BASH_SOURCE[0]}")/steps.bash"

title 'Three people with keys they have: an admin, and two officers. Bob owns the agent that deploys.'
step 0 "for name in alice bob carol; do ssh-keygen -q -t ed25519 -N '' -C \$name -f \$name; done"
step 0 'lexecon init node --id demo --origin example.org/demo --template minimal | tail -n 1'
cat > node/policies/release.yaml <<'YAML'
mode: strict
terms:
  - {id: 'actor:ai_agent:deployer', type: actor, owner: 'actor:human:bob'}
relations:
  - {id: agents-deploy, type: permits, subject: 'actor:ai_agent:*', action: 'action:deploy'}
  - id: people-release
    type: requires
    action: action:deploy
    object: resource:env:production/*
    requirement: release_review
    on_unmet: escalate
    justification: nothing goes to customers unseen
  - {id: freeze, type: forbids, action: 'action:deploy', object: 'resource:env:billing/*', justification: year end}
YAML
step 0 'lexecon policy activate | tail -n 1'
step 0 'lexecon operator add alice --role admin --key alice.pub'
step 0 'lexecon operator add bob --role compliance_officer --key bob.pub --actor human:bob --as alice --sign-with alice 2>signed'
step 0 'lexecon operator add carol --role compliance_officer --key carol.pub --as alice --sign-with alice 2>>signed'

title 'A risky deploy escalates. The job that asked waits, and goes on by itself once it may.'
step 2 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:production/shop --json > answer'
step 0 'jq -r .decision_id answer > decision'
printf '%s\n' 'lexecon decision wait "$(cat decision)" --timeout 2m && lexecon token issue --decision "$(cat decision)" > token' > job
step 0 'cat job; { bash job; echo "exit $?"; } > job.out 2>&1 & echo started'
step 0 'lexecon escalation show "$(cat decision)" | head -n 12'

title 'Bob owns the agent: he cannot answer for it, and that he tried is on record. Carol can.'
step 77 'lexecon escalation resolve "$(cat decision)" --approve --as bob --sign-with bob 2>&1 | grep error'
step 0 'lexecon escalation resolve "$(cat decision)" --approve --note "read the change" --as carol --sign-with carol 2>carol.signed'
step 0 'grep -A 4 statement carol.signed'
step 0 'until grep -q exit job.out; do sleep 0.1; done; cat job.out'

title 'The token is for exactly that, once.'
step 1 'lexecon token verify --node node --action deploy --resource env:production/bank --token-file token'
step 0 'lexecon token verify --node node --action deploy --resource env:production/shop --token-file token'
step 1 'lexecon token verify --node node --action deploy --resource env:production/shop --token-file token'

title 'An exception for a few seconds lifts one relation, and every decision that it touches says so.'
step 1 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:billing/fix --json > denied'
step 0 'lexecon override create "$(jq -r .decision_id denied)" --type technical_emergency --scope multiple_decisions --outcome approved --expires 4s --justification "invoices go out twice, fix 4711" --as carol --sign-with carol 2>>signed | head -n 4'
step 0 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:billing/fix --no-token | head -n 2'
step 0 'lexecon ledger log --type decision --format jsonl --reverse --limit 1 | jq -c "[.data.outcome, .data.facts.exceptions[].relations]"'
step 1 'sleep 4.5; lexecon decide --actor ai_agent:deployer --action deploy --resource env:billing/fix | head -n 2'

title 'Anybody may pull the brake, for all agents at once; an officer lets go of it.'
step 0 'lexecon oversight stop --all --reason incident --json | jq -r .stop_id > stop'
step 1 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/shop | head -n 2'
step 77 'lexecon oversight resume "$(cat stop)" --reason all_clear 2>&1 | grep error'
step 0 'lexecon oversight resume "$(cat stop)" --reason all_clear --as carol --sign-with carol 2>>signed | head -n 1'
step 0 'lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/shop --no-token | head -n 1'

title 'All of it verifies, each decision judged again; and ssh-keygen alone accepts every signature.'
step 0 'lexecon ledger verify --deep | grep -E "^(valid|approvals|redecide)"'
step 0 "lexecon ledger log --format jsonl > entries; jq -r 'select(.event_type | startswith(\"operator.\")) | \"\\(.data.operator) namespaces=\\\"lexecon\\\" \\(.data.public_key)\"' entries > allowed_signers"
cat > check <<'CHECK'
jq -c 'select(.data.approval)' entries | while read -r entry; do
  jq -j .data.approval.sshsig <<< "$entry" > sig
  jq -jcS '(.data.approval | del(.sshsig)) + {typ: "lexecon-approval/1", origin, event_type, sealed_hash,
    statement: (.data | del(.approval))}' <<< "$entry" > message
  ssh-keygen -Y verify -f allowed_signers -n lexecon -s sig < message -I "$(jq -r .data.approval.operator <<< "$entry")"
done
CHECK
step 0 'cat check; bash check'
