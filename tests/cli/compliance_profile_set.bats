#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"
# shellcheck source=tests/cli/compliance.bash
. "$BATS_TEST_DIRNAME/compliance.bash"

setup() {
  fresh_node
  add_operators
}

@test "a profile is signed, and says what was said and nothing else" {
  lex 0 compliance profile set triage --actor 'ai_agent:triage*' --actor human:eve --model 'm@*' --tool crm \
    --of-tenant acme --role provider --role deployer --role gpai_provider --route annex_iii --annex-iii '5(d)' \
    --annex-iii 2 --profiling no --exception d --exception a --transparency interaction --placed-on 2026-03-01 \
    --changed-on 2026-09-01 --size-class smc --public-body no --financial-institution no --law-enforcement yes \
    --systemic-risk no --member-state DE --member-state AT --name 'Triage desk' --purpose 'calls, in order' \
    --reason 'counsel, 4711' "${by_bob[@]}"
  has "$stderr" '"event_type": "profile.set"'
  has "$output" 'system           triage'
  has "$output" 'actors           actor:ai_agent:triage* actor:human:eve'
  has "$output" 'annex iii        2 5(d)'
  has "$output" 'law enforcement  yes'
  has "$output" 'why              counsel, 4711'
  is "$(said ledger log --type profile.set --format jsonl | jq -c '.data | del(.approval)')" \
    '{"actors":["actor:ai_agent:triage*","actor:human:eve"],"annex_iii":["2","5(d)"],"changed_on":"2026-09-01","exceptions":["a","d"],"financial_institution":false,"law_enforcement":true,"member_states":["AT","DE"],"models":["m@*"],"placed_on":"2026-03-01","profiling":false,"public_body":false,"roles":["deployer","gpai_provider","provider"],"route":"annex_iii","size_class":"smc","system":"triage","systemic_risk":false,"tenants":["acme"],"tools":["crm"],"transparency":["interaction"]}'
  lex 0 compliance profile set other --actor '*' --role deployer --route none --json "${by_alice[@]}"
  is "$(jq -c '[.schema, .in_force, .name, .erased, .profile.actors]' <<<"$output")" \
    '["lexecon.profile/1",true,null,false,["*"]]'
  lex 0 ledger verify --deep
}

@test "the reason comes from a file or from standard input, and stands in no entry" {
  echo 'as counsel wrote' >reason.txt
  set_profile --reason-file reason.txt
  has "$output" 'as counsel wrote'
  set_profile --reason-file - <<<'and again'
  has "$output" 'and again'
  lex 64 compliance profile set triage --actor '*' --role deployer --route none --reason a --reason-file reason.txt "${by_bob[@]}"
  is "$(entries profile.set | grep -c counsel)" 0
}

@test "what no profile may say is exit 65 and names the option" {
  refused() {
    lex 65 compliance profile set triage --role deployer "${@:2}" "${by_bob[@]}"
    has "$stderr" "[$1]"
  }
  lex 65 compliance profile set triage --role deployer --route none "${by_bob[@]}"
  has "$stderr" 'an actor, a model, a tool or a tenant'
  refused --annex-iii --actor '*' --route annex_iii
  refused --annex-iii --actor '*' --route none --annex-iii '5(b)'
  refused --exception --actor '*' --route annex_iii --annex-iii 2 --exception a
  has "$stderr" 'no natural person is profiled'
  refused --exception --actor '*' --route annex_iii --annex-iii 2 --exception a --profiling yes
  refused --exception --actor '*' --route gpai --exception a --profiling no
  refused --transparency --actor '*' --route transparency
  refused --changed-on --actor '*' --route none --placed-on 2026-03-01 --changed-on 2026-02-28
  refused --changed-on --actor '*' --route none --changed-on 2026-02-28
  refused --systemic-risk --actor '*' --route gpai --systemic-risk yes
  refused --actor --actor 'ai_agent:*x' --route none
  refused --member-state --actor '*' --route none --member-state germany
  lex 65 compliance profile set Triage --actor '*' --role deployer --route none "${by_bob[@]}"
  has "$stderr" '[SYSTEM]'
  lex 65 compliance profile set triage --actor '*' --role deployer --route none --name '' "${by_bob[@]}"
  is "$(entries profile.set)" ''
}

