#!/usr/bin/env python3
"""Every example of README.md and of the man pages runs, and prints what is shown.

An example is a literal block with lines that begin with `$ `, or shell that calls lexecon. The blocks of
a page run one after the other in a folder of their own, as its reader would run them beside a node in
use: see SURROUNDINGS. What is shown below a command is compared, times, ids, hashes and keys apart. YAML
that is shown has to load. The binary is $LEXECON_BIN, else build/release/lexecon.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import tap

BINARY = pathlib.Path(os.environ.get("LEXECON_BIN", tap.ROOT / "build/release/lexecon")).resolve()

# Pages show ids and places of their readers: this decision is the approved one that SURROUNDINGS make,
# and /srv and /media are folders in the sandbox.
SHOWN_DECISION = "dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"
# And this evidence, the one in `.evidence`.
SHOWN_EVIDENCE = "evd_external_report_0b7a4c1d9e2f3a586c7d8e9fa0b1c2d3"
# And this stop, the one in `.stop`.
SHOWN_STOP = "stp_01JD6Z3T8W2K7V9Q4X5Y6Z7A8C"
# And this incident, the one in `.incident`.
SHOWN_INCIDENT = "inc_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"

# What a reader has before the first example: a node in use for a while, its auditor's files, a token,
# requests, a git repository with a server beside it. The decision is written to `.decision`.
SURROUNDINGS = r"""
export LEXECON_NODE=$PWD/.lexecon
lexecon init --id demo --origin example.org/lexecon --template enterprise
lexecon key show > auditor.vkey
lexecon key show token --format pem > token.pem
lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/web --json > answer
jq -r .capability_token answer > token
lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/web --no-token \
  --pointer /decision_id > .decision
lexecon decide --actor ai_agent:assistant --action read --resource vault:keys || test $? = 1
lexecon decide --actor ai_agent:deployer --action deploy --resource env:production/web || test $? = 2
lexecon decide --actor human:alice --action read --resource wiki:home
lexecon ledger checkpoint > checkpoint.note
printf '%s\n' '{"actor":"human:alice","action":"read"}' '{"actor":"human:bob","action":"read"}' > requests.jsonl
mkdir -p srv media/backups ~/.local/share/bash-completion/completions ~/.local/share/zsh/site-functions ~/.config/fish/completions
cp -r .lexecon srv/lexecon
git init -q --bare server.git && git init -q . && git commit -q --allow-empty -m one
echo "$(printf '0%.0s' {1..40}) $(git rev-parse HEAD) refs/heads/topic" > updates
"""

REPORT = "echo report > pentest.pdf\n"
REPORT_ADDED = (REPORT + "lexecon evidence add pentest.pdf --type external_report --control iso42001:A.6.2.4 "
                "--pointer /evidence_id > .evidence && rm pentest.pdf")

# The decision of a page that is about one that waits.
ESCALATED = "lexecon decision list --outcome escalated --format jsonl | jq -r .decision_id > .decision"

# What a page needs beyond that. A page that begins with `lexecon init` has no node before.
KEYS = "for name in alice bob next; do ssh-keygen -q -t ed25519 -N '' -C $name -f $name; done"
ALICE = KEYS + " && lexecon operator add alice --role admin --key alice.pub"
BOB = ALICE + " && lexecon operator add bob --role compliance_officer --key bob.pub --as alice --sign-with alice"

# A trade takes two people, a deployment escalates.
ASKED = r"""cat > .lexecon/policies/people.yaml <<'END'
relations:
  - {id: agents-trade, type: permits, subject: 'actor:ai_agent:*', action: 'action:trade'}
  - {id: agents-deploy, type: permits, subject: 'actor:ai_agent:*', action: 'action:deploy'}
  - {type: requires, action: 'action:trade', requirement: dual_authorization, approvals: 2}
  - {type: requires, action: 'action:deploy', requirement: release_review, on_unmet: escalate}
