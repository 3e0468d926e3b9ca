#!/usr/bin/env python3
"""Measures every promise about speed and writes docs/performance.md: `./bootstrap bench`.

usage: performance.py BUILD PAGE

BUILD is a Meson build directory with -Dbenchmarks=true. What each figure is, the page says itself. A
promise that is not kept is written down as such.
"""

import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

import batch
import decide
import hook
import one_shot
import peers
import verify

ENTRIES = 200_000
MANY = 1_000_000
OPA_EVAL = 83.0  # ms wall, 1,000 relations; see the note on the page
PROCESSORS = 2


class Page:
    def __init__(self):
        self.rows = []
        self.missed = 0

    def promise(self, what, wanted, measured, beside, kept):
        self.rows.append(f"| {what} | {wanted} | {measured} | {beside} | {'yes' if kept else '**no**'} |")
        self.missed += not kept
        print(self.rows[-1], flush=True)


def rate(seconds, count):
    return count / seconds


def batches(page, lexecon, raw, folder):
    batch.write_requests(folder / "requests.jsonl")
    wanted = {"with-tokens": (15_000, []), "without": (30_000, ["--no-token"])}
    for name, (least, options) in wanted.items():
        # The best of three pairs: what else ran at the time only ever slows one down.
        pairs = [batch.against_raw(lexecon, raw, folder, f"{name}-{number}", *options)
                 for number in range(3)]
        node, (wall, processor), (raw_wall, raw_processor) = min(pairs, key=lambda each: each[1][1])
        words = name.replace("-", " ") + (" tokens" if name == "without" else "")
        page.promise(f"`decide --batch` {words}", f"{least:,}/s",
                     f"{rate(wall, batch.STEP):,.0f}/s by the clock, {rate(processor, batch.STEP):,.0f}/s of processor",
                     f"raw loop {rate(raw_wall, batch.STEP):,.0f}/s: {raw_wall / wall:.2f} of it",
                     rate(wall, batch.STEP) >= least)
    # With tokens a batch signs as often as the raw loop, and mints, hashes and records them as well.
    page.promise(f"`decide --batch` {words}, of the raw loop", "0.6",
                 f"{raw_wall / wall:.2f} by the clock, {raw_processor / processor:.2f} of processor",
                 "", raw_processor / processor >= 0.6)
    rates = [rate(batch.batch(lexecon, folder, node, "--no-token")[1], batch.STEP)
             for _ in range(2 * batch.STEP, ENTRIES + 1, batch.STEP)]
    first, last = statistics.median(rates[:3]), statistics.median(rates[-3:])
    page.promise(f"the same as the ledger grows to {ENTRIES:,}", "flat",
                 f"{last / first:.2f} of the first rate", f"first {first:,.0f}/s, last {last:,.0f}/s",
                 last / first >= 0.9)


