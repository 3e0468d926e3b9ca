#!/usr/bin/env python3
"""libcore from outside: what both builds install, and a project of a stranger built against it.

Needs build/release and build/asan as `./bootstrap test` leaves them, and LEXECON_BIN.
"""

import os
import pathlib
import re
import subprocess
import tempfile

import tap

SANITIZED = re.compile(r"^(CMAKE_CXX_(?:COMPILER|FLAGS)):\w+=(.*)$", re.MULTILINE)
POLICY = "relations:\n  - {id: all, type: permits, subject: 'actor:human:*', action: 'action:read'}\n"


def run(argv, **options):
    done = subprocess.run(argv, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, argv))}: exit {done.returncode}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


def install_meson(folder):
    root = folder / "meson"
    run(["meson", "install", "-C", tap.ROOT / "build/release", "--no-rebuild", "--destdir", root])
    return root / "usr/local"


def install_cmake(folder):
    root = folder / "cmake"
    for component in ("development", "documents"):
        run(["cmake", "--install", tap.ROOT / "build/asan", "--prefix", root, "--component", component])
    return root


def files_of(root, own=()):
    """Installed files; the library folder's name is the distribution's, and CMake's is not Meson's."""
    names = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return {re.sub(r"^lib/[a-z0-9_]+-linux-gnu/", "lib/", name) for name in names
            if not name.startswith(own)}


def material(folder):
    """The arguments of the consumer: a real log, its key, and a policy file."""
    node, program = folder / "node", os.environ["LEXECON_BIN"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def lexecon(*words):
        return run([program, *words, "--node", node], env=environment)

    run([program, "init", node, "--id", "stranger", "--template", "minimal"], env=environment)
    (folder / "note").write_text(lexecon("ledger", "checkpoint"), encoding="utf-8")
    (folder / "entries").write_text(lexecon("ledger", "log", "--format", "jsonl"), encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    key = lexecon("key", "show", "ledger", "--format", "vkey").strip()
    return [key, folder / "note", folder / "entries", folder / "policy.yaml"]


def with_cmake(folder, prefix):
    build = folder / "consumer-cmake"
    cache = (tap.ROOT / "build/asan/CMakeCache.txt").read_text(encoding="utf-8")
    run(["cmake", "-S", tap.ROOT / "tests/consumer", "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}",
         *(f"-D{name}={value}" for name, value in SANITIZED.findall(cache))])
    run(["cmake", "--build", build])
    return build / "consumer"


def with_meson(folder, prefix):
    build, root = folder / "consumer-meson", folder / "meson"
    packages = next(prefix.rglob("lexecon.pc")).parent
    run(["meson", "setup", build, tap.ROOT / "tests/consumer"],
        env=dict(os.environ, PKG_CONFIG_PATH=str(packages), PKG_CONFIG_SYSROOT_DIR=str(root)))
    run(["ninja", "-C", build])
    return build / "consumer"


def faults_of(action):
    try:
        return action()
    except RuntimeError as error:
        return str(error).splitlines()


def main():
    out = tap.Tap("installed")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        meson, cmake = install_meson(folder), install_cmake(folder)
        ours, theirs = files_of(meson, own=("bin/",)), files_of(cmake)
        out.check(f"both builds install the same {len(ours)} files beside the program",
                  sorted(f"{file}: by one build alone" for file in ours ^ theirs))
        arguments = material(folder)

        def used(build, prefix):
            said = run([build(folder, prefix), *arguments])
            return [] if said == "3 entries, approved\n" else [f"the consumer said {said!r}"]

        out.check("a CMake project finds lexecon::core and verifies a log with it",
                  faults_of(lambda: used(with_cmake, cmake)))
        out.check("a Meson project finds lexecon.pc and verifies a log with it",
                  faults_of(lambda: used(with_meson, meson)))
        arguments[0] = arguments[0][:-5] + "AAAA="
        out.check("the consumer refuses a log under another key", faults_of(
            lambda: [] if subprocess.run([folder / "consumer-cmake/consumer", *arguments], check=False,
                                         capture_output=True).returncode else ["it said valid"]))
    return out.finish()


if __name__ == "__main__":
    raise SystemExit(main())
