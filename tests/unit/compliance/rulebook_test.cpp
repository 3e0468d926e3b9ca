#include "compliance/rulebook.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"

TEST_SUITE_BEGIN("compliance/rulebook");

namespace lexecon::compliance {
namespace {

const std::string law = R"(schema: lexecon.rulebook/1
id: small_law
name: A small law
version: 2026-11-20
edition: first
checked_on: 2026-11-21
licence: free
sources: [a gazette]
law:
  - {id: v1, from: 2024-01-01, name: as published, consolidated_celex: C1}
  - {id: v2, from: 2025-01-01, name: as amended, consolidated_celex: C2}
penalties: {fine: a lot}
dates:
  usual:
    - {all: 2024-06-01, basis: Art. 9}
    - annex_iii: 2026-01-01
      annex_i: 2027-01-01
      formal: 2025-06-01
      disputed: true
      basis: Art. 9a
      transitions:
        - {of: system, route: annex_iii, placed_before: 2026-01-01, public_bodies: 2030-01-01, basis: Art. 8}
        - {of: system, route: annex_i, placed_before: 2027-01-01, basis: Art. 8}
  late:
    - {}
    - {all: 2026-12-02, basis: Art. 9, transitions: [{of: model, placed_before: 2026-01-01, from: 2027-01-01, basis: Art. 7}]}
demands:
  - id: s-1.1
    article: '1'
    paragraph: 1(a)
    title: Records
    duty: Keep records.
    formerly: Keep some records.
    roles: [provider, deployer]
    scope: high_risk
    reach: evidences
    kinds: [record]
    dates: usual
    penalty_tier: fine through Art. 5
  - {id: s-2, article: '2', title: Papers, duty: Keep papers., reach: external, kinds: [paper], dates: late}
)";

const std::string kinds = R"(schema: lexecon.rulebook/1
id: kinds
name: Kinds
version: 2026-11-20
edition: first
checked_on: 2026-11-20
licence: free
sources: [us]
kinds:
  record:
    meaning: a record
    stands: true
    stale_after: 6mo
    matches:
      - {event: decision, where: {/outcome: [approved, denied], /token/jti: any}}
      - {event: evidence.linked, signed: true, demand_at: [/control]}
  paper: {meaning: a paper, occasional: true}
  unused: {meaning: nothing that anybody asks for}
)";

const std::string framework = R"(schema: lexecon.rulebook/1
id: small
name: A framework
version: 2026-11-20
edition: first
checked_on: 2026-11-20
licence: free
sources: [us]
denominator: both controls
demands:
  - {id: C1, title: Records, strength: strong, kinds: [record], note: ours}
  - {id: C2.a, reference: C2(a), title: Doors}
)";

std::vector<EvidenceKind> shared() { return read_rulebook(kinds, "kinds.yaml", {}).kinds; }
Rulebook read(const std::string& text) { return read_rulebook(text, "b.yaml", shared()); }
Date on(const char* text) { return parse_date(text).value(); }

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a law is read with its versions, dates, transitions and fines") {
  const auto book = read(law);
  CHECK(book.id == "small_law");
  CHECK(book.digest == crypto::sha256(law));
  REQUIRE(book.versions.size() == 2);
  CHECK(book.versions[1].consolidated_celex == "C2");
  const auto* demand = book.find("s-1.1");
  REQUIRE(demand != nullptr);
  CHECK(demand->reference == "Art. 1(1)(a)");
  CHECK(demand->reach == Reach::evidences);
  CHECK(demand->penalty_tier == "fine through Art. 5");
  REQUIRE(demand->dates.size() == 2);
  CHECK(demand->dates[0].all == on("2024-06-01"));
  CHECK(demand->dates[1].formal == on("2025-06-01"));
  REQUIRE(demand->dates[1].transitions.size() == 2);
  CHECK(demand->dates[1].transitions[0].public_bodies == on("2030-01-01"));
  CHECK_FALSE(demand->dates[1].transitions[1].from.has_value());
  CHECK_FALSE(book.find("s-2")->dates[0].exists());
  CHECK(book.find("s-2")->dates[1].transitions[0].from == on("2027-01-01"));
  CHECK(book.find("s-2")->reference == "Art. 2");
}

