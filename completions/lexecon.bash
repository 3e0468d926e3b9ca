# Completion of lexecon for bash. Made by `lexecon completion bash` from its table of commands.

_lexecon() {
  local word=${COMP_WORDS[COMP_CWORD]} before='' command='' at token
  COMPREPLY=()
  # The words of the command, without options and what they take.
  for ((at = 1; at < COMP_CWORD; at++)); do
    token=${COMP_WORDS[at]}
    before=''
    case $token in
      --) return ;;
      -*)
        if _lexecon_takes "$command" "$token"; then
          before=$token
          ((++at))
          if [[ ${COMP_WORDS[at]-} == = ]]; then ((++at)); fi
        fi
        ;;
      *)
        case $command in
          '' | decision | escalation | evidence | hold | hook | key | ledger | operator | override | oversight | policy | privacy | receipt | responsibility | retention | risk | token) command="${command:+$command }$token" ;;
        esac
        ;;
    esac
  done
  # What was read last stands before the cursor: nothing waits for a value.
  if ((at <= COMP_CWORD)); then before=''; fi
  if [[ $word == = ]]; then word=''; fi
  if [[ -n $before ]]; then
    _lexecon_values "$command" "$before" "$word"
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_lexecon_options "$command")" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$(_lexecon_words "$command")" -- "$word")
    if ((${#COMPREPLY[@]} == 0)); then mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
  fi
}

# $1: the command so far
_lexecon_words() {
  case $1 in
    '') echo backup completion decide decision doctor env escalation evidence export gate help hold hook init key ledger metrics operator override oversight policy privacy receipt recover responsibility restore retention risk status token version ;;
    completion) echo bash fish zsh ;;
    decision) echo confirm list show wait ;;
    escalation) echo ack list raise resolve show sla ;;
    'escalation raise') echo critical high medium ;;
    evidence) echo add get link list show verify ;;
    hold) echo list place release ;;
    hook) echo audit install run uninstall ;;
    'hook install') echo claude-code json pre-push pre-receive ;;
    'hook run') echo claude-code json pre-push pre-receive ;;
    'hook uninstall') echo claude-code pre-push pre-receive ;;
    key) echo passwd rotate show ;;
    'key passwd') echo ledger token ;;
    'key rotate') echo ledger token ;;
    'key show') echo ledger token ;;
    ledger) echo checkpoint log prove rebuild show stats verify watch ;;
    operator) echo add list revoke rotate ;;
    override) echo create list show ;;
    oversight) echo intervene report resume stop ;;
    policy) echo activate eval explain fmt hash lint list rollback schema show test ;;
    privacy) echo erase export ;;
    receipt) echo make verify ;;
    responsibility) echo assign list report show ;;
    retention) echo apply status ;;
    risk) echo assess list model show ;;
    token) echo inspect issue list revoke verify ;;
  esac
}

