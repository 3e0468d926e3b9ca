#!/usr/bin/env python3
"""What other tools say of the files: shellcheck, clang-format, mandoc, and plain text."""

import shutil
import subprocess

import tap

SHELLS = ("#!/bin/sh", "#!/usr/bin/env bash", "#!/bin/bash", "#!/usr/bin/env sh")


def output_of(command):
    """The lines a tool complains with; its exit code counts as a complaint of its own."""
    ran = subprocess.run(command, cwd=tap.ROOT, capture_output=True, check=False)
    lines = [line for line in (ran.stdout + ran.stderr).decode(errors="replace").split("\n") if line]
    return lines if ran.returncode or lines else []


def is_shell(name):
    if name.endswith((".bash", ".sh")):
        return True
    if "." in name.rsplit("/", 1)[-1] and not name.startswith("."):
        return False
    with open(tap.ROOT / name, "rb") as file:
        return file.readline(80).decode(errors="replace").strip().startswith(SHELLS)


def plain_text_faults(names):
    for name in names:
        data = (tap.ROOT / name).read_bytes()
        if b"\r" in data or b"\t" in data and not name.endswith((".gitmodules", ".mk")):
            yield f"{name}: a tab or a carriage return"
        if data and not data.endswith(b"\n"):
            yield f"{name}: the last line has no end"
        if any(line.endswith(b" ") for line in data.split(b"\n")):
            yield f"{name}: a line ends in a space"


def run():
    out = tap.Tap("style")
    names = tap.tracked()
    scripts = [name for name in names if is_shell(name)]
    bats = [name for name in names if name.endswith(".bats")]
    if shutil.which("shellcheck"):
        out.check(f"shellcheck has nothing to say of {len(scripts)} scripts",
                  output_of(["shellcheck", "-x", *scripts]) if scripts else ["there are none"])
        out.check(f"shellcheck has nothing to say of {len(bats)} bats files",
                  # SC2154: `load` is not followed, so $output and $errors look unassigned.
                  output_of(["shellcheck", "-x", "-S", "warning", "-e", "SC2154", *bats]) if bats else ["there are none"])
    else:
        out.skip("shellcheck has nothing to say", "shellcheck is not installed")
    code = [name for name in names if name.endswith((".cpp", ".hpp"))]
    if shutil.which("clang-format"):
        complaints = output_of(["clang-format", "--dry-run", "-Werror", *code])
        out.check(f"clang-format would leave {len(code)} files as they are",
                  sorted({line.split(":")[0] for line in complaints if ": error:" in line})
                  or complaints)
    else:
        out.skip("clang-format would change nothing", "clang-format is not installed")
    pages = [name for name in names if name.startswith("man/")]
    if shutil.which("mandoc"):
        out.check(f"mandoc has nothing to say of {len(pages)} pages",
                  output_of(["mandoc", "-T", "lint", "-W", "warning", *pages]) if pages else ["none"])
    else:
        out.skip("mandoc has nothing to say", "mandoc is not installed")
    text = [name for name in names if not name.startswith("tests/data/")
            and name.endswith((".cpp", ".hpp", ".py", ".md", ".txt", ".build", ".cmake", ".json",
                               ".bash", ".sh", ".bats", ".yaml", ".1", ".5", ".7"))]
    out.check(f"{len(text)} files have no tabs, no spaces at line ends, and a last newline",
              plain_text_faults(text))
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