TEST_CASE("a duty is that of the version of the law that was in force") {
  const auto book = read(law);
  CHECK(book.version_on(on("2024-12-31")) == 0);
  CHECK(book.version_on(on("2025-01-01")) == 1);
  CHECK_THROWS_AS(static_cast<void>(book.version_on(on("2023-12-31"))), Error);
  CHECK(duty_in(book, *book.find("s-1.1"), 0) == "Keep some records.");
  CHECK(duty_in(book, *book.find("s-1.1"), 1) == "Keep records.");
  CHECK(duty_in(book, *book.find("s-2"), 0) == "Keep papers.");
}

TEST_CASE("a framework has controls, of which some have evidence") {
  const auto book = read(framework);
  CHECK(book.version_on(on("1999-01-01")) == 0);
  CHECK(book.denominator == "both controls");
  CHECK(book.find("C1")->reach == Reach::supports);
  CHECK(book.find("C1")->reference == "C1");
  CHECK(book.find("C2.a")->reach == Reach::external);
  CHECK(book.find("C2.a")->reference == "C2(a)");
  CHECK(book.find("C3") == nullptr);
}

TEST_CASE("kinds tell which entries they are, and a rulebook keeps those that it names") {
  const auto book = read(framework);
  REQUIRE(book.kinds.size() == 1);
  CHECK(book.kind("paper") == nullptr);
  const auto* kind = book.kind("record");
  REQUIRE(kind != nullptr);
  CHECK(kind->stands);
  CHECK(kind->stale_after == Span{6, 0});
  REQUIRE(kind->matches.size() == 2);
  REQUIRE(kind->matches[0].where.size() == 2);
  CHECK(kind->matches[0].where[0].values == std::vector<std::string>{"approved", "denied"});
  CHECK(kind->matches[0].where[1].values.empty());
  CHECK_FALSE(kind->matches[0].is_signed);
  CHECK(kind->matches[1].is_signed);
  CHECK(kind->matches[1].demand_at == std::vector<std::string>{"/control"});
  CHECK(read(law).kind("paper")->is_occasional);
  CHECK(shared().size() == 3);
}

TEST_CASE("a rulebook may have kinds of its own") {
  const auto book =
      read(changed(framework, "demands:", "kinds: {door: {meaning: a door}}\ndemands:")
               .append("  - {id: C3, title: Gates, strength: weak, kinds: [door]}\n"));
  CHECK(book.kind("door")->meaning == "a door");
}

struct Refusal {
  std::string from;
  std::string to;
  std::string where;
  std::string message;  // a part of it
};

void check_refused(const std::string& text, const Refusal& row) {
  CAPTURE(row.to);
  try {
    static_cast<void>(read(changed(text, row.from, row.to)));
    FAIL("was read");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where() == "b.yaml:" + row.where);
    CHECK_MESSAGE(error.message().find(row.message) != std::string::npos, error.message());
  }
}

