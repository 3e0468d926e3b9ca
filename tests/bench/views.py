#!/usr/bin/env python3
"""What a view of a large log costs, in every format, beside the package that it is made of.

usage: views.py LEXECON [SIZE] [FOLDER]

A log of SIZE decisions (default 100,000) is exported with sealed content. Processor time is that of the whole
command; a busy machine changes it least. Exits with 1 when a command takes more than 64 MiB, or the index of the
pages more than 2 MB.
"""

import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

FORMATS = ("bag", "json", "csv", "markdown", "html")
MOST_KIB = 64 * 1024
MOST_INDEX_BYTES = 2_000_000
WANTED = 20_000


def call(arguments, folder, stdout=os.devnull):
    """(wall, processor, KiB) of one command."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        for number, name in ((1, stdout), (2, os.devnull)):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.execve(arguments[0], arguments,
                  {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"})
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"views.py: {' '.join(arguments)}: status {status}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def make_log(lexecon, folder, size):
    call([lexecon, "init", "--id", "bench", "--origin", "bench.example/views", "--template",
          "enterprise"], folder)
    with open(folder / "requests", "w", encoding="utf-8") as file:
        for number in range(size):
            request = {"actor": "human:alice", "action": "git:push",
                       "resource": f"git:shop/refs/heads/f{number % 97}",
                       "context": {"old": "0" * 40, "new": "1" * 40, "forced": False}}
            file.write(json.dumps(request, separators=(",", ":")) + "\n")
    call([lexecon, "decide", "--batch", "requests"], folder)


def bytes_of(path):
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


def run(lexecon, size, folder):
    make_log(lexecon, folder, size)
    good = True
    for each in FORMATS:
        made = folder / each
        wall, processor, kib = call([lexecon, "export", "--format", each, "--disclose", "sealed",
                                     "-o", each], folder)
        print(f"{each:9} {size / wall:9,.0f} decisions/s, {size / processor:9,.0f} for each second of "
              f"processor, {kib / 1024:5.1f} MiB of memory, {bytes_of(made) / 1e6:6.1f} MB written")
        good = good and kib <= MOST_KIB
        if each == "html":
            index = (made / "index.html").stat().st_size
            print(f"its index {index:,} bytes; at least {WANTED:,} decisions/s are wanted")
            good = good and index <= MOST_INDEX_BYTES
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    return 0 if good else 1


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        sys.exit(__doc__)
    lexecon = str(pathlib.Path(arguments[0]).resolve())
    size = int(arguments[1]) if len(arguments) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="lexecon-views-",
                                     dir=arguments[2] if len(arguments) > 2 else None) as folder:
        return run(lexecon, size, pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
