#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() {
  fresh_node
  cat >>.lexecon/node.yaml <<'YAML'
retention:
  high_risk_systems: ['actor:ai_agent:scoring']
  classes:
    - name: logs
      applies: {high_risk_system: true, event_types: [decision]}
      keep: 6mo
      basis: eu_ai_act:26.6
      law: Regulation (EU) 2024/1689, Article 26(6)
      floor: true
      gives_way_to: [gdpr:17]
      then: keep
    - name: short
      applies: {actors: ['actor:human:*']}
      keep: 1s
      from: recorded
      basis: own.rule
      law: our own rule
      then: erase
    - {name: long, applies: {actors: ['actor:human:*']}, keep: 30d, from: 2026-01-01, basis: own.rule, law: ours, floor: true, then: erase}
YAML
  lex 0 policy activate
  lex 0 decide --actor ai_agent:scoring --action read --no-token
  lex 0 decide --actor human:alice --action read --no-token
  lex 1 decide --actor ai_agent:other --action nothing:permits
}

@test "contents are counted by class and state" {
  lex 0 retention status
  has "$output" '(no class)'
  sleep 1.1
  lex 0 retention status --json
  is "$(jq -c '[.counts.active, .counts.expiring, .counts.due, .without_class.active]' <<<"$output")" '[2,1,1,1]'
  is "$(jq -c '[.classes[] | [.name, .keep, .floor, .then, .gives_way_to]]' <<<"$output")" \
    '[["logs","6mo",true,"keep",["gdpr:17"]],["short","1s",false,"erase",[]],["long","30d",true,"erase",[]]]'
  lex 0 retention status --class logs --within 1h --format jsonl
  is "$(jq -c '[.state, .classes, .floor.class, .expires]' <<<"$output")" '["active",["logs"],"logs",null]'
  lex 0 retention status --within 1h --state expiring --format jsonl
  is "$(jq -c '[.actor, .classes, .expires.class]' <<<"$output")" '["actor:human:alice",["short","long"],"short"]'
}

@test "what is held stands apart" {
  add_operators
  lex 0 hold place --subject human:alice --id case-1 --reason claim "${by_bob[@]}"
  lex 0 retention status --state on_hold --json
  is "$(jq -c '[.counts.on_hold, (.contents | length), .contents[0].holds]' <<<"$output")" '[1,1,["case-1"]]'
  cannot_write retention status
}

@test "what is refused" {
  lex 64 retention status --within soon
  lex 64 retention status --state gone
  lex 64 retention status --json --format jsonl
  lex 65 retention status --class lgos
  has "$stderr" 'did you mean `logs`?'
  lex 66 --node nowhere retention status
}

@test "classes that cannot mean what they say are not activated" {
  sed -i 's/keep: 6mo/keep: six months/' .lexecon/node.yaml
  lex 65 policy activate
  has "$stderr" 'by the calendar'
  sed -i 's/keep: six months/keep: 6mo/; /high_risk_systems/d' .lexecon/node.yaml
  lex 65 policy activate
  has "$stderr" 'nobody said which those are'
}
