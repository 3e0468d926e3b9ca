#!/usr/bin/env python3
"""Every command has its file, its tests, its page and its completions, and they say the same.

The binary is $LEXECON_BIN, else build/release/lexecon; its table of commands is `lexecon help --json`.
"""

import json
import os
import re
import subprocess

import tap

BINARY = os.environ.get("LEXECON_BIN", str(tap.ROOT / "build/release/lexecon"))

COMPLETIONS = {"bash": "completions/lexecon.bash", "zsh": "completions/_lexecon",
               "fish": "completions/lexecon.fish"}


def lexecon(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, check=True,
                          env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}).stdout


def words(command, separator):
    return command["name"].replace(" ", separator)


def variable(command):
    """What the command is called in C++, which has words of its own."""
    name = words(command, "_")
    return f"{name}_command" if name == "export" else name


def page_of(command):
    return f"man/lexecon-{words(command, '-')}.1"


def existence_faults(commands, names):
    """Both ways: nothing lacks a file, no file lacks a command."""
    table, header = tap.text_of("cli/commands.cpp"), tap.text_of("cli/commands.hpp")
    sources = tap.text_of("cli/sources.txt").split("\n")
    for command in commands:
        name = words(command, "_")
        for path in (f"cli/commands/{name}.cpp", f"tests/cli/{name}.bats", page_of(command)):
            if path not in names:
                yield f"{command['name']}: no {path}"
        if f"commands/{name}.cpp" not in sources:
            yield f"{command['name']}: no line in cli/sources.txt"
        if not re.search(rf"&{variable(command)}\b", table):
            yield f"{command['name']}: no line in cli/commands.cpp"
        if not re.search(rf"\bCommand {variable(command)};", header):
            yield f"{command['name']}: no line in cli/commands.hpp"
    known = {words(command, "_") for command in commands}
    pages = {page_of(command) for command in commands} | {"man/lexecon.1"}
    for path in names:
        stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if path.startswith("cli/commands/") and path.endswith(".cpp") and stem not in known:
            yield f"{path}: of no command"
        if path.startswith("man/") and path.endswith(".1") and path not in pages:
            yield f"{path}: of no command"
    for declared in re.findall(r"extern const Command (\w+);", header):
        if declared not in {variable(command) for command in commands}:
            yield f"cli/commands.hpp: {declared} is declared and not in the table"


def options_in(page):
    """Option -> value of the `.It Fl` lines of a page: {"--actor": "A", "--json": ""}."""
    found = {}
    for line in page.split("\n"):
        if not line.startswith(".It Fl "):
            continue
        value = re.search(r"\bAr (\S+)", line)
        for name in re.findall(r"Fl (-\S+)", line):
            found["-" + name] = value.group(1) if value else ""
    return found


def option_faults(path, page, options):
    documented = options_in(page)
    for option in options:
        if option["name"] not in documented:
            yield f"{path}: lacks {option['name']}"
        elif documented[option["name"]] != option["value"]:
            yield (f"{path}: {option['name']} takes `{option['value']}`, "
                   f"the page says `{documented[option['name']]}`")
        if option["letter"] and f"Fl {option['letter'][1:]} " not in page:
            yield f"{path}: lacks {option['letter']}"
        for choice in option["choices"]:
            if not re.search(rf"(?<!\w){re.escape(choice)}(?!\w)", page):
                yield f"{path}: lacks the value {choice} of {option['name']}"
    for name in sorted(set(documented) - {option["name"] for option in options}):
        yield f"{path}: {name} is no option of it"


def page_faults(command, page):
    """Name, synopsis, an example first, and exactly the options of the command."""
    path = page_of(command)
    if f".Nm lexecon-{words(command, '-')}\n" not in page:
        yield f"{path}: NAME is not lexecon-{words(command, '-')}"
    synopsis = page.partition(".Sh SYNOPSIS\n")[2].partition(".Sh ")[0]
    if f".Nm lexecon {command['name']}\n" not in synopsis:
        yield f"{path}: SYNOPSIS lacks `lexecon {command['name']}`"
    for positional in command["positionals"]:
        if not re.search(rf"\bAr {re.escape(positional['name'])}\b", synopsis):
            yield f"{path}: SYNOPSIS lacks {positional['name']}"
        for choice in positional["choices"]:
            if not re.search(rf"(?<!\w){re.escape(choice)}(?!\w)", page):
                yield f"{path}: lacks the value {choice} of {positional['name']}"
    description = page.partition(".Sh DESCRIPTION\n")[2]
    example = description.partition(".Bd -literal -offset indent\n")
    shown = example[2].partition(".Ed")[0]
    if f"lexecon {command['name']}" not in shown or example[0].count(".Pp") or ".Bl" in example[0]:
        yield f"{path}: DESCRIPTION does not begin with an example"
    yield from option_faults(path, page, command["options"])


def reference_faults(pages, names):
    for path, page in pages.items():
        for name, section in re.findall(r"^\.Xr (lexecon\S*) (\d)", page, re.MULTILINE):
            if f"man/{name}.{section}" not in names:
                yield f"{path}: refers to {name}({section}), which does not exist"