END
lexecon policy activate && """ + BOB + r""" &&
{ lexecon decide --actor ai_agent:coder --action %s --pointer /decision_id > .decision || test $? -le 3; }"""
OVERRIDABLE = BOB + " && " + ESCALATED
OVERRIDDEN = (OVERRIDABLE + " && lexecon override create $(cat .decision) --type human_review --scope single_decision "
              "--outcome approved --justification 'agreed with the customer' --as bob --sign-with bob")

HOLDABLE = BOB + " && lexecon decide --actor ai_agent:deployer --action deploy --resource env:staging/web --no-token"
HELD = HOLDABLE + " && lexecon hold place --from 1h --id case-4711 --reason claim --as bob --sign-with bob"
# A model and a prompt that bob registered, and that alice approved.
VENDOR = BOB + " && echo weights > support-7b.gguf && echo 'You answer customers.' > support.txt"
REGISTERED = VENDOR + """ && lexecon model register support-7b@2026.1 --file support-7b.gguf --as bob --sign-with bob &&
lexecon prompt register support@4 --file support.txt --as bob --sign-with bob"""
APPROVED = REGISTERED + """ && lexecon model approve support-7b@2026.1 --provider-change no --as alice --sign-with alice &&
lexecon prompt approve support@4 --provider-change no --as alice --sign-with alice"""

# A profile that bob set, and what he declared about its system.
PROFILED = BOB + """ && lexecon compliance profile set triage --actor 'ai_agent:triage*' --role deployer --route annex_iii \
  --annex-iii '5(d)' --profiling yes --as bob --sign-with bob"""
DECLARED = PROFILED + """ && lexecon compliance declare eu_ai_act:aia-26.2 --system triage --statement trained \
  --as bob --sign-with bob"""

INCIDENT = BOB + """ && lexecon incident record --severity fundamental_rights --occurred-at 3d --aware-at 1h --system triage \\
  --title 'applications of one region refused' --pointer /incident_id > .incident"""

BEFORE = {
    "lexecon-compliance-profile-set.1": BOB,
    **{f"lexecon-compliance-{name}.1": PROFILED
       for name in ("controls", "gaps", "profile-show", "profile-history", "declare", "assess", "remediate")},
    "lexecon-compliance-withdraw.1": DECLARED,
    "lexecon-incident-record.1": INCIDENT,
    "lexecon-incident-show.1": INCIDENT,
    "lexecon-report.5": PROFILED,
    "lexecon-compliance-report.1": PROFILED,
    "lexecon-hold-place.1": HOLDABLE,
    "lexecon-hold-release.1": HELD,
    "lexecon-hold-list.1": HELD,
    "lexecon-decision-confirm.1": ASKED % "trade",
    "lexecon-escalation-resolve.1": ASKED % "deploy",
    "lexecon-archive.1": BOB,
    "lexecon-export.1": BOB,
    "lexecon-ledger-import.1": "lexecon init other --id other --origin example.org/other",
    "lexecon-operator-add.1": KEYS,
    **{f"lexecon-{kind}-{verb}.1": script for kind in ("model", "prompt")
       for verb, script in (("register", VENDOR), ("approve", REGISTERED), ("reject", REGISTERED),
                            ("retire", APPROVED), ("show", APPROVED))},
    "lexecon-operator-rotate.1": ALICE,
    "lexecon-operator-revoke.1": BOB,
    "lexecon-ledger.5": BOB,
    "lexecon-privacy-export.1": BOB,
    "lexecon-privacy-erase.1": BOB,
    "lexecon-oversight-intervene.1": BOB,
    "lexecon-override-create.1": OVERRIDABLE,
    "lexecon-override-list.1": OVERRIDDEN,
    "lexecon-override-show.1": OVERRIDDEN,
    "lexecon-oversight-resume.1": BOB + " && lexecon oversight stop --all --reason drill --pointer /stop_id > .stop",
    "lexecon-responsibility-assign.1": ALICE,
    "lexecon-evidence-add.1": REPORT,
    "lexecon-evidence-get.1": REPORT_ADDED,
    "lexecon-evidence-link.1": REPORT_ADDED,
    "lexecon-evidence-show.1": REPORT_ADDED,
    "lexecon-evidence-verify.1": REPORT_ADDED,
    "lexecon-escalation-ack.1": ESCALATED,
    "lexecon-escalation-raise.1": ESCALATED,
    "lexecon-escalation-show.1": ESCALATED,
    "lexecon-key-passwd.1": "umask 077 && echo one > old.txt && echo two > new.txt",
    "lexecon-recover.1": "rm .lexecon/head.note",
    "lexecon-restore.1": "lexecon backup media/backups/ledger-2026-11-20 && rm .lexecon/ledger.db",
    "lexecon-token-revoke.1": "jq -r .decision_id answer > .decision",
    "lexecon-hook-audit.1": r"""for id in A B; do printf '{"type":"assistant","message":{"content":[{"type":"tool_use","id":"toolu_01%s","name":"Bash","input":{"command":"ls"}}]}}\n' $id; done > session.jsonl
