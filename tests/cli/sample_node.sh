#!/usr/bin/env bash
# Makes a node that was in use: three operators, two systems of two tenants, two models and a prompt, thousands of
# decisions, and what people did about them. Reports are tried on it, and docs/ quotes what they say.
#
#   sample_node.sh LEXECON FOLDER [DECISIONS], 5000 unless given, and no fewer than 1000
#
# FOLDER must not be there. It gets node/, keys/, and ids.sh, which sets NODE, the decisions DENIED, ESCALATED and ERASED,
# INCIDENT, and REPORT, which is evidence.
set -euo pipefail

lexecon=$(realpath "$1")
folder=$(realpath -m "$2")
decisions=${3:-5000}

mkdir "$folder" && cd "$folder"
unset LEXECON_OUTPUT XDG_CONFIG_HOME TRACEPARENT SSH_AUTH_SOCK
export LEXECON_NODE=$folder/node HOME=$folder XDG_STATE_HOME=$folder/state LC_ALL=C.UTF-8
exec 3>&1 >commands.log 2>&1
trap 'status=$?; ((status == 0)) || tail -n 20 commands.log >&3' EXIT

lexecon() { "$lexecon" "$@"; }
# by NAME COMMAND...: signed by that operator.
by() { lexecon "${@:2}" --as "$1" --sign-with "keys/$1"; }
# answered EXIT COMMAND...: the answer is no, and which.
answered() {
  local status=0
  lexecon "${@:2}" || status=$?
  ((status == $1))
}

# named NAME VALUE: for those who read the node.
named() { printf '%s=%q\n' "$1" "$2" >>ids.sh; }

named NODE "$LEXECON_NODE"

# Three people: an admin, the officer of the clinic, and one of the platform who answers for the agent that deploys.
mkdir keys
for name in alice bob carol; do ssh-keygen -q -t ed25519 -N '' -C "$name" -f "keys/$name"; done
lexecon init node --id sample --origin example.org/sample --template minimal
lexecon operator add alice --role admin --key keys/alice.pub
by alice operator add bob --role compliance_officer --key keys/bob.pub
by alice operator add carol --role compliance_officer --key keys/carol.pub --actor human:carol

# Their rules. What triage does with a patient is proposed by the agent and done by a nurse.
cat >node/policies/sample.yaml <<'YAML'
mode: strict
terms:
  - {id: 'actor:ai_agent:deployer', type: actor, owner: 'actor:human:carol'}
relations:
  - {id: triage-proposes, type: permits, subject: 'actor:ai_agent:triage', action: 'action:propose_priority', justification: 'Art. 26(1): as the instructions for use say'}
  - {id: triage-reads, type: permits, subject: 'actor:ai_agent:triage', action: 'action:read_record'}
  - {id: nurse-decides-red, type: requires, action: 'action:propose_priority', object: 'resource:priority:red', requirement: nurse_review, on_unmet: escalate, justification: 'Art. 14(4)(d): a nurse may reverse it'}
  - {id: triage-discharges, type: permits, subject: 'actor:ai_agent:triage', action: 'action:discharge'}
  - {id: nobody-sent-home, type: forbids, action: 'action:discharge', justification: 'Art. 26(2): no machine sends a patient home'}
  - {id: agents-deploy, type: permits, subject: 'actor:ai_agent:deployer', action: 'action:deploy'}
  - {id: people-release, type: requires, action: 'action:deploy', object: 'resource:env:production/*', requirement: release_review, on_unmet: escalate, justification: nothing goes to customers unseen}
YAML
printf 'registry: {models: named, prompts: named}\n' >>node/node.yaml
by alice policy activate

# Two models and a prompt, registered by one and approved by another.
for version in triage-7b@2026.1 coder-9b@2026.2; do
  by bob model register "$version" --digest "$(printf %s "$version" | sha256sum | cut -d ' ' -f 1)" --note 'from the vendor'
  by alice model approve "$version" --provider-change no --justification 'evaluated on our own cases'
done
by carol prompt register triage@4 --digest "$(printf prompt | sha256sum | cut -d ' ' -f 1)"
by alice prompt approve triage@4 --provider-change no

# What the two systems are.
by bob compliance profile set triage --actor ai_agent:triage --of-tenant clinic --role deployer --route annex_iii \
  --annex-iii '5(d)' --profiling no --size-class sme --public-body yes --law-enforcement no \
  --financial-institution no --member-state DE --name 'Emergency triage' --purpose 'Proposes how urgent a patient is'
by carol compliance profile set deployer --actor ai_agent:deployer --of-tenant platform --role deployer --route none \
  --size-class sme --public-body no --member-state DE --name 'Deployments'