def error_faults():
    """lexecon-errors(7) against the two headers that number and name the failures."""
    page = tap.text_of("man/lexecon-errors.7")
    codes = dict(re.findall(r"^\.It (\d+) Li (\w+) , No \w+_error$", page, re.MULTILINE)
                 + re.findall(r"^\.It (\d+) Li (\w+) , No policy_violation$", page, re.MULTILINE))
    enum = tap.text_of("cli/exit_code.hpp").partition("enum class ExitCode")[2].partition("}")[0]
    numbers = {name: number for name, number in re.findall(r"(\w+) = (\d+)", enum)}
    declared = tap.text_of("libcore/base/error.hpp").partition("enum class ErrorCode")[2]
    names = re.findall(r"^  (\w+),", declared.partition("}")[0], re.MULTILINE)
    for name in names:
        if codes.get(numbers.get(name)) != name:
            yield f"lexecon-errors(7): {name} should stand beside {numbers.get(name)}"
    if len(codes) != len(names):
        yield f"lexecon-errors(7): {len(codes)} failures, error.hpp has {len(names)}"
    yield from class_faults(page)


def class_faults(page):
    """The class beside each failure, against the switch of error_class()."""
    body = tap.text_of("cli/exit_code.cpp").partition("error_class(ErrorCode code) {")[2]
    cases = []
    for line in body.split("\n"):
        case = re.search(r"case ErrorCode::(\w+):", line)
        if case:
            cases.append(case.group(1))
        answer = re.search(r'return "(\w+)";', line)
        if answer:
            for name in cases:
                if not re.search(rf"^\.It \d+ Li {name} , No {answer.group(1)}$", page, re.MULTILINE):
                    yield f"lexecon-errors(7): {name} is of class {answer.group(1)}"
            cases = []


def environment_faults(names, shown):
    """The variables that the sources read, those of ENVIRONMENT in lexecon(1), those of `lexecon env`."""
    read = set()
    for name in names:
        if name.startswith(("cli/", "libcore/")) and name.endswith(".cpp"):
            text = tap.text_of(name)
            read.update(re.findall(r'(?:getenv|folder_in)\("(\w+)"\)', text))
            # What a child is given: arrays of names and nothing else.
            for listed in re.findall(r"array<std::string_view, \d+> \w+\{([^}]*)\}", text):
                if re.fullmatch(r'[\s,"A-Z_]*', listed):
                    read.update(re.findall(r'"(\w+)"', listed))
    section = tap.text_of("man/lexecon.1").partition(".Sh ENVIRONMENT\n")[2].partition(".Sh ")[0]
    documented = set(re.findall(r"^\.It Ev (\w+)$", section, re.MULTILINE))
    for where, found in (("ENVIRONMENT of lexecon(1)", documented), ("lexecon env", shown)):
        for variable in sorted(found ^ read):
            yield f"{where}: {variable} is {'read and not there' if variable in read else 'not read'}"
    if len(read) < 10:
        yield f"only {len(read)} variables were found in the sources"


def run():
    out = tap.Tap("commands")
    names = set(tap.tracked())
    help_table = json.loads(lexecon("help", "--json"))
    commands = help_table["commands"]
    out.check(f"the table has commands ({len(commands)})", [] if len(commands) > 20 else ["too few"])
    out.check("each command has its files and lines, and no file is without a command",
              existence_faults(commands, names))
    pages = {path: tap.text_of(path) for path in sorted(names) if path.startswith("man/")}
    out.check("each page says what the command takes, an example first",
              [fault for command in commands if page_of(command) in pages
               for fault in page_faults(command, pages[page_of(command)])])
    out.check("lexecon(1) has the options of every command",
              option_faults("man/lexecon.1", pages["man/lexecon.1"], help_table["global_options"]))
    out.check("lexecon(1) names every command",
              [command["name"] for command in commands
               if f"Xr lexecon-{words(command, '-')} 1" not in pages["man/lexecon.1"]])
    out.check("pages refer to pages that exist", reference_faults(pages, names))
    out.check("lexecon-errors(7) has every failure with its exit code and class", error_faults())
    shown = {each["name"] for each in json.loads(lexecon("env", "--json"))["variables"]}
    out.check("every environment variable is in lexecon(1) and in lexecon env",
              environment_faults(names, shown))
    out.check("completions/ has what the binary prints",
              [f"run: lexecon completion {shell} > {path}" for shell, path in COMPLETIONS.items()
               if tap.text_of(path) != lexecon("completion", shell)])

    example = {"name": "x y", "positionals": [], "options": [
        {"name": "--a", "value": "A", "letter": "", "choices": ["b"]}]}
    out.check("an option that a page lacks, has too much or gives another value is found",
              [] if len(list(option_faults("p", ".It Fl -a Ar C\n.It Fl -z\n",
                                           example["options"]))) == 3 else ["not all three"])
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
