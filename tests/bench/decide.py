#!/usr/bin/env python3
"""What one durable, signed decision costs, beside other programs in the same run.

usage: decide.py LEXECON [ROUNDS]

Each round starts every program once, in turn, so that all see the same machine. Figures are medians of
wall time and of processor time (user and system) of the whole process, from start to exit.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run_once(argv, environment):
    """(wall, processor) seconds of one process; its output is dropped."""
    sink = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, sink, descriptor) for descriptor in (0, 1, 2)]
    started = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    os.close(sink)
    return os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime


def programs(lexecon, folder):
    """Name -> (argv, the exit codes that are fine)."""
    node = folder / "node"
    made = subprocess.run([lexecon, "init", node, "--id", "bench", "--template", "enterprise"],
                          env=environment_in(folder), capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"decide.py: init: {made.stderr}")
    row = folder / "row.db"
    sqlite = shutil.which("sqlite3")
    subprocess.run([sqlite, row, "CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB) STRICT"], check=True)
    decide = [lexecon, "decide", "--node", str(node), "--json", "--actor", "ai_agent:bench",
              "--action", "deploy", "--resource", "service:web"]
    out = {
        "decide": (decide, (0, 1, 2, 3)),
        "decide --dry-run": (decide + ["--dry-run"], (0, 1, 2, 3)),
        "lexecon version": ([lexecon, "version"], (0,)),
        "sqlite3, one row": ([sqlite, str(row), "PRAGMA synchronous=EXTRA; "
                              "INSERT INTO t(b) VALUES(randomblob(1500))"], (0,)),
    }
    if shutil.which("node"):
        out["node -e 0"] = ([shutil.which("node"), "-e", "0"], (0,))
    return out


def environment_in(folder):
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def measure(measured, rounds, environment):
    figures = {name: ([], []) for name in measured}
    for count in range(rounds + 2):
        for name, (argv, fine) in measured.items():
            code, wall, used = run_once(argv, environment)
            if code not in fine:
                sys.exit(f"decide.py: {name}: exit {code}")
            if count >= 2:  # the first two fill caches
                figures[name][0].append(wall)
                figures[name][1].append(used)
    return {name: tuple(map(statistics.median, both)) for name, both in figures.items()}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    lexecon = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) == 3 else 101
    # Beside the checkout, not in /tmp, which may be memory: a commit has to reach a disk.
    with tempfile.TemporaryDirectory(dir=pathlib.Path(lexecon).parent) as name:
        folder = pathlib.Path(name)
        measured = programs(lexecon, folder)
        medians = measure(measured, rounds, environment_in(folder))
    print(f"medians of {rounds} runs, ms            wall     cpu")
    for program, (wall, used) in medians.items():
        print(f"  {program:<30} {wall * 1000:8.2f} {used * 1000:7.2f}")
    wall, used = medians["decide"]
    for program in ("node -e 0", "sqlite3, one row"):
        if program in medians:
            other_wall, other_used = medians[program]
            print(f"  decide / {program:<21} {wall / other_wall:7.2f}x {used / other_used:6.2f}x")
        else:
            print(f"  {program}: not installed")


if __name__ == "__main__":
    main()
