#!/usr/bin/env bash
# Twenty claims of the deployer pack of the sample node, each found again in the ledger.
#
#   claims.sh LEXECON
# shellcheck disable=SC2016 # the steps are shown as somebody would type them
set -euo pipefail

sample=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/sample_node.sh
# shellcheck source=tests/cli/steps.bash
. "$(dirname "${BASH_SOURCE[0]}")/steps.bash"

"$sample" "$program" "$folder/sample"
ln -s sample/node node
# shellcheck source=/dev/null # made by the line above
. sample/ids.sh
export XDG_STATE_HOME=$folder/sample/state

cat >claim <<'CLAIM'
# claim WHAT FILTER: a set of entries in the report, and those that a filter of one's own finds in the log.
jq -r --slurpfile mine decisions.json "select($2).seq" entries.jsonl |
  awk 'NR == FNR { found[$1]; next } $1 in found' - lines > found
said=$(jq -c --arg what "$1" 'first(.evidence[] | select(.what == $what)) | [.count, .digest]' report.json)
seen="[$(wc -l < found),\"$(sha256sum < found | cut -d ' ' -f 1)\"]"
[ "$said" = "$seen" ] && echo "$(wc -l < found) entries, the same digest"
CLAIM

title 'The report, the entries of the log, and the digest of each. `lines` is what the digests of the report are over.'
step 0 'lexecon compliance report --kind article-26 --system triage --no-record --format json -o report.json > made'
step 0 'lexecon ledger log --format jsonl > entries.jsonl'
step 0 'python3 -c "import hashlib, sys; [print(n, hashlib.sha256(line.rstrip(b\"\n\")).hexdigest()) for n, line in enumerate(sys.stdin.buffer)]" < entries.jsonl > lines'
step 0 'jq -s "[.[] | select(.event_type == \"decision\" and .data.actor == \"actor:ai_agent:triage\" and .data.tenant == \"clinic\").data.decision_id | {(.): true}] | add" entries.jsonl > decisions.json'
step 0 'cat claim'

title '1. The log verifies, and so many decisions were judged again.'
step 0 'jq -c .header.ledger.redecided report.json; lexecon ledger verify --deep | grep -E "^(valid|redecide)"'
title '2. The report is of this size and root of the log, as its checkpoint says.'
step 0 'jq -r ".header.ledger | .tree_size, .root_hash" report.json | diff - <(lexecon ledger checkpoint --json | jq -r ".tree_size, .root_hash")'
title '3. The first and the last entry of a set are in that tree.'
step 0 'for id in $(jq -r "first(.evidence[] | select(.what == \"decisions of the system\")) | .first.entry_id, .last.entry_id" report.json); do lexecon ledger prove $id -o $id.proof > /dev/null; sed -n "$((${id#entry_} + 1))p" entries.jsonl > $id; lexecon ledger prove --check $id.proof --entry $id --key node/keys/ledger.pub | head -n 1; done'
title '4. What the system is: the entry of its profile says the same.'
step 0 'jq -Sc .header.system.profile report.json | diff - <(lexecon ledger show "$(jq -r .header.system.profile_entry_id report.json)" --json | jq -Sc ".entry.data | del(.approval)")'

claim() {
  title "$1"
  step 0 "bash claim '$2' '$3'"
}
claim '5. All entries of the period.' 'all entries of the period' 'true'
claim '6. Decisions of the system.' 'decisions of the system' '$mine[0][.data.decision_id? // ""] and .event_type == "decision"'
claim '7. What was approved.' 'Decisions by outcome: approved' '.event_type == "decision" and $mine[0][.data.decision_id] and .data.outcome == "approved"'
claim '8. What was denied.' 'Decisions by outcome: denied' '.event_type == "decision" and $mine[0][.data.decision_id] and .data.outcome == "denied"'
claim '9. What a rule forbids.' 'decisions with the reason forbidden' '.event_type == "decision" and $mine[0][.data.decision_id] and .data.reason_code == "forbidden"'
claim '10. Requests that named a model which nobody approved.' 'decisions with the reason model_not_approved' '.event_type == "decision" and $mine[0][.data.decision_id] and .data.reason_code == "model_not_approved"'
claim '11. What was refused while the clinic was stopped.' 'decisions with the reason emergency_stop' '.event_type == "decision" and $mine[0][.data.decision_id] and .data.reason_code == "emergency_stop"'
claim '12. Escalations to people.' 'escalations opened' '.event_type == "escalation.created" and $mine[0][.data.decision_id]'
claim '13. Their answers.' 'first answers to escalations' '.event_type == "escalation.resolved" and $mine[0][.data.decision_id]'
claim '14. What a person decided otherwise.' 'overrides of the type human_review' '.event_type == "override.created" and $mine[0][.data.decision_id]'
claim '15. What alice signed.' 'acts of the operator alice' '.actor == "operator:alice"'
claim '16. Reports of the incident.' 'entries incident.reported' '.event_type == "incident.reported"'
claim '17. Erasures.' 'entries sealed.erased' '.event_type == "sealed.erased"'

title '18. Who concluded that oversight is assigned, for which period.'
step 0 'jq -c ".rows[] | select(.id == \"aia-26.2\").conclusion | [.by, .role, .satisfied, .period.from, .period.to, .expires_on]" report.json'
step 0 'lexecon ledger show "$(jq -r ".rows[] | select(.id == \"aia-26.2\").conclusion.entry_id" report.json)" --json | jq -c ".entry | [.actor, .data.approval.role, .data.satisfied, .data.from, .data.to, .data.expires_on]"'
title '19. Who declared what it rests on; the document is what it was.'
step 0 'jq -r ".rows[] | select(.id == \"aia-26.2\").evidence.declaration | .by, .expires_on" report.json'
step 0 'lexecon ledger show "$(jq -r ".rows[] | select(.id == \"aia-26.2\").evidence.declaration.entry_id" report.json)" --json | jq -r ".entry | .actor, .data.expires_on"'
step 0 'lexecon evidence get "$(jq -r ".rows[] | select(.id == \"aia-26.2\").evidence.declaration.evidence_id" report.json)" -o training > /dev/null && cat training'
title '20. What is still to be done, by whom, until when.'
step 0 'jq -c ".rows[] | select(.id == \"aia-26.7\") | [.evidence.state, .gap.owner, .gap.due, .gap.state]" report.json'
step 0 'lexecon ledger show "$(jq -r ".rows[] | select(.id == \"aia-26.7\").gap.entry_id" report.json)" --json | jq -c ".entry | [.event_type, .data.owner, .data.due, .data.state]"'
