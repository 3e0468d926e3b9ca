"""What the repository tests share: the checkout's files, and results as TAP on stdout."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Tap:
    """Prints one line a test; `finish` prints the plan and gives the exit code."""

    def __init__(self, suite):
        self.suite = suite
        self.count = 0
        self.failed = 0

    def check(self, name, faults):
        """Passes when `faults` is empty; each fault is one line that names file and line."""
        self.count += 1
        faults = list(faults)
        if faults:
            self.failed += 1
        print(f"{'not ok' if faults else 'ok'} {self.count} - {self.suite}: {name}")
        for fault in faults[:50]:
            print(f"#   {fault}")
        if len(faults) > 50:
            print(f"#   and {len(faults) - 50} more")

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {self.suite}: {name} # skip {why}")

    def finish(self):
        print(f"1..{self.count}")
        return 1 if self.failed or self.count == 0 else 0


def tracked(root=ROOT):
    """The files under version control and new ones that are not ignored, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive
        names = [str(path.relative_to(root)) for path in root.rglob("*")
                 if path.is_file() and not path.relative_to(root).parts[0] in (".git", "build")]
    return sorted(name for name in set(names) if (root / name).is_file())


def text_of(name, root=ROOT):
    return (root / name).read_text(encoding="utf-8")


def lines_of(name, root=ROOT):
    """(line number, line) of a file."""
    return list(enumerate(text_of(name, root).split("\n"), start=1))


def main(run):
    sys.exit(run())
