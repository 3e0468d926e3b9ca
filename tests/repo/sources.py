#!/usr/bin/env python3
"""sources.txt lists every source once; file names and forbidden words."""

import re

import tap

LISTS = {
    "libcore": lambda name: name.endswith(".cpp"),
    "cli": lambda name: name.endswith(".cpp"),
    "tests": lambda name: name.endswith(".cpp") and name != "fuzz/fuzzer.cpp" and not name.startswith(("bench/", "consumer/")),
}
# Pattern -> why; `where` is the folder in which it is allowed.
FORBIDDEN = [
    (r"\bYAML::(LoadAll|LoadFile|LoadAllFromFile|Load)\b", None, "loses keys, loops: json/node.hpp reads YAML"),
    (r"\bstd::w?(regex|smatch|cmatch)|<regex>", None, "overflows the stack on long input"),
    (r"\b(Json|nlohmann::json|basic_json<>)::(parse|accept|from_cbor|from_msgpack)\b",
     ("libcore/json/", "tests/"),
     "not strict: json::parse"),
    (r"\bnlohmann::", "libcore/json/", "the value type is lexecon::Json"),
    (r"\busing namespace (?!std::(chrono|string_view_literals|literals))", "tests/", "names keep their folder"),
    (r"\b(socket|popen|system|localtime|gmtime|mktime|strtok|atoi|sprintf)\s*\(", "tests/",
     "no socket, no shell, no locale, no unchecked conversion"),
    (r"\bsetlocale\s*\(|\bstd::locale\b|<c?locale>|\.imbue\s*\(", None, "no answer depends on the locale of a machine"),
    (r"\b(TODO|FIXME|XXX|HACK)\b", None, "do it, or leave it out"),
    (r"\bstd::(cout|cerr|clog)\b", ("cli/", "tests/"), "output is cli's"),
    (r"__DATE__|__TIME__", None, "two builds of one source are the same bytes"),
]
BAD_NAMES = re.compile(r"(^|/)(utils?|common|manager|helpers?|misc)(/|\.|_|$)|_v\d+\.(cpp|hpp)$")
SNAKE = re.compile(r"^[a-z][a-z0-9_]*\.(cpp|hpp)$")


def listed(folder):
    return [line for line in tap.text_of(f"{folder}/sources.txt").split("\n")
            if line and not line.startswith("#")]


def list_faults(folder, entries, present):
    for entry in sorted(set(entries) - set(present)):
        yield f"{folder}/sources.txt: {entry} does not exist"
    for entry in sorted(set(present) - set(entries)):
        yield f"{folder}/{entry}: not in {folder}/sources.txt"
    for entry in sorted({entry for entry in entries if entries.count(entry) > 1}):
        yield f"{folder}/sources.txt: {entry} stands twice"


def order_faults(entries, folders):
    """The lines of one folder stand together."""
    seen = []
    for entry in entries:
        folder = entry.split("/")[0]
        if folder not in folders:
            yield f"libcore/sources.txt: {entry}: no such folder in LAYERS"
        if not seen or seen[-1] != folder:
            if folder in seen:
                yield f"libcore/sources.txt: {entry}: the lines of {folder}/ do not stand together"
            seen.append(folder)


def word_faults(name, text):
    for pattern, where, why in FORBIDDEN:
        if where is not None and name.startswith(where):
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            found = re.search(pattern, line)
            if found:
                yield f"{name}:{number}: `{found.group(0)}`: {why}"


def run():
    out = tap.Tap("sources")
    names = tap.tracked()
    for folder, wanted in LISTS.items():
        present = [name.removeprefix(f"{folder}/") for name in names if name.startswith(f"{folder}/")]
        out.check(f"{folder}/sources.txt lists each source once",
                  list_faults(folder, listed(folder), [n for n in present if wanted(n)]))
    layers = [line.split()[0] for line in tap.text_of("libcore/LAYERS").split("\n")
              if line.split("#")[0].split()]
    out.check("the lines of a folder stand together", order_faults(listed("libcore"), layers))
    code = [n for n in names if n.endswith((".cpp", ".hpp"))]
    out.check("no file uses a forbidden word",
              [fault for name in code for fault in word_faults(name, tap.text_of(name))])
    out.check("no file is named util, common, manager, helper or misc",
              [name for name in names if BAD_NAMES.search(name)])
    out.check("sources are named in snake_case",
              [name for name in code if not SNAKE.match(name.rsplit("/", 1)[1])])
    out.check("the tests of libcore mirror its folders",
              [name for name in names if name.startswith("tests/unit/") and name.count("/") == 3
               and name.split("/")[2] not in layers + ["cli"]])

    numbers = [name.rsplit("/", 1)[1][:4] for name in names if name.startswith("docs/decisions/")]
    out.check("decision notes have a number each",
              [f"two notes have the number {number}" for number in sorted(set(numbers))
               if numbers.count(number) > 1 or not number.isdigit()])

    out.check("a missing line, a line too many and a line twice are found",
              [] if len(list(list_faults("x", ["a", "b", "b"], ["a", "c"]))) == 3 else ["not all three"])
    out.check("a scattered folder is found",
              [] if list(order_faults(["base/a", "json/b", "base/c"], ["base", "json"])) else ["not found"])
    out.check("a forbidden word is found where it is forbidden, and only there",
              [] if list(word_faults("libcore/chain/a.cpp", "Json::parse(x)"))
              and not list(word_faults("libcore/json/a.cpp", "Json::parse(x)")) else ["not so"])
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
