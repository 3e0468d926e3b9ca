#!/usr/bin/env python3
"""Writes libcore/cel/zones/zones.txt from a compiled time zone database.

    cmake/zones.py [/usr/share/zoneinfo] > libcore/cel/zones/zones.txt

One zone a line, by name: the offset from UTC in seconds at the start of 1970, then SECONDS=OFFSET for
each change after it, without =OFFSET when it goes back to the offset before the last one, then the rule
of POSIX that holds from the last change on; or the name of the zone that it is another name for. What
the rule says already is left out.
"""

import datetime
import io
import pathlib
import struct
import sys
import zoneinfo


def read(path):
    """Changes as (second, offset), the offset before them, and the rule at the end."""
    data = path.read_bytes()
    if data[:4] != b"TZif" or data[4:5] < b"2":
        return None

    def header(at):
        return struct.unpack(">6l", data[at + 20:at + 44])

    def body(at, width):
        isut, isstd, leap, changes, kinds, letters = header(at)
        return at + 44 + changes * (width + 1) + kinds * 6 + letters + leap * (width + 4) + isstd + isut

    start = body(0, 4)
    changes, kinds = header(start)[3:5]
    at = start + 44
    times = struct.unpack(f">{changes}q", data[at:at + 8 * changes])
    at += 8 * changes
    index = data[at:at + changes]
    at += changes
    offsets = [struct.unpack(">l", data[at + 6 * i:at + 6 * i + 4])[0] for i in range(kinds)]
    rule = data[body(start, 8):].decode().strip()
    return [(time, offsets[kind]) for time, kind in zip(times, index)], offsets[0], rule


def since_1970(changes, offset):
    kept = []
    for time, after in changes:
        if time <= 0:
            offset = after
        elif after != (kept[-1][1] if kept else offset):
            kept.append((time, after))
    return offset, kept


def without_what_the_rule_says(kept, offset, rule):
    """Drops changes from the end as long as the rule alone gives the same offsets since the one before."""
    if "," not in rule:
        return kept
    zone = zoneinfo.ZoneInfo.from_file(rule_only(rule))

    def by_rule(time):
        return int(datetime.datetime.fromtimestamp(time, zone).utcoffset().total_seconds())

    def stays(start, end, wanted):
        return all(by_rule(time) == wanted for time in [*range(start, end, 86400), end - 1])

    while kept and by_rule(kept[-1][0]) == kept[-1][1] and stays(*(
            (kept[-2][0], kept[-1][0], kept[-2][1]) if len(kept) > 1 else (0, kept[-1][0], offset))):
        kept.pop()
    return kept


def spelt(offset, kept):
    before = None
    for time, after in kept:
        yield f"{time}" if after == before else f"{time}={after}"
        before, offset = offset, after


def rule_only(rule):
    """A compiled zone that is nothing but its rule."""
    head = b"TZif2" + bytes(15)
    empty = head + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lBB", 0, 0, 0) + b"XXX\0"
    return io.BytesIO(empty + empty + b"\n" + rule.encode() + b"\n")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo")
    lines, first_name = [], {}
    names = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    # A name of a place comes before the older names of the same zone.
    names.sort(key=lambda name: (name.count("/") == 0 or name.split("/")[0] in
                                 ("Etc", "US", "Canada", "Brazil", "Chile", "Mexico"), name))
    for name in names:
        if name.split("/")[0] in ("posix", "right", "localtime", "posixrules", "Factory"):
            continue
        zone = read(root / name)
        if zone is None:
            continue
        changes, offset, rule = zone
        offset, kept = since_1970(changes, offset)
        kept = without_what_the_rule_says(kept, offset, rule)
        text = " ".join([str(offset), *spelt(offset, kept), rule])
        same = first_name.setdefault(text, name)
        lines.append(f"{name} {text if same == name else same}")
    version = (root / "tzdata.zi").read_text().split("\n", 1)[0].removeprefix("# version ")
    print(f"# tz database {version}, public domain; made by cmake/zones.py, which says what stands here")
    print("\n".join(sorted(lines)))


if __name__ == "__main__":
    main()
