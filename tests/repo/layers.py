#!/usr/bin/env python3
"""LAYERS: each folder of libcore includes itself and folders above it, and each library stays home."""

import re
import tempfile
import pathlib

import tap

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")')
# How the headers of a library named in LAYERS begin.
LIBRARIES = {
    "nlohmann": ("nlohmann/",),
    "yaml-cpp": ("yaml-cpp/",),
    "sodium": ("sodium.h", "sodium/"),
    "openssl": ("openssl/",),
    "sqlite3": ("sqlite3.h", "sqlite3ext.h"),
    "re2": ("re2/",),
    "mustache": ("kainjow/",),
    "CLI11": ("CLI/",),
    "doctest": ("doctest/", "doctest.h"),
    "benchmark": ("benchmark/",),
}
STANDARD = re.compile(r"^[a-z_0-9]+$")  # <vector>
POSIX = re.compile(
    r"^(sys/|linux/|netinet/)|^(unistd|fcntl|poll|signal|pwd|grp|errno|pty|termios|dirent|time|stdlib|"
    r"spawn|syslog|limits|fnmatch|string|stdio)\.h$")


def read_layers(root):
    """Folder -> the libraries it may include; the order is that of the file."""
    layers = {}
    for line in (root / "libcore/LAYERS").read_text(encoding="utf-8").split("\n"):
        words = line.split("#")[0].split()
        if words:
            layers[words[0]] = words[1:]
    return layers


def library_of(header):
    for name, prefixes in LIBRARIES.items():
        if header.startswith(prefixes):
            return name
    return None


def includes(root, name):
    for number, line in tap.lines_of(name, root):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(2), found.group(3)


def may_include_library(name, library, layers):
    parts = pathlib.PurePosixPath(name).parts
    if name == "tests/bench/raw_batch.cpp":  # the floor is measured without our own code
        return library in ("sodium", "sqlite3")
    if library == "benchmark":
        return name == "tests/bench/lexecon_bench.cpp"
    if library == "doctest":
        return parts[0] == "tests"
    if library == "CLI11":
        return name == "cli/parser.cpp"
    if parts[0] == "libcore":
        return library in layers.get(parts[1], [])
    if parts[:2] == ("tests", "unit"):
        return library in layers.get(parts[2], [])
    return False


def library_faults(root, names, layers):
    for name in names:
        for number, angled, quoted in includes(root, name):
            header = angled or quoted
            library = library_of(header)
            if library is not None:
                if not may_include_library(name, library, layers):
                    yield f"{name}:{number}: <{header}> belongs to {library}, which stays elsewhere"
            elif angled and not STANDARD.match(angled) and not POSIX.match(angled):
                yield f"{name}:{number}: <{angled}> is of no library that LAYERS names"


def layer_faults(root, names, layers):
    order = list(layers)
    for name in names:
        parts = pathlib.PurePosixPath(name).parts
        if parts[0] != "libcore":
            continue
        if len(parts) < 3 or parts[1] not in layers:
            yield f"{name}: its folder has no line in libcore/LAYERS"
            continue
        for number, _, quoted in includes(root, name):
            if quoted is None:
                continue
            target = pathlib.PurePosixPath(quoted).parts
            if not (root / "libcore" / quoted).is_file() or target[0] not in layers:
                yield f'{name}:{number}: "{quoted}" is no path from the libcore root'
            elif order.index(target[0]) > order.index(parts[1]):
                yield f'{name}:{number}: "{quoted}" stands below {parts[1]}/ in LAYERS'


def own_header_faults(root, names):
    for name in names:
        if not name.startswith("libcore/") or not name.endswith(".cpp"):
            continue
        if name == "libcore/json/json.cpp":  # its header says `extern` of what it instantiates
            continue
        own = name.removeprefix("libcore/").removesuffix(".cpp") + ".hpp"
        if (root / "libcore" / own).is_file():
            first = next(((n, a or q) for n, a, q in includes(root, name)), (0, None))
            if first[1] != own:
                yield f'{name}:{first[0]}: the first include is not its own header "{own}"'


def state_faults(root, names):
    """The clock and the kernel's randomness are read in cli/ alone, and handed down."""
    pattern = re.compile(r"\b(system_now|system_entropy|system_clock::now|randombytes_buf|RAND_bytes)\b")
    for name in names:
        if not name.startswith(("cli/", "libcore/base/", "tests/")):
            for number, line in tap.lines_of(name, root):
                found = pattern.search(line.split("//")[0])
                if found:
                    yield f"{name}:{number}: {found.group(1)} outside cli/"


def planted(faults, files):
    """Runs `faults` over a small tree with a known fault in it, and wants it found."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        sources = sorted(name for name in files if name.endswith((".cpp", ".hpp")))
        found = list(faults(root, sources))
    return [] if len(found) == 1 else [f"planted one fault, found {found}"]


def run():
    out = tap.Tap("layers")
    layers = read_layers(tap.ROOT)
    names = [n for n in tap.tracked() if n.endswith((".cpp", ".hpp"))
             and n.startswith(("libcore/", "cli/", "tests/"))]
    out.check("there are folders and sources to check", [] if layers and names else ["none"])
    out.check("a folder includes itself and folders above it", layer_faults(tap.ROOT, names, layers))
    out.check("a library is included by the folder that LAYERS names",
              library_faults(tap.ROOT, names, layers))
    out.check("a source includes its own header first", own_header_faults(tap.ROOT, names))
    out.check("clock and randomness are read in cli alone", state_faults(tap.ROOT, names))
    out.check("each folder of LAYERS exists and stands in docs/design.md",
              [folder for folder in layers if not (tap.ROOT / "libcore" / folder).is_dir()
               or f"{folder}/" not in tap.text_of("docs/design.md")])

    tree = {"libcore/LAYERS": "base\nstore sqlite3\n", "libcore/store/a.hpp": "",
            "libcore/base/b.hpp": ""}
    small = {"base": [], "store": ["sqlite3"]}
    out.check("an include from below is found", planted(
        lambda root, files: layer_faults(root, files, small),
        tree | {"libcore/base/b.cpp": '#include "base/b.hpp"\n#include "store/a.hpp"\n'}))
    out.check("a library outside its folder is found", planted(
        lambda root, files: library_faults(root, files, small),
        tree | {"libcore/base/b.cpp": "#include <sqlite3.h>\n#include <vector>\n"}))
    out.check("CLI11 outside the parser is found", planted(
        lambda root, files: library_faults(root, files, small),
        {"cli/main.cpp": "#include <CLI/CLI.hpp>\n", "cli/parser.cpp": "#include <CLI/CLI.hpp>\n"}))
    out.check("a clock in a pure folder is found", planted(
        state_faults, {"libcore/chain/a.cpp": "auto a = system_now();\n", "cli/b.cpp": "system_now();\n"}))
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