@test "a value that is none is a usage error" {
  lex 64 compliance profile set triage --actor '*' --role deployer "${by_bob[@]}"
  has "$stderr" '--route'
  lex 64 compliance profile set triage --actor '*' --route none "${by_bob[@]}"
  has "$stderr" '--role'
  lex 64 compliance profile set triage --actor '*' --role deployr --route none "${by_bob[@]}"
  has "$stderr" 'did you mean `deployer`?'
  lex 64 compliance profile set triage --actor '*' --role deployer --route annex_iii --annex-iii '5(e)' "${by_bob[@]}"
  lex 64 compliance profile set triage --actor '*' --role deployer --route none --placed-on 2026-02-30 "${by_bob[@]}"
  has "$stderr" '--placed-on'
  lex 64 compliance profile set --actor '*' --role deployer --route none "${by_bob[@]}"
}

@test "nobody sets one unsigned, and no auditor signs one" {
  lex 77 compliance profile set triage --actor '*' --role deployer --route none
  lex 77 compliance profile set triage --actor '*' --role deployer --route none "${by_carol[@]}"
  has "$stderr" insufficient_role
  lex 66 compliance profile set triage --actor '*' --role deployer --route none --as bob --sign-with keys/nobody
  lex 0 init other --id other --origin example.org/other --template minimal
  lex 77 compliance profile set triage --actor '*' --role deployer --route none --node other
  lex 0 ledger verify --node other
}

# asked ANSWERS OPTION...: the questions at a terminal, answered with these lines; then $screen is what was seen.
asked() {
  local typed=$1 options
  shift
  printf -v options ' %q' --ask "$@" "${by_bob[@]}"
  printf '%b' "$typed" | script -qec "'$LEXECON_BIN' compliance profile set triage$options" /dev/null >screen
  screen=$(tr -d '\r' <screen)
}

@test "--ask asks for each that applies, and begins with what is known" {
  set_profile --placed-on 2026-03-01 --name Desk
  # actor, model, tool, tenant, role, route, point, profiling, exception, transparency, dates, size, three bodies,
  # member state, name, purpose, reason
  asked '\n\n\n\n\n\n5(b) 5(d)\nno\nz\na d\n\n-\nlarge\n\n\n\nDE AT\n\n\nnow with scores\n'
  has "$screen" 'role: What you are to it, Art. 3(3) to (8)'
  has "$screen" '[deployer]'
  has "$screen" 'expected a, b, c, d'
  has "$screen" 'name: What people call it; sealed [Desk]'
  [[ $screen != *'systemic-risk:'* ]]
  [[ $screen != *'changed-on:'* ]]
  is "$(entries profile.set | tail -1 | jq -c '[.actors, .annex_iii, .exceptions, .profiling, .placed_on, .member_states, .size_class]')" \
    '[["actor:ai_agent:triage*"],["5(b)","5(d)"],["a","d"],false,null,["AT","DE"],"large"]'
  is "$(value /name compliance profile show)" Desk
  is "$(value /reason compliance profile show)" 'now with scores'
  asked '\n\n\n\n\nnone\n\n\n\n\n\n\n\n\n\n\n' --size-class sme
  [[ $screen != *'annex-iii:'* ]]
  is "$(entries profile.set | tail -1 | jq -c '[.route, .annex_iii, .exceptions, .size_class]')" '["none",[],[],"sme"]'
}

@test "--ask without a terminal, or left before the end, records nothing" {
  lex 64 compliance profile set triage --ask "${by_bob[@]}" </dev/null
  has "$stderr" 'terminal'
  lex 64 compliance profile set triage --ask "${by_bob[@]}" <<<$'*\n'
  asked 'ai_agent:x\n\n\n\n\004' || true
  has "$screen" 'not answered to the end'
  is "$(entries profile.set)" ''
}