TEST_CASE("what no rulebook may say is refused with its place") {
  for (const auto& row : std::initializer_list<Refusal>{
           {"rulebook/1", "rulebook/2", "1:9", "lexecon.rulebook/1"},
           {"id: small_law", "id: Small Law", "2:5", "an id"},
           {"version: 2026-11-20", "version: 2026-02-30", "4:10", "a day as version"},
           {"name: A small law", "name: ''", "3:7", "one line"},
           {"name: A small law", "name: \"a\\nb\"", "3:7", "one line"},
           {"licence: free\n", "", "1:1", "licence"},
           {"licence: free", "license: free", "1:1", "licence"},
           {"sources: [a gazette]", "sources: [a, a]", "8:14", "once"},
           {"penalties:", "fines:", "39:19", "penalties"},
           {"from: 2025-01-01", "from: 2024-01-01", "11:5", "oldest first"},
           {"{all: 2024-06-01, basis: Art. 9}", "{all: 2024-06-01}", "15:7", "basis"},
           {"{all: 2024-06-01, basis: Art. 9}", "{basis: Art. 9}", "15:7", "`all`, or"},
           {"      annex_i: 2027-01-01\n", "", "16:7", "`all`, or"},
           {"      disputed: true\n", "", "16:7", "`formal`"},
           {"formal: 2025-06-01", "formal: 2026-06-01", "16:7", "before the dates"},
           {"disputed: true", "disputed: 'yes'", "19:17", "true or false"},
           {"of: system", "of: machine", "22:16", "system, model"},
           {"route: annex_i,", "route: annex_iii,", "23:11", "for each route"},
           {"route: annex_i,", "route: annex_ii,", "23:31", "annex_iii"},
           {"public_bodies: 2030-01-01", "public_bodies: 2025-01-01", "22:11", "public_bodies"},
           {"from: 2027-01-01", "from: 2025-01-01", "26:54", "`from` alone"},
           {"    - {}\n", "", "24:3", "for each version"},
           {"    - {all: 2026-12-02, ba", "    - {}\n    - {all: 2026-12-02, ba", "24:3",
            "each version"},
           {"id: s-2", "id: s-1.1", "40:5", "once"},
           {"id: s-1.1", "id: s 1", "28:9", "an identifier"},
           {"roles: [provider", "roles: [providr", "34:12", "in roles"},
           {"scope: high_risk", "scope: high_rsk", "35:12", "high_risk"},
           {"reach: evidences", "reach: evidence", "36:12", "evidences"},
           {"kinds: [record]", "kinds: [paper]", "36:12",
            "no entry by itself is of any of these kinds"},
           {"kinds: [record]", "kinds: [recrd]", "37:12", "a kind of evidence"},
           {"dates: usual", "dates: usul", "38:12", "classes of dates"},
           {"fine through", "fee through", "39:19", "one of `penalties`"},
           {"    duty: Keep records.\n", "", "28:5", "duty"},
           {"scope: high_risk", "scop: high_risk", "35:5", "scop"},
       }) {
    check_refused(law, row);
  }
}

TEST_CASE("what no framework may say is refused with its place") {
  for (const auto& row : std::initializer_list<Refusal>{
           {"strength: strong, ", "", "11:5", "`strength` and `kinds`"},
           {"kinds: [record], ", "", "11:5", "`strength` and `kinds`"},
           {"strength: strong", "strength: sure", "11:40", "strong, partial, weak"},
           {"title: Doors", "title: Doors, article: '3'", "12:48", "article"},
           {"title: Doors", "title: Doors, roles: [provider]", "12:48", "roles"},
       }) {
    check_refused(framework, row);
  }
  CHECK_THROWS_AS(static_cast<void>(read(framework.substr(0, framework.find("demands:")))), Error);
  CHECK_THROWS_AS(static_cast<void>(read(framework.substr(0, framework.find("  - {id: C1")))),
                  Error);
}

TEST_CASE("what no kind may say is refused with its place") {
  for (const auto& row : std::initializer_list<Refusal>{
           {"  record:", "  Record:", "10:3", "the id of a kind"},
           {"    meaning: a record\n", "", "11:5", "meaning"},
           {"stale_after: 6mo", "stale_after: soon", "13:18", "a span"},
           {"    stands: true\n", "", "12:18", "a kind that stands"},
           {"event: decision", "event: Decision", "15:17", "a type of event"},
           {"/outcome:", "outcome:", "15:35", "a JSON pointer"},
           {"[approved, denied]", "[]", "15:45", "a value of /outcome"},
           {"signed: true", "signed: 1", "16:42", "true or false"},
           {"[/control]", "[control]", "16:9", "a JSON pointer"},
           {"signed: true", "sined: true", "16:34", "sined"},
       }) {
    check_refused(kinds, row);
  }
  CHECK_THROWS_AS(static_cast<void>(read(kinds)), Error);  // shared ones, told again
}

TEST_CASE("an unknown rulebook is not there, and a near one is named") {
  try {
    static_cast<void>(rulebook("soc3"));
    FAIL("was found");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::not_found);
    CHECK(error.hint() == "did you mean `soc2`?");
  }
  CHECK_THROWS_AS(static_cast<void>(rulebook("evidence_kinds")), Error);
}

TEST_CASE("reaches have their words") {
  CHECK(to_string(Reach::evidences) == "evidences");
  CHECK(to_string(Reach::supports) == "supports");
  CHECK(to_string(Reach::external) == "external");
}

}  // namespace
}  // namespace lexecon::compliance
