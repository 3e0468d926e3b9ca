#!/usr/bin/env python3
"""What a command takes and how it ends: table, --help, parser and man page say the same.

The table is `lexecon help --json` of $LEXECON_BIN, else build/release/lexecon. That pages list exactly
the options of the table stands in commands.py; here are the synopsis, the help text, what the parser
does, and exit codes.
"""

import json
import os
import re
import subprocess

import tap

BINARY = os.environ.get("LEXECON_BIN", str(tap.ROOT / "build/release/lexecon"))
UNKNOWN = "--no-such-option"


def call(*arguments):
    """(exit code, stdout, error document), from nowhere, with nobody's environment."""
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, check=False, cwd="/",
                          stdin=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
    last = done.stderr.strip().split("\n")[-1]
    return done.returncode, done.stdout, json.loads(last)["error"] if last.startswith("{") else {}


def page_of(command):
    return f"man/lexecon-{command['name'].replace(' ', '-')}.1"


def section(page, name):
    return page.partition(f".Sh {name}\n")[2].partition("\n.Sh ")[0]


def left_sides(options):
    """`-o, --output PATH` and what follows, as help shows a table of options."""
    return {", ".join(filter(None, (option["letter"], option["name"])))
            + (f" {option['value']}" if option["value"] else ""): option for option in options}


def help_rows(text, title):
    """Left column -> right column of one part of the help text."""
    part = text.partition(f"\n{title}\n")[2].partition("\n\n")[0]
    rows = (re.split(r" {2,}", line.strip(), maxsplit=1) for line in part.split("\n") if line.strip())
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows}


def help_faults(name, text, title, options):
    rows, wanted = help_rows(text, title), left_sides(options)
    for side in sorted(set(rows) ^ set(wanted)):
        yield f"help {name}: `{side}` stands {'not in the table' if side in rows else 'only there'}"
    for side in set(rows) & set(wanted):
        option = wanted[side]
        if option["help"] not in rows[side] or ", ".join(option["choices"]) not in rows[side]:
            yield f"help {name}: `{side}` says something else than the table"
        if option["repeats"] != rows[side].endswith("; may be repeated"):
            yield f"help {name}: `{side}` repeats or does not"


def synopsis_faults(command, page):
    """Each option of the command in the synopsis, with its value, and `...` when it repeats."""
    seen = {f"-{name}": (value, bool(dots)) for name, value, dots in re.findall(
        r"\bFl (-?[a-z-]+)(?: Ar (\S+))?( \.\.\.)?", section(page, "SYNOPSIS"))}
    for option in command["options"]:
        name = option["letter"] if option["letter"] in seen else option["name"]
        wanted = (option["value"], option["repeats"])
        shown = seen.pop(name, None)
        if shown != wanted:
            yield f"{page_of(command)}: SYNOPSIS has {shown} of {name}, the table {wanted}"
    for name in sorted(seen):
        yield f"{page_of(command)}: SYNOPSIS has {name}, which the command does not take"


def parser_faults(command, options):
    """Each option is read with its value, and only an option that is unknown is called so."""
    for option in options:
        for name in filter(None, (option["name"], option["letter"])):
            if name in ("--help", "-h", "--json"):
                continue  # help.bats: the one is an answer wherever it stands, the other is here always
            value = [option["choices"][0] if option["choices"] else "1"] if option["value"] else []
            code, _, error = call(*command["name"].split(), name, *value, UNKNOWN, "--json")
            if code != 64 or UNKNOWN not in error.get("message", ""):
                yield f"{command['name']} {name} {' '.join(value)}: {code} {error.get('message')}"
            if option["value"] and call(*command["name"].split(), "--json", name)[0] != 64:
                yield f"{command['name']} {name}: its value may be left out"
        for choice in option["choices"]:
            _, _, error = call(*command["name"].split(), option["name"], choice, "--json")
            if f"for `{option['name']}`" in error.get("message", ""):
                yield f"{command['name']} {option['name']}: refuses its own `{choice}`"


def exit_codes():
    """Name -> number of cli/exit_code.hpp."""
    enum = tap.text_of("cli/exit_code.hpp").partition("enum class ExitCode")[2].partition("}")[0]
    return {name: int(number) for name, number in re.findall(r"(\w+) = (\d+)", enum)}


