#!/usr/bin/python3
"""Every JSON document that the black-box tests saw is as templates/schemas says.

  documents.py FOLDER         the documents of some test files
  documents.py --all FOLDER   of all: every command, schema and member was seen, too

FOLDER holds what keep_documents() of tests/cli/lib.bash wrote. Users' schemas let objects grow; here an
object is closed unless its schema says otherwise, so that no member goes undocumented. Needs Debian's
python3-jsonschema; the table of commands is that of $LEXECON_BIN, else build/release/lexecon.
"""

import copy
import json
import os
import pathlib
import subprocess
import sys

import tap

try:
    import jsonschema
except ImportError:
    sys.exit("documents.py: install python3-jsonschema, and run this with /usr/bin/python3")

FOLDER = tap.ROOT / "templates/schemas"
BINARY = os.environ.get("LEXECON_BIN", str(tap.ROOT / "build/release/lexecon"))
SHARED = "lexecon.types.json"  # no document by itself
LISTS = ("anyOf", "oneOf", "allOf")


def schema_files():
    return {path.name: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(FOLDER.glob("*.json"))}


def strict(schema):
    """The same schema with closed objects, and with one branch at least of every list of branches."""
    # Without $schema: the library would take its own validator for a schema that names a draft.
    schema = {keyword: part for keyword, part in schema.items() if keyword != "$schema"}
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)
    for keyword in ("properties", "definitions"):
        if keyword in schema:
            schema[keyword] = {name: strict(part) for name, part in schema[keyword].items()}
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            schema[keyword] = strict(schema[keyword])
    for keyword in LISTS:
        if keyword not in schema:
            continue
        conditions = [part["if"] for part in schema[keyword] if "if" in part]
        if conditions:
            schema["anyOf"] = conditions
        else:
            schema[keyword] = [strict(part) for part in schema[keyword]]
    return schema


class Checker:
    """Validates documents by their `schema` member, and keeps what was seen of the schemas."""

    def __init__(self, files):
        self.files = {name: strict(schema) for name, schema in files.items()}
        self.seen_schemas = set()
        self.seen_members = set()
        original = jsonschema.Draft7Validator.VALIDATORS["properties"]

        def properties(validator, members, instance, schema):
            if isinstance(instance, dict):
                self.seen_members.update((id(members), name) for name in members if name in instance)
            return original(validator, members, instance, schema)

        kind = jsonschema.validators.extend(jsonschema.Draft7Validator, {"properties": properties})
        # One resolver for all: a schema refers to others by the names of their files.
        self.validators = {
            name: kind(schema, resolver=jsonschema.RefResolver(name, schema, store=self.files))
            for name, schema in self.files.items()}

    def faults(self, document):
        if not isinstance(document, dict):
            return ["not an object"]
        kind = document.get("schema")
        if kind is None and document.get("v") == "lexecon-entry/1":
            kind = "lexecon.stored_entry/1"
        if not isinstance(kind, str):
            return ["has no `schema`"]
        name = kind.replace("/", ".") + ".json"
        if name not in self.files:
            return [f"`{kind}` has no templates/schemas/{name}"]
        self.seen_schemas.add(name)
        return [f"{kind}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
                for error in self.validators[name].iter_errors(document)]

    def unseen(self):
        """Schemas of which there was no document, and members that none of them had."""
        for name, schema in self.files.items():
            if name != SHARED and name not in self.seen_schemas:
                yield f"templates/schemas/{name}: no test shows such a document"
            else:
                yield from self.unseen_members(name, schema, "")

    def unseen_members(self, name, schema, where):
        members = schema.get("properties", {})
        for member in members:
            if (id(members), member) not in self.seen_members:
                yield f"templates/schemas/{name}: no test shows {where}/{member}"
        for keyword in ("properties", "definitions"):
            for member, part in schema.get(keyword, {}).items():
                yield from self.unseen_members(name, part, f"{where}/{member}")
        for keyword in ("items", "additionalProperties"):
            if isinstance(schema.get(keyword), dict):
                yield from self.unseen_members(name, schema[keyword], where)
        for keyword in LISTS:
            for part in schema.get(keyword, []):
                if "if" not in part:
                    yield from self.unseen_members(name, part, where)


class Call:
    """One call of the program that printed JSON or should have."""

    def __init__(self, header):
        self.file, status, *self.arguments = header.split("\x1f")
        self.status = int(status)
        self.answers = []
        self.errors = []

    def __str__(self):
        return f"{self.file}: lexecon {' '.join(self.arguments)} (exit {self.status})"

    @property
    def in_lines(self):
        return "--batch" in self.arguments or "jsonl" in self.arguments

    def command(self, names):
        """The first words that name one: an option's value that does so too is nobody's test."""
        for start in range(len(self.arguments)):
            for length in (3, 2, 1):
                words = " ".join(self.arguments[start:start + length])
                if words in names:
                    return words
        return None

    def count_faults(self):
        """--json is one document: an answer on stdout, or an error on stderr."""
        if "--json" not in self.arguments or self.in_lines:
            return
        wanted = (0, 1) if self.status >= 64 else (1, 0)
        if (len(self.answers), len(self.errors)) != wanted:
            yield (f"{len(self.answers)} lines on stdout and {len(self.errors)} documents on stderr, "
                   f"expected {wanted[0]} and {wanted[1]}")