# $1: the command
_lexecon_options() {
  case $1 in
    init) echo --id --origin --template --operator --ssh-key --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    status) echo --check --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    metrics) echo --textfile --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    doctor) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    env) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    decide) echo --actor --action --resource --tool --intent --data-class --context --context-json --model --prompt --tenant --idempotency-key --request --batch --ttl --aud --no-token --dry-run --explain --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'decision show') echo --explain --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'decision list') echo --actor --outcome --tenant --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'decision wait') echo --timeout --node --json --pointer --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'decision confirm') echo --requirement --note --note-file --ttl --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation list') echo --state --priority --overdue --assigned-to --actor --tenant --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation show') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation ack') echo --assign --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation raise') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation resolve') echo --approve --deny --defer --hand-up --note --note-file --ttl --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'escalation sla') echo --no-record --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy show') echo --set --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy list') echo --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy hash') echo --active --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy activate') echo --expect --enacts --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy rollback') echo --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy eval') echo --context-json --request --bindings --typed --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy explain') echo --active --why-not --at --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy lint') echo --active --strict --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy test') echo --active --threshold --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy fmt') echo --check --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'policy schema') echo --of --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'token issue') echo --decision --aud --ttl --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'token verify') echo --action --aud --tool --resource --data-class --params --token-file --peek --offline --key --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'token revoke') echo --decision --jti --token-file --reason --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'token inspect') echo --token-file --as --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'token list') echo --decision --actor --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'risk assess') echo --actor --action --resource --tool --intent --data-class --context --context-json --model --prompt --tenant --idempotency-key --request --draft --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'risk show') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'risk list') echo --actor --outcome --tenant --from --to --limit --reverse --min-level --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'risk model') echo --draft --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence add') echo --type --decision --control --media-type --name --description --retention --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence get') echo --output --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence list') echo --type --decision --control --actor --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence show') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence link') echo --decision --control --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'evidence verify') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'responsibility assign') echo --responsible --maker --level --confidence --delegated-from --accept-liability --review-due --reasoning --reasoning-file --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'responsibility show') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'responsibility list') echo --decision --responsible --maker --level --due --within --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'responsibility report') echo --from --to --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'operator add') echo --key --role --actor --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'operator list') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'operator rotate') echo --key --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'operator revoke') echo --reason --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'override create') echo --type --scope --outcome --relation --justification --justification-file --expires --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'override list') echo --type --scope --in-force --decision --actor --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'override show') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'oversight stop') echo --all --tenant --actor --reason --note --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'oversight resume') echo --reason --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'oversight intervene') echo --decision --type --role --note --note-file --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'oversight report') echo --from --to --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hold place') echo --id --reason --seq --subject --tenant --from --to --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hold release') echo --reason --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hold list') echo --in-force --from --to --limit --reverse --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'retention status') echo --class --state --within --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'retention apply') echo --class --dry-run --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'key show') echo --format --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'key rotate') echo --reason --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'key passwd') echo --new-passphrase-file --new-passphrase-fd --remove --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    recover) echo --accept-size --reason --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger verify') echo --against --key --deep --entries --from --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger log') echo --format --type --decision --actor --outcome --tenant --from --to --limit --reverse --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger show') echo --sealed --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger stats') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger checkpoint') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger prove') echo --size --consistency --output --check --key --entry --against --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger rebuild') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'ledger watch') echo --type --decision --actor --outcome --tenant --min-level --from --from-seq --limit --timeout --format --node --json --pointer --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'receipt make') echo --disclose --output --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'receipt verify') echo --key --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    export) echo --output --size --disclose --format --purpose --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'privacy export') echo --disclose --format --output --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'privacy erase') echo --subjects --seq --legal-basis --requested-at --what-may --dry-run --as --sign-with --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    backup) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    restore) echo --against --key --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    gate) echo --actor --action --resource --tool --intent --data-class --context --context-json --model --prompt --tenant --idempotency-key --request --decision --require-approval --pin --receipt --max-age --origin --key --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hook install') echo --actor --repo --repository --project --settings --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hook uninstall') echo --repo --project --settings --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hook run') echo --origin --key --actor --repository --project --deadline --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    'hook audit') echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    completion) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    help) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    version) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help ;;
    *) echo --node --json --pointer --timeout --passphrase-file --passphrase-fd --accept-clock --allow-network-fs --help --version ;;
  esac
}

