#!/usr/bin/env python3
"""What `ledger verify` costs, beside the limits of the machine in the same run.

usage: verify.py LEXECON LEDGER_BENCH [SIZE] [FOLDER]

Two ledgers are made: one of SIZE decisions (default 200,000) with tokens by `decide --batch`, and one of a
tenth of that in which each decision is a transaction of its own. Each is verified three times; the best
run counts. Processor time is that of all threads, which a busy machine changes least: twice the rate of
one processor is what two can do. The limits are a plain scan of the same rows with one SHA-256 each, and
raw Ed25519 verification.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

RUNS = 3


def environment_in(folder):
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def make_grouped(lexecon, folder, size):
    node = folder / "grouped"
    subprocess.run([lexecon, "init", node, "--id", "bench", "--origin", "bench.example/verify",
                    "--template", "enterprise"],
                   env=environment_in(folder), capture_output=True, check=True)
    requests = folder / "requests.jsonl"
    with open(requests, "w", encoding="utf-8") as file:
        for number in range(size):
            request = {"actor": "human:alice", "action": "git:push",
                       "resource": f"git:shop/refs/heads/f{number % 97}",
                       "context": {"old": "0" * 40, "new": "1" * 40, "forced": False}}
            file.write(json.dumps(request, separators=(",", ":")) + "\n")
    subprocess.run([lexecon, "decide", "--batch", requests, "--node", node],
                   env=environment_in(folder), stdout=subprocess.DEVNULL, check=True)
    return node


def limits(bench, node, at_once=1):
    """Microseconds of processor time an item, by the name of the limit.

    With `at_once` of two as many programs measure at the same time, and the mean is told: two processors
    that share a core cost each other some of their speed, and then no two threads are twice as fast as one.
    """
    programs = [subprocess.Popen([bench, "limits", node], stdout=subprocess.PIPE, text=True)
                for _ in range(at_once)]
    costs = {}
    for program in programs:
        out = program.communicate()[0]
        if program.returncode != 0:
            sys.exit(f"verify.py: {bench} limits: exit {program.returncode}")
        for name, cost in re.findall(r"^limit: (.*?): .*?; ([0-9.e+-]+) us of CPU each$", out, re.MULTILINE):
            costs.setdefault(name, []).append(float(cost))
    return {name: sum(each) / len(each) for name, each in costs.items()}


def verify(lexecon, folder, node):
    """(wall, processor, MiB) of the best run, and the document."""
    best = None
    for _ in range(RUNS):
        started = time.perf_counter()
        with subprocess.Popen([lexecon, "ledger", "verify", "--json", "--node", node],
                              env=environment_in(folder), stdout=subprocess.PIPE) as process:
            document = json.load(process.stdout)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        used = (time.perf_counter() - started, usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss / 1024)
        if document["verdict"] != "valid":
            sys.exit(f"verify.py: {node} is {document['verdict']}")
        best = min(best, used, key=lambda each: each[1]) if best else used
    return best, document


def show(name, figure, unit):
    print(f"{name:46} {figure:12,.2f} {unit}", flush=True)


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: verify.py LEXECON LEDGER_BENCH [SIZE] [FOLDER]")
    lexecon, bench = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 200_000
    parent = sys.argv[4] if len(sys.argv) > 4 else None
    with tempfile.TemporaryDirectory(dir=parent) as name:
        folder = pathlib.Path(name)
        node = make_grouped(lexecon, folder, size)
        floor = limits(bench, node)
        (wall, processor, memory), document = verify(lexecon, folder, node)
        entries = document["entries_verified"]
        show(f"written in groups, {entries:,} entries", processor / entries * 1e6, "us of processor an entry")
        show("  rate of two processors", 2 * entries / processor, "/s")
        show("  rate by the clock", entries / wall, "/s")
        show("  scan and SHA-256 of the same rows", floor["scan and SHA-256"], "us an entry")
        show("  two such scans at once", limits(bench, node, 2)["scan and SHA-256"], "us an entry")
        show("  of that limit", floor["scan and SHA-256"] * entries / processor / 1e6, "")
        show("  peak memory", memory, "MiB")
        node = folder / "single"
        subprocess.run([bench, "make", node, str(size // 10), "1"], capture_output=True, check=True)
        floor = limits(bench, node)
        (wall, processor, memory), document = verify(lexecon, folder, node)
        notes = next(c["items"] for c in document["checks"] if c["name"] == "checkpoints")
        signature = floor["Ed25519 verify, one thread"]
        show(f"one decision a transaction, {notes:,} checkpoints", processor / notes * 1e6,
             "us of processor a checkpoint")
        show("  raw Ed25519 verify", signature, "us")
        show("  of that limit", signature * notes / processor / 1e6, "")
        show("  rate by the clock", notes / wall, "/s")


if __name__ == "__main__":
    main()