def codes_in(page, name="EXIT STATUS"):
    return [int(code) for code in re.findall(r"^\.It (\d+)\b", section(page, name), re.MULTILINE)]


def tests_of(command):
    """The tests of a command, with the functions that they call of a file that they share."""
    tests = tap.text_of(f"tests/cli/{command['name'].replace(' ', '_')}.bats")
    for shared in re.findall(r'^\. "\$BATS_TEST_DIRNAME/(?!lib\.)(\w+\.bash)"$', tests, re.MULTILINE):
        bodies = re.findall(r"^(\w+)\(\) \{\n(.*?)^\}$", tap.text_of(f"tests/cli/{shared}"),
                            re.MULTILINE | re.DOTALL)
        tests += "".join(body for name, body in bodies if re.search(rf"\{{ {name} ", tests))
    return tests


def exit_faults(command, page, known, tests):
    """A page names answers that exist, 0 among them, each of which a test of the command sees."""
    path = page_of(command)
    codes = codes_in(page)
    if codes != sorted(set(codes)) or 0 not in codes:
        yield f"{path}: EXIT STATUS lists {codes}"
    for code in codes:
        if code not in known:
            yield f"{path}: exit {code} is none of exit_code.hpp"
        if not re.search(rf"^\s*(\w+=\S+ )*\w+ {code} |\bcode={code}\b|\$status\" {code}$", tests, re.MULTILINE):
            yield f"{path}: no test of the command wants exit {code}"
    if ".Xr lexecon-errors 7" not in section(page, "EXIT STATUS"):
        yield f"{path}: EXIT STATUS does not refer to lexecon-errors(7)"


def overview_faults(known):
    """lexecon(1) has every answer, lexecon-errors(7) every code."""
    listed = codes_in(tap.text_of("man/lexecon.1"))
    errors = tap.text_of("man/lexecon-errors.7")
    both = codes_in(errors, "ANSWERS") + codes_in(errors, "FAILURES")
    answers = sorted(code for code in known if code < 10)
    if [code for code in listed if code < 10] != answers or not set(listed) <= known:
        yield f"man/lexecon.1: lists {listed}, exit_code.hpp has {answers} below 10"
    if sorted(set(both)) != sorted(known):
        yield f"man/lexecon-errors.7: lists {both}, exit_code.hpp has {sorted(known)}"


def self_test():
    option = {"name": "--a", "letter": "", "value": "A", "help": "h", "repeats": False, "choices": ["b"]}
    command = {"name": "x", "options": [option]}
    if len(list(help_faults("x", "\nOptions\n  --a B  h (b)\n", "Options", [option]))) != 2:
        yield "another value in the help text is not found"
    if not list(help_faults("x", "\nOptions\n  --a A  h\n", "Options", [option])):
        yield "a choice that the help text lacks is not found"
    if len(list(synopsis_faults(command, ".Sh SYNOPSIS\n.Op Fl -a Ar B\n.Op Fl -z\n"))) != 2:
        yield "another synopsis is not found"
    page = ".Sh EXIT STATUS\n.It 0\n.It 5\n.Xr lexecon-errors 7\n"
    if len(list(exit_faults(command, page, {0}, "  lex 0 x\n"))) != 2:
        yield "an exit code that does not exist is not found"


def run():
    out = tap.Tap("options")
    table = json.loads(call("help", "--json")[1])
    commands, shared = table["commands"], table["global_options"]
    known = set(exit_codes().values())
    out.check("the help text of each command is its table", [
        fault for command in commands for text in [call("help", *command["name"].split())[1]]
        for fault in [*help_faults(command["name"], text, "Options", command["options"]),
                      *help_faults(command["name"], text, "Options of every command", shared)]])
    pages = {command["name"]: tap.text_of(page_of(command)) for command in commands}
    out.check("the synopsis of each page has what the table has",
              [fault for command in commands for fault in synopsis_faults(command, pages[command["name"]])])
    out.check("the parser reads each option as the table says", [
        fault for command in commands for fault in parser_faults(command, command["options"])])
    out.check("the parser reads the options of every command", parser_faults(commands[0], shared))
    out.check("each page lists the exit codes of its command, and a test sees each", [
        fault for command in commands for fault in exit_faults(
            command, pages[command["name"]], known,
            tests_of(command))])
    out.check("lexecon(1) lists every answer, lexecon-errors(7) every exit code", overview_faults(known))
    out.check("what differs is found", self_test())
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