# $1: the command, $2: an option; true when a value follows it
_lexecon_takes() {
  case $2 in
    --node | --pointer | --timeout | --passphrase-file | --passphrase-fd) return 0 ;;
  esac
  case "$1 $2" in
    'init --id' | 'init --origin' | 'init --template' | 'init --operator' | 'init --ssh-key') return 0 ;;
    'metrics --textfile') return 0 ;;
    'decide --actor' | 'decide --action' | 'decide --resource' | 'decide --tool' | 'decide --intent' | 'decide --data-class' | 'decide --context' | 'decide --context-json' | 'decide --model' | 'decide --prompt' | 'decide --tenant' | 'decide --idempotency-key' | 'decide --request' | 'decide --batch' | 'decide --ttl' | 'decide --aud') return 0 ;;
    'decision list --actor' | 'decision list --outcome' | 'decision list --tenant' | 'decision list --from' | 'decision list --to' | 'decision list --limit' | 'decision list --format') return 0 ;;
    'decision wait --timeout') return 0 ;;
    'decision confirm --requirement' | 'decision confirm --note' | 'decision confirm --note-file' | 'decision confirm --ttl' | 'decision confirm --as' | 'decision confirm --sign-with') return 0 ;;
    'escalation list --state' | 'escalation list --priority' | 'escalation list --assigned-to' | 'escalation list --actor' | 'escalation list --tenant' | 'escalation list --from' | 'escalation list --to' | 'escalation list --limit' | 'escalation list --format') return 0 ;;
    'escalation ack --assign') return 0 ;;
    'escalation resolve --note' | 'escalation resolve --note-file' | 'escalation resolve --ttl' | 'escalation resolve --as' | 'escalation resolve --sign-with') return 0 ;;
    'policy show --set') return 0 ;;
    'policy list --format') return 0 ;;
    'policy activate --expect' | 'policy activate --enacts' | 'policy activate --as' | 'policy activate --sign-with') return 0 ;;
    'policy rollback --as' | 'policy rollback --sign-with') return 0 ;;
    'policy eval --context-json' | 'policy eval --request' | 'policy eval --bindings') return 0 ;;
    'policy explain --at') return 0 ;;
    'policy lint --format') return 0 ;;
    'policy test --threshold' | 'policy test --format') return 0 ;;
    'policy schema --of') return 0 ;;
    'token issue --decision' | 'token issue --aud' | 'token issue --ttl') return 0 ;;
    'token verify --action' | 'token verify --aud' | 'token verify --tool' | 'token verify --resource' | 'token verify --data-class' | 'token verify --params' | 'token verify --token-file' | 'token verify --key') return 0 ;;
    'token revoke --decision' | 'token revoke --jti' | 'token revoke --token-file' | 'token revoke --reason') return 0 ;;
    'token inspect --token-file' | 'token inspect --as') return 0 ;;
    'token list --decision' | 'token list --actor' | 'token list --from' | 'token list --to' | 'token list --limit' | 'token list --format') return 0 ;;
    'risk assess --actor' | 'risk assess --action' | 'risk assess --resource' | 'risk assess --tool' | 'risk assess --intent' | 'risk assess --data-class' | 'risk assess --context' | 'risk assess --context-json' | 'risk assess --model' | 'risk assess --prompt' | 'risk assess --tenant' | 'risk assess --idempotency-key' | 'risk assess --request') return 0 ;;
    'risk list --actor' | 'risk list --outcome' | 'risk list --tenant' | 'risk list --from' | 'risk list --to' | 'risk list --limit' | 'risk list --min-level' | 'risk list --format') return 0 ;;
    'evidence add --type' | 'evidence add --decision' | 'evidence add --control' | 'evidence add --media-type' | 'evidence add --name' | 'evidence add --description' | 'evidence add --retention') return 0 ;;
    'evidence get --output' | 'evidence get -o') return 0 ;;
    'evidence list --type' | 'evidence list --decision' | 'evidence list --control' | 'evidence list --actor' | 'evidence list --from' | 'evidence list --to' | 'evidence list --limit' | 'evidence list --format') return 0 ;;
    'evidence link --decision' | 'evidence link --control') return 0 ;;
    'responsibility assign --responsible' | 'responsibility assign --maker' | 'responsibility assign --level' | 'responsibility assign --confidence' | 'responsibility assign --delegated-from' | 'responsibility assign --review-due' | 'responsibility assign --reasoning' | 'responsibility assign --reasoning-file' | 'responsibility assign --as' | 'responsibility assign --sign-with') return 0 ;;
    'responsibility list --decision' | 'responsibility list --responsible' | 'responsibility list --maker' | 'responsibility list --level' | 'responsibility list --within' | 'responsibility list --from' | 'responsibility list --to' | 'responsibility list --limit' | 'responsibility list --format') return 0 ;;
    'responsibility report --from' | 'responsibility report --to') return 0 ;;
    'operator add --key' | 'operator add --role' | 'operator add --actor' | 'operator add --as' | 'operator add --sign-with') return 0 ;;
    'operator rotate --key' | 'operator rotate --as' | 'operator rotate --sign-with') return 0 ;;
    'operator revoke --reason' | 'operator revoke --as' | 'operator revoke --sign-with') return 0 ;;
    'override create --type' | 'override create --scope' | 'override create --outcome' | 'override create --relation' | 'override create --justification' | 'override create --justification-file' | 'override create --expires' | 'override create --as' | 'override create --sign-with') return 0 ;;
    'override list --type' | 'override list --scope' | 'override list --decision' | 'override list --actor' | 'override list --from' | 'override list --to' | 'override list --limit' | 'override list --format') return 0 ;;
    'oversight stop --tenant' | 'oversight stop --actor' | 'oversight stop --reason' | 'oversight stop --note' | 'oversight stop --as' | 'oversight stop --sign-with') return 0 ;;
    'oversight resume --reason' | 'oversight resume --as' | 'oversight resume --sign-with') return 0 ;;
    'oversight intervene --decision' | 'oversight intervene --type' | 'oversight intervene --role' | 'oversight intervene --note' | 'oversight intervene --note-file' | 'oversight intervene --as' | 'oversight intervene --sign-with') return 0 ;;
    'oversight report --from' | 'oversight report --to') return 0 ;;
    'hold place --id' | 'hold place --reason' | 'hold place --seq' | 'hold place --subject' | 'hold place --tenant' | 'hold place --from' | 'hold place --to' | 'hold place --as' | 'hold place --sign-with') return 0 ;;
    'hold release --reason' | 'hold release --as' | 'hold release --sign-with') return 0 ;;
    'hold list --from' | 'hold list --to' | 'hold list --limit' | 'hold list --format') return 0 ;;
    'retention status --class' | 'retention status --state' | 'retention status --within' | 'retention status --format') return 0 ;;
    'retention apply --class' | 'retention apply --as' | 'retention apply --sign-with') return 0 ;;
    'key show --format') return 0 ;;
    'key rotate --reason' | 'key rotate --as' | 'key rotate --sign-with') return 0 ;;
    'key passwd --new-passphrase-file' | 'key passwd --new-passphrase-fd') return 0 ;;
    'recover --accept-size' | 'recover --reason' | 'recover --as' | 'recover --sign-with') return 0 ;;
    'ledger verify --against' | 'ledger verify --key' | 'ledger verify --entries' | 'ledger verify --from') return 0 ;;
    'ledger log --format' | 'ledger log --type' | 'ledger log --decision' | 'ledger log --actor' | 'ledger log --outcome' | 'ledger log --tenant' | 'ledger log --from' | 'ledger log --to' | 'ledger log --limit') return 0 ;;
    'ledger prove --size' | 'ledger prove --consistency' | 'ledger prove --output' | 'ledger prove -o' | 'ledger prove --check' | 'ledger prove --key' | 'ledger prove --entry' | 'ledger prove --against') return 0 ;;
    'ledger watch --type' | 'ledger watch --decision' | 'ledger watch --actor' | 'ledger watch --outcome' | 'ledger watch --tenant' | 'ledger watch --min-level' | 'ledger watch --from' | 'ledger watch --from-seq' | 'ledger watch --limit' | 'ledger watch --timeout' | 'ledger watch --format') return 0 ;;
    'receipt make --disclose' | 'receipt make --output' | 'receipt make -o') return 0 ;;
    'receipt verify --key') return 0 ;;
    'export --output' | 'export -o' | 'export --size' | 'export --disclose' | 'export --format' | 'export --purpose' | 'export --as' | 'export --sign-with') return 0 ;;
    'privacy export --disclose' | 'privacy export --format' | 'privacy export --output' | 'privacy export -o' | 'privacy export --as' | 'privacy export --sign-with') return 0 ;;
    'privacy erase --subjects' | 'privacy erase --seq' | 'privacy erase --legal-basis' | 'privacy erase --requested-at' | 'privacy erase --as' | 'privacy erase --sign-with') return 0 ;;
    'restore --against' | 'restore --key') return 0 ;;
    'gate --actor' | 'gate --action' | 'gate --resource' | 'gate --tool' | 'gate --intent' | 'gate --data-class' | 'gate --context' | 'gate --context-json' | 'gate --model' | 'gate --prompt' | 'gate --tenant' | 'gate --idempotency-key' | 'gate --request' | 'gate --decision' | 'gate --pin' | 'gate --receipt' | 'gate --max-age' | 'gate --origin' | 'gate --key') return 0 ;;
    'hook install --actor' | 'hook install --repo' | 'hook install --repository' | 'hook install --project' | 'hook install --settings') return 0 ;;
    'hook uninstall --repo' | 'hook uninstall --project' | 'hook uninstall --settings') return 0 ;;
    'hook run --origin' | 'hook run --key' | 'hook run --actor' | 'hook run --repository' | 'hook run --project' | 'hook run --deadline') return 0 ;;
  esac
  return 1
}

