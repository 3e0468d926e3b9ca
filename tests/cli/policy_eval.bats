#!/usr/bin/env bats

# shellcheck source=tests/cli/lib.bash
. "$BATS_TEST_DIRNAME/lib.bash"

setup() { setup_home; }

@test "a value, its type and its cost, without a node" {
  lex 0 policy eval '1 + 1'
  is "$output" $'value  2\ntype   int\ncost   3'
  is "$stderr" ''
  is "$(value /value policy eval '[1, "a", {"k": null}]')" '[1,"a",{"k":null}]'
  is "$(value /type policy eval 'timestamp(0)')" google.protobuf.Timestamp
  is "$(value /value policy eval 'timestamp(0)')" 1970-01-01T00:00:00Z
  lex 0 policy eval --json '[9223372036854775807, 1.0/0.0, b"a", int, duration("90s")]'
  has "$output" '"value":["9223372036854775807","Infinity","YQ==","int","90s"]'
  lex 0 policy eval -- '-1'
  has "$output" 'value  -1'
}

@test "an error has its place, and shows it" {
  lex 65 policy eval '1 +'
  is "$stderr" $'lexecon: 1 +\nlexecon:    ^\nlexecon: error: expected an expression, found the end [1:4]'
  lex 65 policy eval $'true &&\n  "\u20ac" < 5 || x'
  is "$stderr" $'lexecon:   "\u20ac" < 5 || x\nlexecon:       ^\nlexecon: error: `<` takes no string with int [2:9]'
  lex 65 policy eval '1 / 0' --json
  is "$(jq -c .error <<<"$stderr")" '{"class":"validation_error","code":"bad_input","hint":"","message":"division by zero","where":"1:3"}'
  lex 65 policy eval 'f(1)'
  has "$stderr" 'no function `f` takes these arguments [1:1]'
  lex 65 policy eval 'x'
  has "$stderr" '`x` has no value [1:1]'
  lex 65 policy eval $'"\e[31m" + 1'
  [[ $stderr != *$'\e'* ]]
  lex 65 policy eval ''
  lex 0 policy eval 'f(1) || true'
}

@test "an expression may begin with a minus" {
  local expression
  for expression in '-1' '-1 == 2' '-(-1.25)' '-x < 3' '-[1][0]' '-q - 1' '-(x)'; do
    lex 0 policy eval "$expression" --context-json '{"x": 1, "q": 2}'
    lex 0 policy eval --context-json '{"x": 1, "q": 2}' "$expression"
    lex 0 policy eval --context-json='{"x": 1, "q": 2}' -- "$expression"
  done
  is "$(value /value policy eval '-x - 1' --bindings - <<<'{"x":4}')" -5
  lex 64 policy eval -x
  lex 0 policy eval --context-json '{"x": 1}' -- -x
  lex 64 policy eval '-(x)' '-(y)'
  lex 64 policy eval --tyepd '-1'
  has "$stderr" 'did you mean'
  lex 64 policy eval 'x' --context-json
}

@test "what costs too much is an error" {
  local many='[0,0,0,0,0,0,0,0,0,0]'
  lex 65 policy eval "$many.all(a, $many.all(b, $many.all(c, $many.all(d, $many.all(e, e == 0))))) || true"
  has "$stderr" 'the evaluation costs more than it may'
}

@test "the context: its keys are names too" {
  is "$(value /value policy eval 'amount < 50 && context.amount == amount' --context-json '{"amount": 20}')" true
  is "$(value /value policy eval 'has(context.amount)' --context-json '{}')" false
  is "$(value /value policy eval 'type(a) == int && type(b) == double' --context-json '{"a": 5.0, "b": 5.5}')" true
  lex 65 policy eval 'amount < 50' --context-json '{"amount": "20"}'
  lex 65 policy eval 'amount < 50' --context-json '[20]'
  lex 65 policy eval 'amount < 50' --context-json '{"amount":'
}

@test "the request: as a condition sees it" {
  echo '{"actor":"bob","action":"read","resource":"file:a","data_classes":["pii","hr"],"context":{"x":1}}' >request.json
  is "$(value /value policy eval '[actor, action, resource]' --request request.json)" \
    '["actor:bob","action:read","resource:file:a"]'
  is "$(value /value policy eval '"data:pii" in data_classes && x == 1 && request.actor == actor' --request - <request.json)" true
  is "$(value /value policy eval 'has(request.tool) || now < timestamp("2020-01-01T00:00:00Z")' --request request.json)" false
  is "$(value /value policy eval 'size(risk) + size(facts)' --request request.json)" 0
  lex 65 policy eval 'tool == "a"' --request request.json
  has "$stderr" '`tool` has no value'
  echo '{"actor":"bob"}' >request.json
  lex 65 policy eval 'true' --request request.json
  lex 66 policy eval 'true' --request nowhere.json
}

@test "bindings: any names, and no others" {
  echo '{"a.b": 1, "a": {"b": 2, "c": 3}}' >bindings.json
  is "$(value /value policy eval '[a.b, a.c]' --bindings bindings.json)" '[1,3]'
  is "$(value /value policy eval 'a.b' --bindings - <bindings.json)" 1
  lex 65 policy eval 'actor == "a"' --bindings bindings.json
  lex 64 policy eval 'true' --bindings bindings.json --context-json '{}'
  lex 64 policy eval 'true' --request bindings.json --context-json '{}'
  lex 64 policy eval
}

@test "typed: every type comes back as it went in" {
  local typed
  for typed in '{"int":"-5"}' '{"uint":"18446744073709551615"}' '{"double":"1.0"}' '{"double":"-inf"}' \
    '{"string":"\u00e9"}' '{"bytes":"AP8="}' '{"bool":false}' '{"null":null}' '{"type":"map"}' \
    '{"timestamp":"2009-02-13T23:31:30.5Z"}' '{"duration":"-1.5s"}' \
    '{"list":[{"int":"1"},{"list":[]}]}' '{"map":[[{"bool":true},{"null":null}],[{"uint":"2"},{"string":"a"}]]}'; do
    lex 0 policy eval 'x.y' --bindings - --typed <<<"{\"x.y\":$typed}"
    is "$(jq -cS . <<<"$output")" "$(jq -cS . <<<"{\"schema\":\"lexecon.typed_value/1\",\"value\":$typed}")"
  done
  lex 0 policy eval '2u' --typed --json
  is "$output" '{"schema":"lexecon.typed_value/1","value":{"uint":"2"}}'
  lex 0 policy eval --typed "$(printf '"\\x7f\\u202e"')"
  is "$(jq -r .value.string <<<"$output")" $'\x7f\u202e'
  for typed in '{"int":"a"}' '{"int":5}' '{"real":"1"}' '{}' '5' '{"int":"1","uint":"1"}' '{"bytes":"?"}' \
    '{"map":[[{"int":"1"}]]}' '{"map":[[{"null":null},{"int":"1"}]]}' '{"timestamp":"now"}' '{"type":"integer"}'; do
    lex 65 policy eval 'x' --bindings - --typed <<<"{\"x\":$typed}"
    has "$stderr" '[/x'
  done
}
