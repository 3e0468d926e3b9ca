#!/usr/bin/env bats
# Pages as a browser sees them: Chromium without network, on a log that tries to act.

# shellcheck source=tests/cli/views.bash
. "$BATS_TEST_DIRNAME/views.bash"

setup() {
  browser=$(command -v chromium-headless-shell || command -v chromium || true)
}

# dom FILE: the page after everything that it could do was done. Nothing can be fetched.
dom() {
  local alone=()
  ! unshare -n true 2>/dev/null || alone=(unshare -n)
  timeout 60 "${alone[@]}" "$browser" --headless --no-sandbox --disable-gpu --virtual-time-budget=2000 \
    --proxy-server=127.0.0.1:9 --user-data-dir="$BATS_TEST_TMPDIR/browser" \
    --dump-dom "file://$PWD/$1" 2>/dev/null
}

pages() {
  lex 0 export --format html -o view --disclose sealed "${by_bob[@]}" --json
  id=$(jq -r .export_id <<<"$output")
  root=$(jq -r .root_checksum <<<"$output")
  entries=$(jq .contents.entries <<<"$output")
}

@test "every page is well formed, closed to scripts and to the network, and says what it is of" {
  busy_node
  pages
  local page links
  while IFS= read -r page; do
    ! command -v xmllint >/dev/null || xmllint --noout "$page"
    has "$(cat "$page")" "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    has "$(cat "$page")" "<code>$id</code>, root checksum <code>$root</code>"
    has "$(cat "$page")" 'It is not signed and proves nothing'
    # No element but these, no attribute but those, whatever stands in the log.
    is "$(grep -oE '<[a-zA-Z][a-zA-Z0-9]*' "$page" | sort -u |
      grep -vxE '<(html|head|meta|title|style|body|header|h1|h2|p|a|main|nav|section|div|table|colgroup|col|caption|thead|tbody|tr|th|td|time|code|b|span|dl|dt|dd|ul|ol|li|pre|details|summary)')" ''
    is "$(grep -oE '<[a-z][^>]*>' "$page" | grep -oE ' [a-z-]+="' | sort -u |
      grep -vxE ' (lang|xmlns|charset|http-equiv|content|name|class|role|href|id|scope|style|datetime|colspan|aria-label|aria-hidden)="')" ''
    run ! grep -qE '(src|href)="?(https?:|//|data:|javascript:)' "$page"
  done < <(find view -name '*.html')
  # Every link leads somewhere.
  while IFS= read -r page; do
    while IFS= read -r links; do
      local file=${links%%#*} anchor=
      [[ $links != *'#'* ]] || anchor=${links#*#}
      file=${file:+$(dirname "$page")/$file}
      file=${file:-$page}
      [[ -z $anchor ]] || grep -q "id=\"$anchor\"" "$file"
      [[ -f $file ]]
    done < <(grep -oE 'href="[^"]*"' "$page" | cut -d '"' -f 2 | sort -u)
  done < <(find view -name '*.html')
}

@test "a browser shows every entry, its links and its chain, and nothing of the log acts" {
  [[ -n $browser ]] || skip 'no chromium here'
  busy_node
  pages
  dom view/index.html >index
  has "$(cat index)" "<title>Ledger view of example.org/views</title>"
  has "$(cat index)" "<code>$id</code>"
  has "$(cat index)" "$entries entries by type"
  has "$(cat index)" '4 decisions by outcome'
  has "$(cat index)" 'lexecon verify package --key ledger.vkey'
  has "$(cat index)" '1 sealed content erased'
  dom view/pages/0001.html >page
  # A script of the log would have set the title, an image would stand in the page.
  has "$(cat page)" '<title>Entries, page 1, example.org/views</title>'
  run ! grep -qE '<(script|img)|onerror="|owned</title>' page
  has "$(cat page)" '&lt;script&gt;document.title="owned"&lt;/script&gt;'
  is "$(grep -o '<tbody id="e[0-9]*"' page | wc -l)" "$entries"
  has "$(cat page)" "1 to $entries of $entries entries"
  local hash
  hash=$("$LEXECON_BIN" ledger log --format jsonl | sed -n 7p | tr -d '\n' | sha256sum | cut -c 1-64)
  has "$(cat page)" "<dt>entry hash</dt><dd><code>$hash</code></dd>"
  has "$(cat page)" "<dt>previous hash</dt><dd><code>$hash</code></dd>"
  has "$(cat page)" '<span class="mark escalated">escalated</span>'
  has "$(grep -A 3 '<tbody id="e6"' page)" '<a href="#e7">entry_7</a>'
  has "$(grep -A 3 '<tbody id="e7"' page)" '<a href="#e6">entry_6</a>'
  # Neither a mark of direction nor an escape of a terminal is left.
  run ! grep -qP '[\x{202a}-\x{202e}\x{2066}-\x{2069}\x00-\x08\x0b-\x1f\x7f]' page
  dom view/rules.html >rules
  has "$(cat rules)" '&lt;/pre&gt;&lt;script&gt;'
  dom view/refused/0001.html >refused
  is "$(grep -o '<tbody id="l[0-9]*"' refused | wc -l)" 4
  dom view/people/0001.html >people
  has "$(cat people)" 'override.created'
}

@test "pages have a thousand entries each, and all are counted" {
  fresh_node
  yes '{"actor":"ai_agent:x","action":"read"}' | head -n 2100 >requests
  lex 0 decide --batch requests --no-token
  lex 0 export --format html -o view
  is "$(find view/pages -name '*.html' | wc -l)" 3
  is "$(cat view/pages/*.html | grep -o '<tbody id="e[0-9]*"' | sort -u | wc -l)" 2103
  has "$(cat view/pages/0002.html)" 'Page 2 of 3: 1,001 to 2,000 of 2,103 entries, 1,000 of them decisions, 1,000 approved'
  has "$(cat view/pages/0002.html)" '<a href="../pages/0003.html">Next page</a>'
  has "$(cat view/index.html)" '<a href="pages/0003.html">3</a></th><td class="n">2,000</td><td class="n">2,102</td>'
  (($(stat -c %s view/index.html) < 2000000))
}
