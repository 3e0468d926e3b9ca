#!/usr/bin/python3
"""The schemas that editors read accept what is shipped and refuse what the program refuses.

Needs Debian's python3-jsonschema and python3-yaml.
"""

import copy
import json
import sys

import tap

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit("editor.py: install python3-jsonschema and python3-yaml, and run this with /usr/bin/python3")

# What no schema can say: it is about two values at once, or about how the text is written.
BEYOND = {
    "a window that is empty",
    "an older permits with one end",
    "a key twice",
    "an anchor",
    "two constraints of one name",
}


class Loader(yaml.SafeLoader):
    """YAML with times as texts, as the program reads it."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def validator(name):
    schema = json.loads(tap.text_of(f"templates/editor/{name}.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def faults(kind, text):
    try:
        document = yaml.load(text, Loader)
    except yaml.YAMLError as error:
        return [f"not YAML: {error}"]
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"
            for error in kind.iter_errors(document)]


def refused_files():
    """(name, text) of tests/data/policy/errors.txt."""
    for case in tap.text_of("tests/data/policy/errors.txt").split("\n--- "):
        name, _, rest = case.removeprefix("--- ").partition("\n")
        text, _, said = rest.partition("\n=> ")
        if "bad condition:" not in said:  # expressions are a language of their own
            yield name, text + "\n"


def good_files():
    """What is shipped, and what the tests of lint hold for good."""
    for name in tap.tracked():
        if not name.endswith(".yaml") or "/tests/" in name.removeprefix("tests/"):
            continue
        if name.startswith("policies/") and "/policies/" in name:
            yield "policy", name
        elif name.startswith("policies/") and name.endswith("/risk.yaml"):
            yield "risk", name
        elif name.startswith("tests/data/lint/") and "/LX001/" not in name:
            yield "risk" if name.endswith("risk.yaml") else "policy", name


def acceptance_faults(kinds):
    count = 0
    for kind, name in good_files():
        count += 1
        for fault in faults(kinds[kind], tap.text_of(name)):
            yield f"{name}: {fault}"
    if count == 0:
        yield "no file was looked at"


def refusal_faults(kinds):
    names = set()
    for name, text in refused_files():
        names.add(name)
        refused = bool(faults(kinds["policy"], text))
        if refused == (name in BEYOND):
            yield f"{name}: the schema {'refuses' if refused else 'accepts'} it"
    for name in sorted(BEYOND - names):
        yield f"`{name}` is no case of errors.txt"


def objects_of(part):
    if isinstance(part, dict):
        if "properties" in part and "type" in part:
            yield part
        for each in part.values():
            yield from objects_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from objects_of(each)


def description_faults():
    """An editor shows what a key is for."""
    for kind in ("policy", "risk"):
        for each in objects_of(json.loads(tap.text_of(f"templates/editor/{kind}.json"))):
            for key, member in each["properties"].items():
                if not any(word in member for word in ("description", "enum", "minimum")):
                    if key not in ("effective_from", "effective_until"):
                        yield f"templates/editor/{kind}.json: {key} has no description"


def self_test(kinds):
    good = {"terms": [{"id": "actor:a", "type": "actor"}]}
    if list(kinds["policy"].iter_errors(good)):
        yield "a good file is refused"
    for change in ({"terms": [{"id": "actor:a", "type": "action"}]}, {"mode": "lax"}, {"rules": []}):
        if not list(kinds["policy"].iter_errors(dict(copy.deepcopy(good), **change))):
            yield f"{change} is not refused"


def run():
    kinds = {kind: validator(kind) for kind in ("policy", "risk")}
    out = tap.Tap("editor")
    out.check("what is wrong is found", self_test(kinds))
    out.check("what is shipped is accepted", acceptance_faults(kinds))
    out.check("what the program refuses is refused", refusal_faults(kinds))
    out.check("every key says what it is for", description_faults())
    return out.finish()


if __name__ == "__main__":
    tap.main(run)
