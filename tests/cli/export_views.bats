#!/usr/bin/env bats
# Views as a document, a sheet and a report: all that the log has is in them, and nothing in them acts.

# shellcheck source=tests/cli/views.bash
. "$BATS_TEST_DIRNAME/views.bash"

views() {
  export SOURCE_DATE_EPOCH=1700000000
  size=$(value /tree_size ledger checkpoint)
  "$LEXECON_BIN" ledger log --format jsonl 2>/dev/null | head -n "$size" >entries.jsonl
  local format
  for format in "$@"; do
    lex 0 export --format "$format" -o "view.$format" --size "$size" --disclose sealed "${by_bob[@]}" --json
    is "$(jq -r .format <<<"$output")" "$format"
    id=$(jq -r .export_id <<<"$output")
    root=$(jq -r .root_checksum <<<"$output")
  done
}

@test "no field of 38 kinds of entries is dropped from the document and the sheet, and the report has each entry" {
  busy_node
  is "$(kinds)" 38
  views json csv markdown
  lex 0 export -o package --size "$size" --disclose sealed "${by_bob[@]}"
  is "$(jq -r .export_id package/data/manifest.json)" "$id"
  is "$(grep -v '  data/manifest.json$' package/manifest-sha256.txt | sha256sum | cut -c 1-64)" "$root"
  is "$(jq -cS .package view.json)" "$(cat package/data/manifest.json)"
  diff <(jq -r '.files[] | .sha256 + "  " + .path' view.json) package/manifest-sha256.txt
  is "$(jq -r .checkpoint view.json)" "$(cat package/data/ledger/checkpoint)"
  is "$(jq -r .ledger_vkey view.json)" "$(cat package/data/keys/ledger.vkey)"

  python3 - entries.jsonl package/data/ledger/leaves.txt package/data/ledger/sealed.jsonl "$id" "$root" <<'END'
import csv, hashlib, json, re, sys

entries = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
leaves = open(sys.argv[2]).read().split()
sealed = {hashlib.sha256(line.rstrip("\n").encode()).hexdigest(): json.loads(line)
          for line in open(sys.argv[3], encoding="utf-8")}
view = json.load(open("view.json", encoding="utf-8"))
text = open("view.csv", newline="", encoding="utf-8").read()
rows = list(csv.DictReader(text.splitlines(keepends=True)))
assert text.endswith("\r\n") and text.count("\r\n") == len(entries) + 1
assert len(view["entries"]) == len(rows) == len(entries) == len(leaves), (len(rows), len(entries))
for name in ("view.json", "view.csv", "view.markdown"):
    for point in open(name, encoding="utf-8").read():
        assert point in "\r\n" or point.isprintable() or point == " ", (name, ascii(point))

def plain(cell):
    return cell[1:] if cell.startswith("'") else cell

states = set()
for seq, (line, leaf, item, row) in enumerate(zip(entries, leaves, view["entries"], rows)):
    entry = json.loads(line)
    assert item["entry"] == entry
    assert json.dumps(item["entry"], separators=(",", ":"), ensure_ascii=False, sort_keys=True) == line
    digest = hashlib.sha256(line.encode()).hexdigest()
    assert item["entry_hash"] == row["entry_hash"] == digest
    assert item["leaf_hash"] == row["leaf_hash"] == leaf
    for name in ("actor", "event_type", "origin", "previous_hash", "salt", "timestamp", "entry_id"):
        assert plain(row[name]) == entry[name], name
    assert row["entry_version"] == entry["v"] and row["seq"] == str(seq)
    assert json.loads(plain(row["data"])) == entry["data"]
    assert (row["sealed_hash"] or None) == entry["sealed_hash"]
    assert row["rendering_of_package"] == sys.argv[4] and row["root_checksum"] == sys.argv[5]
    assert row["withheld_before"] == "0" and row["tree_size"] == str(len(entries))
    content = sealed.get(entry["sealed_hash"])
    assert item["sealed"]["content"] == content
    assert (json.loads(row["sealed_content"]) if row["sealed_content"] else None) == content
    assert item["sealed"]["state"] == row["sealed_state"]
    states.add(row["sealed_state"])
    if entry["event_type"] == "decision":
        for name in ("decision_id", "outcome", "reason_code", "action", "reasoning"):
            assert plain(row[name]) == entry["data"][name], name
        assert row["matched"].split() == entry["data"]["policy"]["matched"]
    for cell in row.values():
        assert not re.match(r"\s*[=+\-@\t\r\n\0]", cell), cell
assert states == {"none", "disclosed", "erased"}, states

# Who names whom, both ways.
by_id = {item["entry"]["entry_id"]: item for item in view["entries"]}
for name, item in by_id.items():
    for earlier in item["names"]:
        assert name in by_id[earlier]["named_by"], (name, earlier)
        assert by_id[earlier]["entry"]["seq"] < item["entry"]["seq"]
def only(kind):
    return [item for item in view["entries"] if item["entry"]["event_type"] == kind]
def named(kind):
    return {by_id[name]["entry"]["event_type"] for item in only(kind) for name in item["names"]}
assert named("token.issued") == {"decision", "escalation.resolved"}
assert named("token.used") == {"token.issued"}
assert named("escalation.created") == {"decision"}
assert named("override.created") == {"decision"}
assert named("override.enacted") == {"override.created"}
assert named("oversight.resumed") == {"oversight.stopped"}
assert named("hold.released") == {"hold.placed"}
assert named("evidence.linked") >= {"evidence.added"}
assert named("export.sealed") == {"export.requested"}
erased = [item for item in view["entries"] if item["sealed"]["state"] == "erased"]
assert [item["sealed"]["erased_by"] for item in erased] == [only("sealed.erased")[0]["entry"]["entry_id"]]
END

  # Its schema describes the document.
  stderr=
  output=$(jq -c . view.json)
  keep_documents 0 export --format json

  # The report has a row for each entry, and says what it is.
  has "$(head -n 3 view.markdown)" 'It is not signed and proves nothing'
  has "$(cat view.markdown)" "| Package | \`$id\` |"
  is "$(sed -n '/^## Decisions/,/^## Denied/p; /^## Escalations/,$p' view.markdown | grep -cE '^\| [0-9]+ \|')" "$size"
  has "$(sed -n '/^## Denied/,/^## Escalations/p' view.markdown)" "\`$denied\`"
  # Texts of people are in it, and cannot end their cell.
  is "$(grep -c 'javascript:alert' view.markdown)" 5
  is "$(sed -n '/^## Decisions/,/^## Denied/p' view.markdown | grep '^|' | tr -dc '|\n' | sort -u)" '|||||||||||'
}

