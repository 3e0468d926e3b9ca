#!/usr/bin/env bats

# Two tenants of one node, at every command that is about what belongs to them.

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

nobody=dec_01JNX8A0000000000000000009

# Whose they are: everything is acme's; globex has asked once.
setup() {
  fresh_node enterprise
  add_operators
  approved=$(value /decision_id decide --actor ai_agent:deployer --action deploy --resource env:staging/web --tenant acme)
  waits=$(value /decision_id decide --actor ai_agent:deployer --action deploy --resource env:production/web --tenant acme)
  escalation=$(value /escalation_id decision show "$waits")
  jti=$(value /token/jti decision show "$approved")
  lex 0 decide --actor human:alice --action read --resource wiki:home --tenant globex
  override=$(value /override_id override create "$waits" --type human_review --scope single_decision \
    --outcome approved --justification 'agreed with the customer' "${by_bob[@]}")
  echo report >report.txt
  evidence=$(value /evidence_id evidence add report.txt --type attestation --decision "$approved")
  lex 0 responsibility assign "$approved" --responsible operator:alice --maker human_operator --level full
}

# A line for each place of an id: what names it, what names nothing, and the command around it.
table() {
  cat <<END
$approved $nobody decision show ID
$approved $nobody decision wait ID --timeout 1s
$waits $nobody decision confirm ID --requirement release_review ${by_bob[*]}
$escalation esc_${nobody}_00000000 escalation show ID
$waits $nobody escalation show ID
$escalation esc_${nobody}_00000000 escalation ack ID
$escalation esc_${nobody}_00000000 escalation raise ID critical
$escalation esc_${nobody}_00000000 escalation resolve ID --approve ${by_bob[*]}
$waits $nobody override create ID --type human_review --scope single_decision --outcome denied --justification agreed-with-the-customer ${by_bob[*]}
$override ovr_${nobody}_00000000 override show ID
$approved $nobody token issue --decision ID
$approved $nobody token revoke --decision ID --reason leaked
$jti tok_00000000000000000000000000000000 token revoke --jti ID --reason leaked
$approved $nobody risk show ID
rsk_$approved rsk_$nobody risk show ID
$approved $nobody responsibility assign ID --responsible operator:alice --maker human_operator --level full
$approved $nobody responsibility show ID
$approved $nobody evidence add report.txt --type attestation --decision ID
$evidence evd_attestation_00000000000000000000000000000000 evidence get ID -o -
$evidence evd_attestation_00000000000000000000000000000000 evidence show ID
$approved $nobody evidence show ID
$evidence evd_attestation_00000000000000000000000000000000 evidence link ID --control iso:a.5
$evidence evd_attestation_00000000000000000000000000000000 evidence verify ID
$approved $nobody oversight intervene --decision ID --type manual_review --role executive --note seen ${by_bob[*]}
$approved $nobody incident record --severity not_serious --occurred-at 2d --aware-at 1h --title seen --decision ID
$evidence evd_attestation_00000000000000000000000000000000 incident record --incident inc_00000000000000000000000000 --reported-to authority --report initial --reported-at 1h --evidence ID
$approved $nobody token list --decision ID
$approved $nobody evidence list --decision ID
$approved $nobody responsibility list --decision ID
END
}

@test "an id of another tenant answers like one that is not there, and changes nothing" {
  local own other before said line
  before=$(value /entries ledger stats)
  while read -r own other line; do
    # shellcheck disable=SC2086
    lex 66 ${line/ID/$own} --tenant globex </dev/null
    said=${stderr//${own#rsk_}/${other#rsk_}}
    # shellcheck disable=SC2086
    lex 66 ${line/ID/$other} --tenant globex </dev/null
    is "$said" "$stderr"
  done < <(table)
  is "$(value /entries ledger stats)" "$before"
}

@test "each command that takes a tenant and an id is in that table" {
  local name
  while read -r name; do
    [[ $(table) == *" $name "* ]] || {
      printf 'not in the table: %s\n' "$name"
      false
    }
  done < <(said help --json |
    jq -r '.commands[] | select(any(.options[]; .help == "Only if it belongs to this tenant")) | .name')
}

@test "a list of a tenant has what belongs to it" {
  local name
  for name in decision escalation token override evidence responsibility; do
    is "$(said "$name" list --tenant globex --format jsonl | grep -c acme || true)" 0
    [[ -n $(said "$name" list --tenant acme --format jsonl) ]]
    is "$(said "$name" list --tenant initech --format jsonl)" ''
  done
  is "$(said token list --tenant globex --format jsonl | jq -s length)" 1
  is "$(said decision list --tenant globex --format jsonl | jq -s length)" 1
  for name in escalation override evidence responsibility; do
    is "$(said "$name" list --tenant globex --format jsonl)" ''
  done
  lex 0 risk list --tenant initech
}

@test "its own tenant is answered" {
  lex 0 decision show "$approved" --tenant acme
  lex 0 escalation show "$escalation" --tenant acme
  lex 0 override show "$override" --tenant acme
  lex 0 evidence show "$evidence" --tenant acme
  lex 0 evidence get "$evidence" -o - --tenant acme
  lex 0 responsibility show "$approved" --tenant acme
  lex 0 token revoke --jti "$jti" --reason leaked --tenant acme
}

@test "where the set requires a tenant nothing is decided or shown without one" {
  local own other before line
  printf 'tenants:\n  required: true\n' >>.lexecon/node.yaml
  lex 0 policy activate "${by_alice[@]}"
  before=$(value /entries ledger stats)
  lex 65 decide --actor human:alice --action read
  has "$stderr" 'expected a tenant'
  lex 65 decide --actor human:alice --action read --dry-run
  while read -r own other line; do
    # shellcheck disable=SC2086
    lex 64 ${line/ID/$own} </dev/null
    has "$stderr" 'expected --tenant'
  done < <(table)
  for line in decision escalation token override evidence responsibility risk; do
    lex 64 "$line" list
  done
  is "$(value /entries ledger stats)" "$before"
  lex 0 decide --actor human:alice --action read --resource wiki:home --tenant acme
  lex 0 decision show "$approved" --tenant acme
  lex 0 decision list --tenant acme
  lex 0 ledger log
  lex 0 ledger verify --deep
  sed -i 's/required: true/required: perhaps/' .lexecon/node.yaml
  lex 65 policy activate "${by_alice[@]}"
  has "$stderr" 'tenants.required'
}
