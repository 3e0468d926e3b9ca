# A log with entries of most kinds, some of whose texts are hostile: what every view has to show.
# shellcheck shell=bash

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

# What must never act: markup, a formula, marks of direction, a terminal's escapes, markdown. The first line
# sets the title of a page that runs it.
hostile='<script>document.title="owned"</script>"><img src=x onerror=alert(1)></style></title></pre>'
hostile+=$'=cmd|\' /C calc\'!A0 \u202eevil\u2066 \e[31mred [x](javascript:alert(1)) `a|b` </td></table>'

# busy_node: people, models, a stop, a hold, an erasure, an escalation to its end, exports.
busy_node() {
  setup_home
  lex 0 init --id demo --origin example.org/views --template enterprise
  add_operators
  local id kind
  lex 2 decide --actor ai_agent:deployer --action deploy --resource env:production/web \
    --intent "$hostile" --json
  escalated=$(jq -r .decision_id <<<"$output")
  id=$(jq -r .escalation_id <<<"$output")
  lex 0 escalation ack "$id"
  lex 0 escalation ack "$id" --assign bob
  lex 0 escalation raise "$id" critical
  lex 0 escalation resolve "$id" --approve --note "$hostile" "${by_alice[@]}"
  lex 0 token issue --decision "$escalated"
  printf '%s' "$output" >token
  lex 0 token verify --node .lexecon --action deploy --resource env:production/web --token-file token
  new_key next
  lex 0 operator rotate carol --key keys/next.pub "${by_alice[@]}"
  lex 0 operator revoke carol "${by_alice[@]}"
  lex 77 operator revoke bob --as bob --sign-with keys/bob
  lex 0 oversight stop --all --reason drill --json
  lex 0 oversight resume "$(jq -r .stop_id <<<"$output")" --reason over "${by_bob[@]}"
  printf 'relations:\n  - {id: trade, type: permits, subject: "actor:human:*", action: "action:trade"}\n  - {type: requires, action: "action:trade", requirement: two_people}\n  - {id: freeze, type: forbids, action: "action:freeze", justification: "</pre><script>"}\n' >.lexecon/policies/trade.yaml
  lex 0 policy activate "${by_alice[@]}"
  lex 3 decide --actor human:zoe --action trade --json
  id=$(jq -r .decision_id <<<"$output")
  lex 0 decision confirm "$id" --requirement two_people "${by_bob[@]}"
  lex 0 responsibility assign "$id" --responsible operator:bob --maker human_operator --level full "${by_bob[@]}"
  lex 0 oversight intervene --decision "$id" --type manual_review --role risk_manager --note "$hostile" "${by_bob[@]}"
  lex 1 decide --actor human:zoe --action freeze --json
  denied=$(jq -r .decision_id <<<"$output")
  lex 0 override create "$denied" --type policy_exception --scope permanent_policy_change --outcome approved \
    --justification "the freeze ends for good: $hostile" "${by_bob[@]}" --json
  id=$(jq -r .override_id <<<"$output")
  sed -i /freeze/d .lexecon/policies/trade.yaml
  lex 0 policy activate --enacts "$id" "${by_alice[@]}"
  for kind in model prompt; do
    lex 0 "$kind" register one@1 --digest "$(printf '%064d' 1)" "${by_alice[@]}"
    lex 0 "$kind" register one@2 --digest "$(printf '%064d' 2)" "${by_alice[@]}"
    lex 0 "$kind" approve one@1 --expires 30d --provider-change no "${by_bob[@]}"
    lex 0 "$kind" retire one@1 --reason superseded "${by_bob[@]}"
    lex 0 "$kind" reject one@2 --reason untested "${by_bob[@]}"
  done
  printf report >report.pdf
  lex 0 evidence add report.pdf --type external_report --decision "$denied" --json
  id=$(jq -r .evidence_id <<<"$output")
  lex 0 evidence link "$id" --control soc2:CC7.2
  lex 0 hold place "$denied" --id case-1 --reason "$hostile" "${by_bob[@]}"
  lex 0 hold place "$escalated" --id case-2 --reason other "${by_bob[@]}"
  lex 0 hold release case-2 --reason settled "${by_bob[@]}"
  lex 3 decide --actor human:zoe --action trade --resource desk:gone --intent forget
  lex 0 privacy erase resource:desk:gone --legal-basis gdpr:17 --requested-at 1h "${by_bob[@]}"
  lex 0 export -o package-before --purpose audit
  lex 0 key rotate ledger "${by_alice[@]}"
}

# kinds: how many types of entry the log has.
kinds() { "$LEXECON_BIN" ledger log --format jsonl | jq -r .event_type | sort -u | wc -l; }