def calls_in(folder):
    for path in sorted(folder.iterdir()):
        call = None
        for line in path.read_text(encoding="utf-8", errors="surrogateescape").split("\n"):
            if line.startswith("> "):
                if call:
                    yield call
                call = Call(line[2:])
            elif line.startswith("1 "):
                call.answers.append(line[2:])
            elif line.startswith("2 "):
                call.errors.append(line[2:])
        if call:
            yield call


def call_faults(checker, calls, known):
    """`known` keeps what a text was found to be: many tests see the same one."""
    for call in calls:
        for fault in call.count_faults():
            yield f"{call}: {fault}"
        for text in call.answers + call.errors:
            if text not in known:
                try:
                    known[text] = checker.faults(json.loads(text))
                except ValueError as error:
                    known[text] = [f"not JSON: {error}"]
            for fault in known[text]:
                yield f"{call}: {fault}"


def schema_faults(files):
    """Draft-07, named as the document, and written for users."""
    for name, schema in files.items():
        try:
            jsonschema.Draft7Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{name}: {error.message}"
        if schema.get("$schema") != "http://json-schema.org/draft-07/schema#":
            yield f"{name}: expected $schema of draft-07"
        if schema.get("$id") != name:
            yield f"{name}: expected its own name as $id"
        for member in ("title", "description"):
            if not schema.get(member):
                yield f"{name}: lacks {member}"
        constant = schema.get("properties", {}).get("schema", {}).get("const")
        if constant is not None and constant.replace("/", ".") + ".json" != name:
            yield f"{name}: is about `{constant}`"
        if schema.get("additionalProperties") is False:
            yield f"{name}: documents may grow: leave additionalProperties out"


def vector_faults(checker):
    """Our test vectors of entries: no test of a release can move the clock, as one of them needs."""
    vectors = json.loads(tap.text_of("tests/data/entries/entries.json"))
    for each in vectors["entries"]:
        entry = json.loads(each["bytes"])
        if entry["event_type"] == "something.else":
            continue  # of a type that no version writes
        for fault in checker.faults(entry):
            yield f"tests/data/entries/entries.json: {entry['entry_id']}: {fault}"


def help_table():
    return json.loads(subprocess.run([BINARY, "help", "--json"], capture_output=True, check=True,
                                     env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}).stdout)


def silent_commands(calls):
    names = {command["name"] for command in help_table()["commands"]}
    spoken = {call.command(names) for call in calls if call.answers and call.status < 64}
    for name in sorted(names - spoken):
        yield f"lexecon {name}: no test calls it with --json"


def self_test(files):
    """What this must find in documents that are wrong."""
    sample = {"schema": "lexecon.policy_hash/1", "policy_hash": "0" * 64, "of": "draft"}
    entry = {"v": "lexecon-entry/1", "actor": "node:a", "data": {}, "entry_id": "entry_1",
             "event_type": "a.b", "origin": "o", "previous_hash": "0" * 64, "salt": "0" * 32,
             "sealed_hash": None, "seq": 1, "timestamp": "2026-01-01T00:00:00.000000Z"}
    checker = Checker(files)
    if checker.faults(sample):
        yield "a good document is refused"
    for name, wrong in {"a member too many": dict(sample, more=1),
                        "a member too few": {key: sample[key] for key in ("schema", "of")},
                        "a value of another kind": dict(sample, of="else"),
                        "a document without schema": {"of": "draft"},
                        "a document without file": {"schema": "lexecon.nothing/1"},
                        "an entry of a type without schema": entry}.items():
        if not checker.faults(wrong):
            yield f"{name} is not found"
    if not any("no test shows" in fault for fault in checker.unseen()):
        yield "a schema that nothing shows is not found"
    header = "x.bats\x1f0\x1fpolicy\x1fhash\x1f--json"
    if not list(Call(header).count_faults()) or Call(header).command({"policy hash"}) is None:
        yield "an answer that was not printed is not found"


def run(arguments):
    everything = arguments[:1] == ["--all"]
    folder = pathlib.Path(arguments[-1])
    files = schema_files()
    out = tap.Tap("documents")
    out.check("the schemas are draft-07 and say what they are", schema_faults(files))
    out.check("what is wrong is found", self_test(copy.deepcopy(files)))
    checker = Checker(files)
    calls = list(calls_in(folder))
    known = {}
    faults = list(dict.fromkeys(call_faults(checker, calls, known)))
    out.check(f"what {len(calls)} calls printed, {len(known)} documents, is as the schemas say", faults)
    out.check("the entries of tests/data are, too", vector_faults(checker))
    if everything:
        out.check("every command was called with --json", silent_commands(calls))
        out.check("every schema and member was seen", checker.unseen())
    return out.finish()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    tap.main(lambda: run(sys.argv[1:]))