@test "a report renders as what it says: no markup of an entry acts" {
  command -v cmark-gfm >/dev/null || skip 'no cmark-gfm here'
  busy_node
  views markdown
  cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tagfilter view.markdown >report.html
  is "$(grep -oE '<[a-z0-9]+' report.html | sort -u | tr '\n' ' ')" \
    '<blockquote <code <h1 <h2 <li <ol <p <pre <table <tbody <td <th <thead <tr <ul '
  run ! grep -qE '<(a|img|script)' report.html
}

@test "two runs give the same bytes, and what was recorded meanwhile is not in them" {
  busy_node
  views json csv markdown html
  mkdir first
  mv view.* first
  local format
  for format in json csv markdown html; do
    lex 0 export --format "$format" -o "view.$format" --size "$size" --disclose sealed "${by_bob[@]}"
    diff -r "first/view.$format" "view.$format"
  done
  # Nothing but their package and its entries is in them: another size gives another view.
  lex 0 export --format csv -o later.csv --disclose sealed "${by_bob[@]}"
  run ! cmp -s view.csv later.csv
}

@test "without disclosure a view says how much is withheld" {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --intent confidential --no-token
  local format
  for format in json csv markdown html; do
    lex 0 export --format "$format" -o "view.$format"
    has "$output" 'view       '
    run ! grep -rq confidential "view.$format"
  done
  is "$(jq -c '[.entries[] | .sealed.state] | unique' view.json)" '["none","withheld"]'
  is "$(jq .package.contents.withheld_sealed view.json)" 1
  has "$(cat view.markdown)" '1 sealed content withheld'
  has "$(cat view.html/index.html)" '1 sealed content withheld'
  is "$(stat -c %a view.json view.html view.html/index.html | tr '\n' ' ')" '600 700 600 '
}

@test "a view stands where nothing stood, or not at all" {
  fresh_node
  : >taken
  lex 73 export --format html -o taken
  lex 73 export --format json -o nowhere/view
  lex 64 export --format pdf -o view
  (ulimit -f 1 && lex 74 export --format html -o view)
  run ! ls -d view*
  is "$(value /tree_size ledger checkpoint)" 3
}

@test "a view of a part of the log says what makes the package of that part" {
  fresh_node
  lex 0 decide --actor ai_agent:x --action read --tenant acme --no-token
  lex 0 decide --actor ai_agent:y --action read --tenant other --no-token
  lex 0 export --format markdown -o part.md --tenant acme --scope decisions --from 1d
  command=$(grep -o '^ *lexecon export --size .*' part.md | sed 's/^ *lexecon//')
  has "$command" "--tenant 'acme'"
  has "$command" '--scope decisions --from '
  eval "lex 0 $command"
  root=$(sed -n 's/^| Root checksum | `\([0-9a-f]*\)` |$/\1/p' part.md)
  is "$(grep -v '  data/manifest.json$' package/manifest-sha256.txt | sha256sum | cut -c 1-64)" "$root"
}