printf '{"hook_event_name":"PreToolUse","cwd":"%s","tool_name":"Bash","tool_input":{"command":"ls"},"tool_use_id":"toolu_01A"}' "$PWD" |
  lexecon hook run claude-code --node "$PWD/.lexecon" --origin example.org/lexecon --project "$PWD" --actor ai_agent:coder""",
    "lexecon-hook-uninstall.1": "lexecon hook install pre-push --actor ai_agent:coder",
    "lexecon-policy-explain.1": "head -n 1 requests.jsonl > request.json",
    "lexecon-risk-show.1": "echo '{\"actor\":\"human:alice\",\"action\":\"read\",\"risk\":{\"security\":70}}' | lexecon decide --request - --pointer /decision_id > .decision || test $? -le 3",
    "lexecon-policy-test.1": r"""mkdir -p template/policies && cp .lexecon/node.yaml .lexecon/risk.yaml template
cat > template/policies/first.yaml <<'END'
relations:
  - {id: humans-read, type: permits, subject: 'actor:human:*', action: 'action:read'}
  - {id: agents-trade, type: permits, subject: 'actor:ai_agent:*', action: 'action:trade'}
  - id: two-for-much
    type: requires
    action: action:trade
    when: context.amount > 1000
    requirement: dual_authorization
    approvals: 2
END
cat > first.yaml <<'END'
tests:
  - name: a human reads the wiki
    request: {actor: human:alice, action: read, resource: wiki:home}
    expect: {outcome: approved, relations: [humans-read]}
END
cat > second.yaml <<'END'
tests:
  - name: two approvals are enough
    request:
      actor: ai_agent:trader
      action: trade
      context: {amount: 2500}
    at: 2026-03-01T09:00:00Z
    facts:
      approvals:
        - {requirement: dual_authorization, operator: alice}
        - {requirement: dual_authorization, operator: bob}
    expect: {outcome: approved, reason: permitted, unmet: []}
END""",
    "lexecon-policy-rollback.1": "echo '# later' >> .lexecon/risk.yaml && lexecon policy activate",
}

# What runs until it is interrupted, and what happens meanwhile.
FOLLOWING = "lexecon ledger watch"
MEANWHILE = "lexecon decide --actor ai_agent:deployer --action deploy --resource env:production/web"

# Blocks of README.md that a test does not run, and why.
NOT_RUN = {
    "git clone": "needs the network, and is what runs this",
    "medians of": "is the output of ./bootstrap bench, other on every machine",
}


def normalised(text):
    """What differs from run to run made equal, columns too."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", "TIME", text)
    text = re.sub(r"\b(dec|rsk|tok|evd|stp|int|inc|esc_dec|ovr_dec)_[0-9A-Za-z_]+", r"\1_ID", text)
    text = re.sub(r"\b[0-9a-f]{8,}\b", "HEX", text)
    text = re.sub(r"\bfor \d+ s\b", "for N s", text)
    text = re.sub(r"[A-Za-z0-9+/]{40,}=*", "BASE64", text)
    text = re.sub(r"cap_[A-Za-z0-9_-]+", "cap_TOKEN", text)
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.strip().split("\n"))
    return [line for line in lines if line and not line.startswith("lexecon: using node")]


