#!/usr/bin/env python3
"""What one decision costs as a whole process, by the size of the active set, from the cache and without.

usage: one_shot.py LEXECON [ROUNDS]

Policies are synthetic and always the same: exact actors, actions and data classes, one relation in ten with a
wildcard, one in ten a forbids. Each round starts every program once, in turn, so that all see the same
machine. Figures are medians of wall time and of processor time (user and system) from start to exit.
"without cache" is the same command after its cache was removed: it compiles the set and keeps it.
"""

import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

from decide import environment_in, run_once

SIZES = (10, 100, 1000, 10000)


def policy(count):
    """A policy file of `count` relations, and one of its exact permits as (actor, action, data class)."""
    choose = random.Random(count)
    lines, asked = ["mode: strict", "relations:"], None
    for number in range(count):
        triple = [f"actor:agent_{choose.randrange(max(4, count // 10)):05d}",
                  f"action:tool_{choose.randrange(20):02d}",
                  f"data:dataset_{choose.randrange(max(5, count // 5)):05d}"]
        exact = choose.random() >= 0.1
        if not exact:
            triple[choose.randrange(3)] = "*"
        kind = "forbids" if choose.random() < 0.1 else "permits"
        if asked is None and exact and kind == "permits":
            asked = triple
        subject, action, data = triple
        lines += [f"  - id: rule_{number:05d}", f"    type: {kind}", f'    subject: "{subject}"',
                  f'    action: "{action}"', f'    object: "{data}"',
                  f"    justification: why rule {number} stands"]
    return "\n".join(lines) + "\n", asked


def make_node(lexecon, folder, count):
    """(the node, the command that decides on it)"""
    template = folder / f"template{count}"
    (template / "policies").mkdir(parents=True)
    text, (actor, action, data) = policy(count)
    (template / "policies" / "synthetic.yaml").write_text(text)
    (template / "node.yaml").write_text("id: template\n")
    (template / "risk.yaml").write_text("threshold: 80\n")
    node = folder / f"node{count}"
    made = subprocess.run([lexecon, "init", node, "--id", "bench", "--template", template],
                          env=environment_in(folder), capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"one_shot.py: init: {made.stderr}")
    return node, [lexecon, "decide", "--node", str(node), "--json", "--actor", actor,
                  "--action", action, "--data-class", data]


def measure(lexecon, folder, rounds):
    """(relations, with or without the cache) -> lists of wall and processor seconds"""
    nodes = {count: make_node(lexecon, folder, count) for count in SIZES}
    environment = environment_in(folder)
    figures = {(count, way): ([], []) for count in SIZES for way in ("without cache", "from cache")}
    for _ in range(rounds):
        for (count, way), (walls, used) in figures.items():
            node, decide = nodes[count]
            cache = node / "cache"
            if way == "without cache":
                shutil.rmtree(cache, ignore_errors=True)
            code, wall, processor = run_once(decide, environment)
            if code not in (0, 1):
                sys.exit(f"one_shot.py: decide: exit {code}")
            if len(list(cache.iterdir())) != 1:
                sys.exit("one_shot.py: decide: the set was not kept")
            walls.append(wall)
            used.append(processor)
    return figures


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    lexecon = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) == 3 else 51
    # Beside the program, not in /tmp, which may be memory: a commit has to reach a disk.
    with tempfile.TemporaryDirectory(dir=pathlib.Path(lexecon).parent) as name:
        figures = measure(lexecon, pathlib.Path(name), rounds)
    print(f"one decide, medians of {rounds} runs, ms      wall     cpu   least cpu")
    for (count, way), (walls, used) in figures.items():
        print(f"  {count:>6} relations, {way:<16} {statistics.median(walls) * 1000:8.2f}"
              f" {statistics.median(used) * 1000:7.2f}     {min(used) * 1000:7.2f}")


if __name__ == "__main__":
    main()
