#!/usr/bin/env python3
"""What a recorded decision costs in a batch, beside the same rows written raw, as the ledger grows.

usage: batch.py LEXECON RAW_BATCH [SIZE] [FOLDER]

SIZE is the ledger's size at the end of the growth test (default 200,000). Rates are decisions a second of
processor time (user and system), which a busy machine changes least, and of wall time. The raw loop
writes the rows of the ledger that the batch beside it made, in the same run.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

STEP = 20_000


def environment_in(folder):
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def new_node(lexecon, folder, name):
    node = folder / name
    subprocess.run([lexecon, "init", node, "--id", name, "--origin", f"bench.example/{name}",
                    "--template", "enterprise"],
                   env=environment_in(folder), capture_output=True, check=True)
    return node


def write_requests(path):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(STEP):
            request = {"actor": "human:alice", "action": "git:push",
                       "resource": f"git:shop/refs/heads/f{number % 97}",
                       "context": {"old": "0" * 40, "new": "1" * 40, "forced": False}}
            file.write(json.dumps(request, separators=(",", ":")) + "\n")


def timed(argv, environment, output):
    """(wall, processor) seconds of a child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with open(output, "wb") as file:
        subprocess.run(argv, env=environment, stdout=file, check=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def batch(lexecon, folder, node, *options):
    argv = [lexecon, "decide", "--batch", folder / "requests.jsonl", "--node", node, *options]
    used = timed(argv, environment_in(folder), folder / "answers.jsonl")
    with open(folder / "answers.jsonl", encoding="utf-8") as file:
        answered = sum(1 for line in file if '"recorded":true' in line)
    if answered != STEP:
        sys.exit(f"batch.py: {answered} of {STEP} lines were decided")
    return used


def shown(name, wall, processor):
    print(f"{name:34} {STEP / processor:10,.0f} /s of processor {STEP / wall:10,.0f} /s of wall",
          flush=True)


def against_raw(lexecon, raw, folder, name, *options):
    """The node, seconds of (wall, processor) of the batch, and those of the same rows written raw."""
    node = new_node(lexecon, folder, name)
    wall, processor = batch(lexecon, folder, node, *options)
    shown(f"batch, {name}", wall, processor)
    rows = folder / f"raw-{name}"
    rows.mkdir()
    made = subprocess.run([raw, node / "ledger.db", rows], capture_output=True, check=True)
    floor = json.loads(made.stdout)
    raw_wall, raw_processor = (floor[kind] * STEP / floor["rows"] for kind in ("wall", "processor"))
    shown(f"raw loop, {name}", raw_wall, raw_processor)
    print(f"{'ratio':34} {raw_processor / processor:10.2f}    of processor "
          f"{raw_wall / wall:10.2f}    of wall")
    return node, (wall, processor), (raw_wall, raw_processor)


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: batch.py LEXECON RAW_BATCH [SIZE] [FOLDER]")
    lexecon, raw = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 200_000
    parent = sys.argv[4] if len(sys.argv) > 4 else None
    with tempfile.TemporaryDirectory(dir=parent) as name:
        folder = pathlib.Path(name)
        write_requests(folder / "requests.jsonl")
        against_raw(lexecon, raw, folder, "with-tokens")
        node, _, _ = against_raw(lexecon, raw, folder, "without", "--no-token")
        for at in range(2 * STEP, size + 1, STEP):
            shown(f"without tokens, up to {at:,}", *batch(lexecon, folder, node, "--no-token"))


if __name__ == "__main__":
    main()
