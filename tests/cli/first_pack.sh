#!/usr/bin/env bash
# Your first Article 26 pack: from no node to a report that somebody else can check, each command shown and run.
#
#   first_pack.sh LEXECON
# shellcheck disable=SC2016 # the steps are shown as somebody would type them
set -euo pipefail

# shellcheck source=tests/cli/steps.bash
. "$(dirname "${BASH_SOURCE[0]}")/steps.bash"

title 'Minute 1. A node, with the rules for those who use high-risk systems at work.'
step 0 'lexecon init node --id hr --origin example.org/hr --template eu_ai_act_deployer | tail -n 1'

title 'Minute 2. Two people with keys they have: who administers, and who answers for compliance.'
step 0 "for name in alice bob; do ssh-keygen -q -t ed25519 -N '' -C \$name -f \$name; done"
step 0 'lexecon operator add alice --role admin --key alice.pub | head -n 1'
step 0 'lexecon operator add bob --role compliance_officer --key bob.pub --as alice --sign-with alice 2> signed | head -n 1'

title 'Minute 3. Before anybody says what the system is there is no report: roles and dates cannot be guessed. Screening applications is point 4(a) of Annex III.'
step 78 'lexecon compliance report --kind article-26 --format html -o pack.html 2>&1 | grep error'
step 0 "lexecon compliance profile set screening --actor ai_system:cv_screening --role deployer --route annex_iii --annex-iii '4(a)' --profiling yes --size-class sme --public-body no --law-enforcement no --financial-institution no --member-state DE --as bob --sign-with bob 2>> signed | head -n 2"

title 'Minute 4. The system asks. What nobody checked waits for a person, and what it is not meant for is refused.'
cat >requests.jsonl <<'JSONL'
{"actor":"ai_system:cv_screening","action":"assess","resource":"use:recruitment","context":{"purpose":"recruitment","input_checked":true}}
{"actor":"ai_system:cv_screening","action":"assess","resource":"use:recruitment","context":{"purpose":"recruitment"}}
{"actor":"ai_system:cv_screening","action":"assess","resource":"use:recruitment","context":{"purpose":"promotion","input_checked":true}}
JSONL
step 0 'cat requests.jsonl'
step 0 'lexecon decide --batch requests.jsonl --no-token > answers; jq -r "[.outcome, .reason_code] | join(\" \")" answers'
step 0 'lexecon escalation resolve "$(jq -r "select(.outcome == \"escalated\").decision_id" answers)" --approve --note "read by me" --as bob --sign-with bob 2>> signed | head -n 3'

title 'Minute 5. A first look at one duty: from when it binds, what is on record, and what lacks.'
step 0 'lexecon compliance report --kind article-26 --as-of 2026-11-21 --no-record --format json -o first.json > made'
step 0 'jq -r ".rows[] | select(.id == \"aia-26.2\") | .reference, .title, .applicability.state, .applicability.from, .evidence.state, .gap.missing[]" first.json'

title 'Minute 6. Somebody was trained: the certificate goes on record, linked to the duty that it is for.'
step 0 'echo "Two recruiters, trained on the screening." > certificate.txt'
step 0 'lexecon evidence add certificate.txt --type attestation --control eu_ai_act:aia-26.2 --pointer /evidence_id > evidence'
step 0 'lexecon compliance declare eu_ai_act:aia-26.2 --system screening --kind training_record --evidence "$(cat evidence)" --expires 2099-12-31 --statement "Two recruiters are trained and may reverse an assessment." --as bob --sign-with bob 2>> signed | head -n 1'

title 'Minute 7. The workers were not told yet: who does it, and until when.'
step 0 'lexecon compliance remediate eu_ai_act:aia-26.7 --system screening --owner operator:alice --due 2099-03-31 --action "Tell the works council." --as bob --sign-with bob 2>> signed | head -n 1'

title 'Minute 8. The pack: a page to read, a sheet, and the value that both are made from. That it was made is an entry too.'
step 0 'lexecon compliance report --kind article-26 --as-of 2026-11-21 --format html --format csv --format json -o pack --as bob --sign-with bob 2>> signed > made; ls pack'
step 0 'jq -r ".rows[] | select(.id == \"aia-26.2\" or .id == \"aia-26.7\") | [.reference, .evidence.state, .gap.owner // \"-\", .gap.due // \"-\"] | join(\" \")" pack/article-26.json'
step 0 'jq -r ".header.cannot_see[0], .header.disclaimer" pack/article-26.json'

title 'Minute 9. That a duty is met the pack does not say; a named assessor may, for a period, and the next pack has the name.'
step 0 'jq .summary.conclusions.satisfied pack/article-26.json'
step 0 'lexecon compliance assess eu_ai_act:aia-26.2 --system screening --conclusion satisfied --from 2026-01-01 --to 2099-12-31 --expires 2099-12-31 --statement "Read the certificate and met both." --as alice --sign-with alice 2>> signed | head -n 1'
step 0 'lexecon compliance report --kind article-26 --as-of 2026-11-21 --no-record --format json -o next.json > made; jq -r ".rows[] | select(.id == \"aia-26.2\").conclusion | .satisfied, .by" next.json'

title 'Minute 10. Whoever gets the pack checks it against the log, without trusting the page.'
step 0 'jq -j .header.ledger.checkpoint pack/article-26.json > checkpoint.note; lexecon ledger verify --deep --against checkpoint.note --key "$(jq -r .header.ledger.vkey pack/article-26.json)" | head -n 1'