class Sandbox:
    """A folder with HOME in it, nothing of the caller's, and lexecon in PATH."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        for name in ("home", "work", "bin"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "bin/lexecon").symlink_to(BINARY)
        (self.folder / "home/.gitconfig").write_text(
            "[user]\nname = T\nemail = t@example.org\n[init]\ndefaultBranch = main\n")
        self.environment = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOME": str(self.folder / "home"),
                            "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}

    def start(self, script):
        return subprocess.Popen(["bash", "-o", "pipefail", "-c", script], cwd=self.folder / "work",
                                env=self.environment, stdin=subprocess.DEVNULL, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, script):
        """(exit code, stdout and stderr as they came)."""
        with self.start(script) as process:
            try:
                said, _ = process.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                said = process.communicate()[0] + "\nstill running after a minute"
        return process.returncode, said

    def follow(self, command):
        """The same of what runs until Ctrl-C, while something happens."""
        with self.start(f"exec {command}") as process:
            time.sleep(1)
            self.run(MEANWHILE)
            try:
                said, _ = process.communicate(timeout=1)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
                said, _ = process.communicate(timeout=10)
        return process.returncode, said

    def prepare(self, script):
        """Runs what has to succeed; then `decision` is the one in `.decision`, if there is one."""
        status, said = self.run("set -e\n" + script)
        if status:
            raise RuntimeError(f"exit {status} of\n{script}\n{said}")
        named = self.folder / "work/.decision"
        self.decision = named.read_text().strip() if named.exists() else SHOWN_DECISION
        named = self.folder / "work/.evidence"
        self.evidence = named.read_text().strip() if named.exists() else SHOWN_EVIDENCE
        named = self.folder / "work/.stop"
        self.stop = named.read_text().strip() if named.exists() else SHOWN_STOP
        named = self.folder / "work/.incident"
        self.incident = named.read_text().strip() if named.exists() else SHOWN_INCIDENT

    def as_here(self, command):
        return (command.replace(SHOWN_DECISION, self.decision)
                .replace(SHOWN_EVIDENCE, self.evidence)
                .replace(SHOWN_STOP, self.stop)
                .replace(SHOWN_INCIDENT, self.incident)
                .replace("/srv/", f"{self.folder}/work/srv/")
                .replace("/media/", f"{self.folder}/work/media/"))


class Workshop:
    """Sandboxes with SURROUNDINGS, which are made once and copied."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0
        self.node_in_use = self.empty()
        self.node_in_use.prepare(SURROUNDINGS)

    def empty(self):
        self.count += 1
        return Sandbox(self.folder / str(self.count))

    def surrounded(self, script=""):
        sandbox = self.empty()
        for name in ("home", "work"):
            shutil.rmtree(sandbox.folder / name)
            shutil.copytree(self.node_in_use.folder / name, sandbox.folder / name, symlinks=True)
        sandbox.prepare(script)
        return sandbox