def verifying(page, lexecon, bench, folder):
    node = verify.make_grouped(lexecon, folder, ENTRIES)
    floor = verify.limits(bench, node)["scan and SHA-256"]
    (wall, processor, _), document = verify.verify(lexecon, folder, node)
    entries = document["entries_verified"]
    each = processor / entries * 1e6
    page.promise(f"`ledger verify`, {ENTRIES:,} entries with sealed requests, two threads", "500,000/s",
                 f"{entries / wall:,.0f}/s by the clock, {each:.2f} µs of processor an entry",
                 f"one scan with SHA-256 of the same rows {floor:.2f} µs", entries / wall >= 500_000)
    single = folder / "single"
    subprocess.run([bench, "make", single, str(ENTRIES // 10), "1"], capture_output=True, check=True)
    signature = verify.limits(bench, single)["Ed25519 verify, one thread"]
    (_, processor, _), document = verify.verify(lexecon, folder, single)
    notes = next(check["items"] for check in document["checks"] if check["name"] == "checkpoints")
    share = signature * notes / processor / 1e6
    page.promise("`ledger verify`, a checkpoint for each entry, of the raw signature rate", "0.8",
                 f"{share:.2f}, entries and sealed requests included", f"raw Ed25519 verify {signature:.1f} µs", share >= 0.8)
    many = folder / "many"
    subprocess.run([bench, "make", many, str(MANY), "1000"], capture_output=True, check=True)
    (wall, _, memory), _ = verify.verify(lexecon, folder, many)
    page.promise(f"`ledger verify`, peak memory at {MANY:,} entries with tokens", "64 MiB", f"{memory:.1f} MiB",
                 f"{wall:.1f} s", memory < 64)


def one_decision(page, lexecon, folder):
    figures = one_shot.measure(lexecon, folder, 51)
    walls, used = (statistics.median(each) * 1000 for each in figures[(1000, "from cache")])
    page.promise("one `decide`, 1,000 relations, from the cache", "5 ms of processor",
                 f"{used:.2f} ms of processor, {walls:.2f} ms by the clock", "", used <= 5)
    page.promise("the same beside `opa eval`, which neither signs nor stores", "1/10",
                 f"1/{OPA_EVAL / walls:.0f}", f"opa eval {OPA_EVAL:.0f} ms, measured elsewhere", walls <= OPA_EVAL / 10)
    return figures


def tool_calls(page, lexecon, folder):
    folder.mkdir()
    medians = hook.measure(lexecon, folder, 101)
    name = "hook run claude-code, Bash"
    wall, used = (each * 1000 for each in medians[name])
    page.promise("one tool call of an agent, `hook run claude-code` from its start to its end", "15 ms",
                 f"{wall:.2f} ms by the clock, {used:.2f} ms of processor",
                 ", ".join(f"{other} {clock * 1000:.2f} ms" for other, (clock, _) in medians.items() if other != name),
                 wall <= 15)


def linting(page, lexecon, folder):
    """Every relation has a condition, which lint reads, too."""
    text, _ = one_shot.policy(10_000)
    folder.mkdir()
    target = folder / "synthetic.yaml"
    target.write_text(text.replace("    justification:", "    when: 'context.purpose == \"support\" && "
                                   "context.amount < 5000 && !has(risk.score)'\n    justification:"))
    spent = []
    for _ in range(3):
        before = os.times()
        done = subprocess.run([lexecon, "policy", "lint", "--format", "json", target], capture_output=True,
                              env=decide.environment_in(folder), check=False)
        after = os.times()
        if done.returncode not in (0, 1):
            sys.exit(f"performance.py: policy lint: {done.stderr}")
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    page.promise("`policy lint` of 10,000 relations with conditions", "2 s", f"{min(spent):.2f} s of processor", "",
                 min(spent) <= 2)


def evaluation(page, program):
    out = subprocess.run([program, "--benchmark_format=json", "--benchmark_repetitions=3",
                          "--benchmark_report_aggregates_only=true"],
                         capture_output=True, check=True, text=True).stdout
    medians = [each for each in json.loads(out)["benchmarks"] if each["aggregate_name"] == "median"]
    scale = {"ns": 1.0, "us": 1e3, "ms": 1e6}
    found = {each["run_name"]: each["cpu_time"] * scale[each["time_unit"]] for each in medians}
    costs = [found[f"policy_evaluate/{size}"] for size in (10, 100, 1000, 10000)]
    page.promise("evaluation of an exact match, 10 to 10,000 relations", "0.5 µs",
                 ", ".join(f"{cost / 1000:.2f}" for cost in costs) + " µs", "", max(costs) <= 500)
    cost = found["conditional_judge/1000"] - found["decision_judge/1000"]
    page.promise("a condition of three clauses on the matched relation", "2 µs", f"{cost / 1000:.2f} µs",
                 f"alone {found['cel_evaluate'] / 1000:.2f} µs; reading and checking it "
                 f"{found['cel_compile'] / 1000:.1f} µs", cost <= 2000)
    for name, what, most in (("conditional_set_load", "reading and checking", 400),
                             ("conditional_set_from_cache", "from the cache,", 15)):
        spent = found[name + "/10000"] / 1e6
        page.promise(f"{what} 10,000 relations with conditions", f"{most} ms", f"{spent:.1f} ms", "", spent <= most)
    return found


def shown_nanoseconds(value):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if value >= size:
            return f"{value / size:,.2f} {unit}"
    return f"{value:,.0f} ns"


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return (f"{datetime.date.today()}, {model}, {os.cpu_count()} processors, Linux {platform.release()}, "
            f"load {os.getloadavg()[0]:.1f} at the start")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, target = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    lexecon, raw, bench = (str(build / name) for name in ("lexecon", "raw_batch", "ledger_bench"))
    page, about = Page(), machine()
    # Beside the build, not in /tmp, which may be memory: a commit has to reach a disk.
    with tempfile.TemporaryDirectory(dir=build) as name:
        folder = pathlib.Path(name)
        parts = evaluation(page, str(build / "lexecon-bench"))
        single = one_decision(page, lexecon, folder)
        tool_calls(page, lexecon, folder / "hook")
        linting(page, lexecon, folder / "lint")
        programs = decide.measure(decide.programs(lexecon, folder), 51, decide.environment_in(folder))
        batches(page, lexecon, raw, folder)
        verifying(page, lexecon, bench, folder)
    beside = peers.measure(build / "peer_bench", build / "peers")
    lines = ["# Performance", "",
             "`./bootstrap bench` measured this and wrote this page. Machines differ and are shared: believe the",
             "ratios taken in one run before the rates. A promise that was not kept in this run says so.", "",
             about + ".", "", "## What is promised", "",
             "| what | promised | measured | beside it, in the same run | kept |", "|---|---|---|---|---|",
             *page.rows, "",
             "The raw loop writes the rows of that same ledger into the same tables with SQLite, in groups of a thousand,",
             "and makes one signature for each decision; it reads, judges, hashes and builds nothing. `opa eval` is OPA 1.7 on a machine of this kind with",
             "a policy of the same shape; it is not installed here. Rates of `ledger verify` are of the whole program, the",
             "best of three runs, with every check of the default table.", "",
             "## Beside other engines", "",
             "The same synthetic policies and requests in process, one thread, evaluations a second and what loading the",
             "largest takes; every verdict was compared with the expected one. The others answer yes or no; lexecon's answer",
             "holds risk, all reasons, the relations that matched and a sentence. Cedar runs as WebAssembly. Engines are",
             "asked from npm where it is there; see tests/bench/peers.py.", "", *peers.table(beside), "",
             "## One process", "", "Medians of 51 runs, ms.", "", "| program | clock | processor |", "|---|---|---|",
             *[f"| `{name}` | {wall * 1000:.2f} | {used * 1000:.2f} |" for name, (wall, used) in programs.items()],
             *[f"| `decide`, {count:,} relations, {way} | {statistics.median(walls) * 1000:.2f} "
               f"| {statistics.median(used) * 1000:.2f} |" for (count, way), (walls, used) in single.items()], "",
             "## Parts of libcore", "", "`lexecon-bench`, medians of three repetitions, one thread.", "",
             "| part | time |", "|---|---|",
             *[f"| {name} | {shown_nanoseconds(value)} |" for name, value in parts.items()], ""]
    target.write_text("\n".join(lines), encoding="utf-8")
    print(f"{target}: {len(page.rows) - page.missed} of {len(page.rows)} promises kept")


if __name__ == "__main__":
    main()