# What they asked for: seven of ten are of the clinic.
awk -v all="$decisions" 'BEGIN {
  for (i = 0; i < all; ++i) {
    if (i % 10 < 7) {
      action = "propose_priority"; resource = i % 3 ? "priority:green" : "priority:yellow"; model = "triage-7b@2026.1"
      if (i % 500 == 250) resource = "priority:red"
      if (i % 100 == 42) { action = "discharge"; resource = "ward:" i % 5 }
      if (i % 1000 == 3) model = "triage-7b@2026.2"
      printf "{\"actor\":\"ai_agent:triage\",\"action\":\"%s\",\"resource\":\"%s\",\"tenant\":\"clinic\",\"model\":\"%s\",\"prompt\":\"triage@4\",\"intent\":\"case %d\",\"risk\":{\"privacy\":%d,\"operational\":%d}}\n", action, resource, model, i, 20 + i % 30, i % 40
    } else {
      resource = "env:staging/app-" i % 7
      if (i % 1000 == 509) resource = "env:production/app-" i % 7
      printf "{\"actor\":\"ai_agent:deployer\",\"action\":\"deploy\",\"resource\":\"%s\",\"tenant\":\"platform\",\"model\":\"coder-9b@2026.2\",\"intent\":\"change %d\"}\n", resource, i
    }
  }
}' >requests.jsonl
lexecon decide --batch requests.jsonl --no-token >answers.jsonl

# People answer what escalated: the last one of the clinic waits still.
jq -r 'select(.outcome == "escalated" and .actor == "actor:ai_agent:triage").decision_id' answers.jsonl >red
jq -r 'select(.outcome == "escalated" and .actor == "actor:ai_agent:deployer").decision_id' answers.jsonl >releases
ESCALATED=$(head -n 1 red)
head -n 1 red | while read -r id; do lexecon escalation ack "$(lexecon escalation list --format jsonl | jq -r "select(.decision_id == \"$id\").escalation_id")"; done
by bob escalation resolve "$ESCALATED" --approve --note 'seen by the nurse on duty'
sed -n '2,$p' red | sed '$d' | while read -r id; do by bob escalation resolve "$id" --deny --note 'not urgent'; done
while read -r id; do by bob escalation resolve "$id" --approve --note 'change read'; done <releases

# A refusal that people put right, and one that they leave.
DENIED=$(jq -r 'select(.outcome == "denied" and .reason_code == "forbidden").decision_id' answers.jsonl | head -n 1)
by bob override create "$DENIED" --type human_review --scope single_decision --outcome approved \
  --justification 'the doctor had signed the discharge'
by bob oversight intervene --decision "$DENIED" --type manual_review --role compliance_officer --note 'rule read with the ward'

# Documents, and who answers.
printf 'Certificate: three nurses, trained on 2 March 2026.\n' >training.txt
TRAINING=$(lexecon evidence add training.txt --type attestation --control eu_ai_act:aia-26.2 --pointer /evidence_id)
printf 'Initial report of the incident.\n' >report.txt
REPORT=$(lexecon evidence add report.txt --type external_report --decision "$ESCALATED" --pointer /evidence_id)
lexecon evidence link "$REPORT" --control eu_ai_act:aia-73.1
by carol responsibility assign "$ESCALATED" --responsible operator:carol --maker human_supervisor --level full \
  --accept-liability --review-due 30d --reasoning 'answers for the ward'
lexecon responsibility assign "$DENIED" --responsible human:dora --maker human_operator --level shared

# Somebody pulls the brake for the clinic, and an officer lets go of it.
stop=$(lexecon oversight stop --tenant clinic --reason drill --pointer /stop_id)
answered 1 decide --actor ai_agent:triage --action propose_priority --resource priority:green --tenant clinic --no-token
by bob oversight resume "$stop" --reason all_clear

# Two incidents. The records of the first are held, and its authority was told; the second turned out to be none.
INCIDENT=$(lexecon incident record --severity serious_harm --occurred-at 3d --aware-at 1d --system triage \
  --decision "$ESCALATED" --title 'a patient waited too long' --description 'proposed as green, was red' --pointer /incident_id)
by bob hold place "$ESCALATED" --id case-1 --reason 'Art. 73(6)'
by bob incident record --incident "$INCIDENT" --reported-to provider --reported-at 20h
by bob incident record --incident "$INCIDENT" --reported-to authority --reported-at 19h --evidence "$REPORT"
by bob incident record --incident "$INCIDENT" --link-established-at 2h
other=$(lexecon incident record --severity not_serious --occurred-at 2d --aware-at 2d --system deployer --title 'a page was down' --pointer /incident_id)
by carol incident record --incident "$other" --close not_caused

# A patient wants what was kept of them erased.
named ERASED "$(lexecon decide --actor ai_agent:triage --action read_record --resource patient:4711 --tenant clinic --no-token --pointer /decision_id)"
by bob privacy erase resource:patient:4711 --legal-basis gdpr:17 --requested-at 1h

# The rules change, and what people state about the law.
printf '  - {id: triage-asks, type: permits, subject: "actor:ai_agent:triage", action: "action:ask_nurse"}\n' >>node/policies/sample.yaml
by alice policy activate
by bob compliance declare eu_ai_act:aia-26.2 --system triage --evidence "$TRAINING" --expires 2099-12-31 \
  --statement 'Three nurses are trained and have the authority to reverse a proposal.'
by alice compliance assess eu_ai_act:aia-26.2 --system triage --conclusion satisfied --from 2026-01-01 --to 2099-12-31 \
  --expires 2099-12-31 --statement 'Read the certificate and talked to two of them.'
by bob compliance remediate eu_ai_act:aia-26.7 --system triage --owner operator:carol --due 2099-06-30 \
  --action 'Tell the workers and their representatives.'
lexecon ledger checkpoint

named DENIED "$DENIED"
named ESCALATED "$ESCALATED"
named INCIDENT "$INCIDENT"
named REPORT "$REPORT"