def blocks_of(page):
    """(line number, text, the file that the line before names) of the literal blocks of a page."""
    for found in re.finditer(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed", page, re.MULTILINE | re.DOTALL):
        text = found.group(1).replace("\\e", "\\").replace("\\-", "-").replace("\\&", "")
        named = re.search(r"\.Pa (\.lexecon/\S+\.yaml) [.:]\n\Z", page[:found.start()])
        yield page[:found.start()].count("\n") + 2, text, named and named.group(1)


def steps_of(block):
    """[(command, what is shown below it)] of a block with `$ ` lines."""
    steps = []
    going_on = False
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ ") or going_on:
            if going_on:
                steps[-1][0] += "\n" + line
            else:
                steps.append([line[2:], ""])
            going_on = line.endswith(("\\", "|", "&&"))
        elif steps:
            steps[-1][1] += line + "\n"
    return steps


def step_faults(sandbox, place, command, shown):
    follows = command.startswith(FOLLOWING)
    status, said = (sandbox.follow if follows else sandbox.run)(sandbox.as_here(command))
    wanted = re.search(r"^\(exit (\d+)\)$", shown, re.MULTILINE)
    shown = re.sub(r"^\(exit \d+\)\n", "", shown, flags=re.MULTILINE)
    fails = "lexecon: error:" in shown
    if fails != (status >= 64) or (not fails and status != (int(wanted.group(1)) if wanted else 0)):
        yield f"{place}: exit {status}: {command}: {said.strip()}"
    elif shown.strip() and normalised(said) != normalised(shown):
        yield f"{place}: {command}: prints {normalised(said)}, shown is {normalised(shown)}"


def is_yaml(block):
    return block.startswith(("policy_id:", "tests:", "# node.yaml"))


def yaml_faults(sandbox, place, block, named=None):
    """A file of a node, or of its tests: the set with it, in the place of another, loads."""
    shown = ".lexecon/node.yaml" if block.startswith("# node.yaml") else ".lexecon/policies/shown.yaml"
    (sandbox.folder / "work" / (named or shown)).write_text(block)
    status, said = sandbox.run("lexecon policy hash")
    if status:
        yield f"{place}: {said.strip()}"


def page_faults(workshop, name, page):
    blocks = list(blocks_of(page))
    steps = [step for _, block, _ in blocks for step in steps_of(block)]
    if steps and steps[0][0].startswith("lexecon init"):
        sandbox = workshop.empty()
        sandbox.prepare("mkdir srv")
    else:
        sandbox = workshop.surrounded(BEFORE.get(name, ""))
    for line, block, named in blocks:
        for command, shown in steps_of(block):
            yield from step_faults(sandbox, f"man/{name}:{line}", command, shown)
        if is_yaml(block):
            yield from yaml_faults(sandbox, f"man/{name}:{line}", block, named)


def fenced(text):
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def story_faults(page, script):
    """The steps that a page shows against what the script prints."""
    text = (tap.ROOT / page).read_text(encoding="utf-8")
    shown = [step for block in fenced(text) for step in steps_of(block)]
    done = subprocess.run([tap.ROOT / script, BINARY], capture_output=True, text=True,
                          check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        yield f"{script}: exit {done.returncode}: {done.stderr}"
    said = steps_of(re.sub(r"^-- .*\n", "", done.stdout, flags=re.MULTILINE))
    if [step[0] for step in shown] != [step[0] for step in said]:
        yield f"{page} shows {len(shown)} steps, {script} has {len(said)}; or others"
    for (command, here), (_, there) in zip(shown, said):
        if normalised(here) != normalised(there):
            yield f"{page}: {command}: prints {normalised(there)}, shown is {normalised(here)}"


def script_faults(workshop, readme):
    """What README.md shows of scripts: it leaves a token."""
    scripts = [block for block in fenced(readme) if not block.startswith(("$ ", *NOT_RUN))]
    for block in scripts:
        status, said = workshop.surrounded("rm token").run(f"{block}\ntest -s token")
        if status:
            yield f"README.md: exit {status}: {block}: {said}"
    if not scripts:
        yield "README.md shows no script"


def self_test(sandbox):
    block = "$ a \\\n    b |\n    c\nseen\n(exit 1)\n$ d\n"
    if steps_of(block) != [["a \\\n    b |\n    c", "seen\n(exit 1)\n"], ["d", ""]]:
        yield f"a command over three lines: {steps_of(block)}"
    if list(blocks_of("x\n.Bd -literal\n$ a \\e\n.Ed\n")) != [(3, "$ a \\\n", None)]:
        yield "a block of a page is not read as mdoc shows it"
    for command, shown in (("false", ""), ("true", "something"), ("true", "(exit 1)\n"),
                           ("echo b", "a\n"), ("true", "lexecon: error: no\n")):
        if not list(step_faults(sandbox, "here", command, shown)):
            yield f"`{command}` with `{shown.strip()}` below it is not found"
    if list(step_faults(sandbox, "here", "echo 2026-01-01T00:00:00Z; exit 1", "2026-11-11T11:11:11Z\n(exit 1)\n")):
        yield "a good example is refused"
    if not list(yaml_faults(sandbox, "here", "policy_id: pol_x_v1\nrelation: []\n")):
        yield "YAML that does not load is not found"


def run_in(folder):
    out = tap.Tap("examples")
    workshop = Workshop(folder)
    out.check("an example that fails or prints something else is found", self_test(workshop.surrounded()))
    for name in tap.tracked():
        if not re.match(r"man/.*\.[157]$", name):
            continue
        page = tap.text_of(name)
        if any(steps_of(block) or is_yaml(block) for _, block, _ in blocks_of(page)):
            out.check(name, page_faults(workshop, name.removeprefix("man/"), page))
    readme = tap.text_of("README.md")
    out.check("the tour of README.md is what it prints",
              story_faults("README.md", "tests/cli/tour.sh"))
    out.check("the story of docs/people.md is what it prints",
              story_faults("docs/people.md", "tests/cli/people.sh"))
    out.check("the first Article 26 pack is what it prints",
              story_faults("docs/first-article-26-pack.md", "tests/cli/first_pack.sh"))
    out.check("twenty claims are found again in the ledger",
              story_faults("docs/compliance-claims.md", "tests/cli/claims.sh"))
    out.check("the scripts of README.md", script_faults(workshop, readme))
    return out.finish()


def run():
    with tempfile.TemporaryDirectory(prefix="lexecon-examples-") as folder:
        return run_in(folder)


if __name__ == "__main__":
    tap.main(run)
