# shellcheck shell=bash
# A run of some test files holds the documents that they saw against templates/schemas.
# `./bootstrap test` sets LEXECON_DOCUMENTS and does it once, over all of them.

setup_suite() { :; }

teardown_suite() {
  [[ -z ${LEXECON_DOCUMENTS-} ]] || return 0
  /usr/bin/python3 -B "$BATS_TEST_DIRNAME/../repo/documents.py" "$BATS_RUN_TMPDIR/documents" >&2
}