# $1: the command, $2: the option, $3: the value so far
_lexecon_values() {
  case "$1 $2" in
    'init --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'init --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'init --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'status --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'status --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'status --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'metrics --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'metrics --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'metrics --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'doctor --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'doctor --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'doctor --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'env --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'env --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'env --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decide --request') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decide --batch') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decide --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decide --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decide --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision list --outcome') mapfile -t COMPREPLY < <(compgen -W 'approved conditional escalated denied' -- "$3") ;;
    'decision list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'decision list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision wait --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision wait --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision wait --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision confirm --note-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision confirm --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision confirm --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'decision confirm --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation list --state') mapfile -t COMPREPLY < <(compgen -W 'pending in_progress awaiting_approval resolved failed' -- "$3") ;;
    'escalation list --priority') mapfile -t COMPREPLY < <(compgen -W 'critical high medium low' -- "$3") ;;
    'escalation list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'escalation list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation ack --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation ack --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation ack --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation raise --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation raise --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation raise --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation resolve --note-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation resolve --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation resolve --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation resolve --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation sla --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation sla --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'escalation sla --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'policy list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy hash --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy hash --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy hash --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy activate --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy activate --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy activate --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy rollback --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy rollback --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy rollback --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy eval --request') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy eval --bindings') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy eval --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy eval --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy eval --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy explain --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy explain --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy explain --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy lint --format') mapfile -t COMPREPLY < <(compgen -W 'text json sarif junit github' -- "$3") ;;
    'policy lint --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy lint --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy lint --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy test --format') mapfile -t COMPREPLY < <(compgen -W 'text json sarif junit github' -- "$3") ;;
    'policy test --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy test --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy test --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy fmt --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy fmt --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy fmt --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy schema --of') mapfile -t COMPREPLY < <(compgen -W 'policy risk' -- "$3") ;;
    'policy schema --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy schema --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'policy schema --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token issue --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token issue --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token issue --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --params') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --token-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token verify --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token revoke --token-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token revoke --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token revoke --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token revoke --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token inspect --token-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token inspect --as') mapfile -t COMPREPLY < <(compgen -W 'cap paseto' -- "$3") ;;
    'token inspect --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token inspect --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token inspect --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'token list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'token list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk assess --request') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk assess --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk assess --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk assess --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk list --outcome') mapfile -t COMPREPLY < <(compgen -W 'approved conditional escalated denied' -- "$3") ;;
    'risk list --min-level') mapfile -t COMPREPLY < <(compgen -W 'low medium high critical' -- "$3") ;;
    'risk list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'risk list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk model --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk model --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'risk model --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence add --type') mapfile -t COMPREPLY < <(compgen -W 'decision_log policy_snapshot context_capture screenshot attestation signature audit_trail external_report' -- "$3") ;;
    'evidence add --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence add --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence add --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence get --output') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence get --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence get --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence get --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence list --type') mapfile -t COMPREPLY < <(compgen -W 'decision_log policy_snapshot context_capture screenshot attestation signature audit_trail external_report' -- "$3") ;;
    'evidence list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'evidence list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence link --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence link --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence link --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence verify --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence verify --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'evidence verify --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility assign --maker') mapfile -t COMPREPLY < <(compgen -W 'ai_system human_operator human_supervisor human_executive delegated emergency_override' -- "$3") ;;
    'responsibility assign --level') mapfile -t COMPREPLY < <(compgen -W 'full shared supervised automated' -- "$3") ;;
    'responsibility assign --reasoning-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility assign --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility assign --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility assign --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility list --maker') mapfile -t COMPREPLY < <(compgen -W 'ai_system human_operator human_supervisor human_executive delegated emergency_override' -- "$3") ;;
    'responsibility list --level') mapfile -t COMPREPLY < <(compgen -W 'full shared supervised automated' -- "$3") ;;
    'responsibility list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'responsibility list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility report --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility report --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'responsibility report --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator add --role') mapfile -t COMPREPLY < <(compgen -W 'viewer auditor compliance_officer admin' -- "$3") ;;
    'operator add --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator add --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator add --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator rotate --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator rotate --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator rotate --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator revoke --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator revoke --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'operator revoke --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override create --type') mapfile -t COMPREPLY < <(compgen -W 'policy_exception technical_emergency business_exception human_review executive_override emergency_bypass' -- "$3") ;;
    'override create --scope') mapfile -t COMPREPLY < <(compgen -W 'single_decision multiple_decisions permanent_policy_change' -- "$3") ;;
    'override create --outcome') mapfile -t COMPREPLY < <(compgen -W 'approved denied' -- "$3") ;;
    'override create --justification-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override create --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override create --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override create --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override list --type') mapfile -t COMPREPLY < <(compgen -W 'policy_exception technical_emergency business_exception human_review executive_override emergency_bypass' -- "$3") ;;
    'override list --scope') mapfile -t COMPREPLY < <(compgen -W 'single_decision multiple_decisions permanent_policy_change' -- "$3") ;;
    'override list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'override list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'override show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight stop --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight stop --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight stop --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight resume --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight resume --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight resume --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight intervene --type') mapfile -t COMPREPLY < <(compgen -W 'approval override escalation emergency_stop policy_exception manual_review' -- "$3") ;;
    'oversight intervene --role') mapfile -t COMPREPLY < <(compgen -W 'compliance_officer security_lead legal_counsel risk_manager executive soc_analyst' -- "$3") ;;
    'oversight intervene --note-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight intervene --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight intervene --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight intervene --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight report --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight report --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'oversight report --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold place --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold place --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold place --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold release --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold release --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold release --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold list --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'hold list --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold list --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hold list --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention status --state') mapfile -t COMPREPLY < <(compgen -W 'active expiring on_hold erased' -- "$3") ;;
    'retention status --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'retention status --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention status --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention status --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention apply --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention apply --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'retention apply --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key show --format') mapfile -t COMPREPLY < <(compgen -W 'vkey pem minisign ssh' -- "$3") ;;
    'key show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key rotate --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key rotate --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key rotate --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key passwd --new-passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key passwd --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key passwd --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'key passwd --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'recover --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'recover --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'recover --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --against') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --entries') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --from') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger verify --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger log --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'ledger log --outcome') mapfile -t COMPREPLY < <(compgen -W 'approved conditional escalated denied' -- "$3") ;;
    'ledger log --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger log --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger log --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger show --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger show --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger show --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger stats --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger stats --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger stats --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger checkpoint --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger checkpoint --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger checkpoint --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --output') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --check') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --entry') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --against') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger prove --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger rebuild --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger rebuild --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger rebuild --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger watch --outcome') mapfile -t COMPREPLY < <(compgen -W 'approved conditional escalated denied' -- "$3") ;;
    'ledger watch --min-level') mapfile -t COMPREPLY < <(compgen -W 'low medium high critical' -- "$3") ;;
    'ledger watch --format') mapfile -t COMPREPLY < <(compgen -W 'table jsonl' -- "$3") ;;
    'ledger watch --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger watch --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'ledger watch --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt make --disclose') mapfile -t COMPREPLY < <(compgen -W 'sealed none' -- "$3") ;;
    'receipt make --output') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt make --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt make --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt make --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt verify --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt verify --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt verify --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'receipt verify --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'export --output') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'export --disclose') mapfile -t COMPREPLY < <(compgen -W 'none sealed' -- "$3") ;;
    'export --format') mapfile -t COMPREPLY < <(compgen -W 'bag tar' -- "$3") ;;
    'export --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'export --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'export --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy export --disclose') mapfile -t COMPREPLY < <(compgen -W 'none sealed' -- "$3") ;;
    'privacy export --format') mapfile -t COMPREPLY < <(compgen -W 'json jsonl' -- "$3") ;;
    'privacy export --output') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy export --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy export --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy export --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy erase --subjects') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy erase --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy erase --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'privacy erase --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'backup --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'backup --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'backup --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'restore --against') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'restore --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'restore --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'restore --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'restore --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --request') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --receipt') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --key') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'gate --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --repo') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --project') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --settings') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook install --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --repo') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --project') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --settings') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook uninstall --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook run --project') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook run --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook run --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook run --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook audit --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook audit --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'hook audit --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'completion --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'completion --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'completion --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'help --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'help --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'help --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'version --node') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'version --pointer') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
    'version --passphrase-file') mapfile -t COMPREPLY < <(compgen -f -- "$3") ;;
  esac
}

complete -o filenames -F _lexecon lexecon
