#!/usr/bin/env python3
"""What an agent waits for each tool call: `hook run claude-code` from its start to its end, the decision recorded.

usage: hook.py LEXECON [ROUNDS]

Each round starts every program once, in turn, so that all see the same machine; each call is a new one. Figures are
medians of wall time and of processor time (user and system, of the child that decides as well). "as installed" is
the line that `hook install` writes, with the shell around it. `node -e 0` and one row that SQLite commits stand beside.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import decide

POLICY = """policy_id: pol_bench_v1
relations:
  - {type: permits, subject: actor:ai_agent:coder, action: action:file:read, object: "resource:file:*"}
  - {type: permits, subject: actor:ai_agent:coder, action: action:shell:run}
  - {type: forbids, action: action:file:write, object: "resource:file:.claude/*"}
"""
TOOLS = (("Read", {"file_path": "src/main.c"}), ("Bash", {"command": "git status | head -20"}))


def run_once(argv, environment, event):
    """(output, wall, processor) of one process that reads `event`."""
    reader, writer = os.pipe()
    answer = tempfile.TemporaryFile()
    actions = [(os.POSIX_SPAWN_DUP2, reader, 0), (os.POSIX_SPAWN_DUP2, answer.fileno(), 1),
               (os.POSIX_SPAWN_CLOSE, writer)]
    started = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=actions)
    os.write(writer, event)
    os.close(writer)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    os.close(reader)
    answer.seek(0)
    with answer:
        said = answer.read()
    if os.waitstatus_to_exitcode(status) or json.loads(said)["hookSpecificOutput"]["permissionDecision"] != "allow":
        sys.exit(f"hook.py: exit status {status}: {said!r}")
    return wall, used.ru_utime + used.ru_stime


def installed(lexecon, folder):
    """(argv of the hook, argv of the line as installed, the project) of a node with POLICY."""
    environment = decide.environment_in(folder)
    node, project = folder / "hook-node", folder / "project"
    (project / "src").mkdir(parents=True)
    for argv in (["init", str(node), "--id", "bench", "--origin", "bench/hook"], None,
                 ["policy", "activate", "--node", str(node)],
                 ["hook", "install", "claude-code", "--node", str(node), "--actor", "ai_agent:coder",
                  "--project", str(project)]):
        if argv is None:
            (node / "policies" / "bench.yaml").write_text(POLICY, encoding="utf-8")
            continue
        made = subprocess.run([lexecon, *argv], env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            sys.exit(f"hook.py: {argv[0]}: {made.stderr}")
    settings = json.loads((project / ".claude/settings.json").read_text(encoding="utf-8"))
    line = settings["hooks"]["PreToolUse"][0]["hooks"][0]["command"]
    direct = [lexecon, "hook", "run", "claude-code", "--node", str(node), "--origin", "bench/hook",
              "--project", str(project), "--actor", "ai_agent:coder"]
    return direct, ["/bin/sh", "-c", line], project


def measure(lexecon, folder, rounds):
    """Name -> medians of (wall, processor) seconds."""
    direct, line, project = installed(lexecon, folder)
    environment = decide.environment_in(folder)
    beside = {name: program for name, program in decide.programs(lexecon, folder).items()
              if name in ("sqlite3, one row", "node -e 0")}
    names = [f"hook run claude-code, {tool}" for tool, _ in TOOLS] + ["as installed, in sh", *beside]
    figures = {name: ([], []) for name in names}
    for count in range(rounds + 2):
        for name in names:
            if name in beside:
                code, wall, used = decide.run_once(beside[name][0], environment)
                if code:
                    sys.exit(f"hook.py: {name}: exit {code}")
            else:
                tool, given = TOOLS[1 if name.endswith("Bash") else 0]
                event = {"hook_event_name": "PreToolUse", "session_id": "bench", "cwd": str(project),
                         "tool_name": tool, "tool_input": given, "tool_use_id": f"toolu_{count}_{names.index(name)}"}
                wall, used = run_once(line if name.startswith("as") else direct, environment,
                                      json.dumps(event).encode())
            if count >= 2:  # the first two fill caches
                figures[name][0].append(wall)
                figures[name][1].append(used)
    return {name: tuple(map(statistics.median, both)) for name, both in figures.items()}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    lexecon = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) == 3 else 101
    # Beside the program, not in /tmp, which may be memory: a commit has to reach a disk.
    with tempfile.TemporaryDirectory(dir=pathlib.Path(lexecon).parent) as name:
        medians = measure(lexecon, pathlib.Path(name), rounds)
    print(f"medians of {rounds} runs, ms            wall     cpu   load {os.getloadavg()[0]:.1f}")
    for program, (wall, used) in medians.items():
        print(f"  {program:<30} {wall * 1000:8.2f} {used * 1000:7.2f}")


if __name__ == "__main__":
    main()
