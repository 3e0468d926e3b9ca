#include "compliance/evaluation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "json/json.hpp"
#include "json/slices.hpp"
#include "support/log_lines.hpp"
#include "support/support.hpp"

using namespace lexecon;
using namespace lexecon::compliance;
using State = EvidenceState;

namespace {

Date on(const std::string& text) { return parse_date(text).value(); }
const std::string digest(64, 'd');  // NOLINT(cert-err58-cpp)

/// A law with one demand of these kinds: `a` and `b` are shown by entries, `doc` and `paper` by none; `old` stands
/// for a year.
struct Desk {
  explicit Desk(Reach reach, std::vector<std::string> kinds) {
    book.id = "book";
    book.versions = {{}};
    Demand demand;
    demand.id = "one";
    demand.reach = reach;
    demand.kinds = std::move(kinds);
    book.demands = {demand};
    for (const std::string id : {"a", "b", "declaration", "doc", "old", "paper"}) {
      EvidenceKind kind;
      kind.id = id;
      kind.meaning = "what " + id + " is";
      if (id.size() == 1 || id == "old") kind.matches = {{}};
      if (id == "old") {
        kind.stands = true;
        kind.stale_after = Span{.months = 12};
      }
      book.kinds.push_back(kind);
    }
  }

  Desk& entries(const std::string& kind, const std::string& day = "2026-06-01") {
    EvidenceGatherer set;
    set.add(found.kinds.size(), start_of(on(day)), {});
    found.kinds[kind] = set.finish();
    return *this;
  }
  Desk& document() {
    EvidenceGatherer set;
    set.add(99, start_of(on("2026-06-01")), {});
    found.documents["one"] = set.finish();
    return *this;
  }
  Desk& say(const std::string& verb, const Json& more) {
    chain::Entry entry;
    entry.event_type = "compliance." + verb;
    entry.seq = ++seq;
    entry.timestamp = start_of(on(today));
    entry.data = {{"approval", {{"operator", "carol"}, {"role", "compliance_officer"}}},
                  {"evidence_id", nullptr},
                  {"expires_on", nullptr},
                  {"item", "one"},
                  {"kind", nullptr},
                  {"rulebook", "book"},
                  {"rulebook_sha256", digest},
                  {"system", "triage"}};
    entry.data.update(more);
    REQUIRE_FALSE(statements.take(entry));
    return *this;
  }
  Desk& declare(const Json& kind, const Json& expires_on = {}, const Json& evidence_id = {}) {
    return say("declared",
               {{"evidence_id", evidence_id}, {"expires_on", expires_on}, {"kind", kind}});
  }

  [[nodiscard]] Record record() const {
    return {.rulebook = book,
            .found = found,
            .statements = statements,
            .system = "triage",
            .from = on("2026-01-01"),
            .to = on("2026-12-31")};
  }
  [[nodiscard]] const Demand& demand() const { return book.demands.front(); }
  [[nodiscard]] EvidenceFinding finding() const { return evidence_of(demand(), record()); }
  [[nodiscard]] State state() const { return finding().state; }
  [[nodiscard]] std::optional<Gap> gap(
      Applicability::State applies = Applicability::State::applies) const {
    Applicability applicability;
    applicability.state = applies;
    applicability.from = on("2027-12-02");
    return gap_of(demand(), applicability, finding(), record());
  }

  Rulebook book;
  Found found;
  Statements statements;
  std::uint64_t seq = 100;
  std::string today = "2026-06-02";
};

}  // namespace

TEST_SUITE("compliance/evaluation") {
  TEST_CASE("what entries show is present when each kind that is asked for is there") {
    const auto desk = [] { return Desk(Reach::evidences, {"a", "b", "doc"}); };
    CHECK(desk().state() == State::none);
    CHECK(desk().entries("a").state() == State::partial);
    CHECK(desk().entries("a").finding().lacks == std::vector<std::string>{"b", "doc"});
    CHECK(desk().entries("a").entries("b").state() == State::partial);
    CHECK(desk().entries("a").entries("b").finding().lacks == std::vector<std::string>{"doc"});
    CHECK(desk().entries("a").entries("b").gap()->missing == std::vector<std::string>{"doc"});
    CHECK(desk().entries("a").entries("b").declare("doc").state() == State::present);
    CHECK(desk().declare("doc").state() == State::declared);
  }

  TEST_CASE("for what they support, entries alone are a part") {
    const auto desk = [] { return Desk(Reach::supports, {"a", "doc"}); };
    CHECK(desk().entries("a").state() == State::partial);
    CHECK(desk().entries("a").declare("doc").state() == State::present);
    CHECK(desk().entries("a").document().state() == State::present);
    CHECK(desk().declare("doc").state() == State::declared);
    CHECK(desk().document().state() == State::external);
    Desk alone(Reach::supports, {"a", "b"});
    CHECK(alone.entries("a").entries("b").state() == State::partial);
    CHECK(alone.gap()->missing ==
          std::vector<std::string>{"a document or a declaration beside the entries"});
    CHECK(alone.declare(nullptr).state() == State::present);
  }

  TEST_CASE("what is met elsewhere no entry shows") {
    const auto desk = [] { return Desk(Reach::external, {"a", "doc"}); };
    CHECK(desk().entries("a").state() == State::none);
    CHECK(desk().entries("a").finding().kinds.front().entries == nullptr);
    CHECK(desk().declare("doc").state() == State::declared);
    CHECK(desk().declare("doc", nullptr, "evd_1").state() == State::external);
    CHECK(desk().document().state() == State::external);
    Desk linked(Reach::external, {"doc", "linked"});
    EvidenceKind kind;
    kind.id = "linked";
    kind.matches = {{}};
    kind.matches.front().demand_at = {"/control"};
    linked.book.kinds.insert(linked.book.kinds.begin() + 4, kind);
    linked.entries("linked one").document();
    CHECK(linked.state() == State::external);
    CHECK(linked.finding().lacks.empty());
  }

  TEST_CASE("a document stands for a kind only where it can be of no other") {
    Desk desk(Reach::supports, {"a", "doc", "paper"});
    desk.entries("a").document();
    CHECK(desk.state() == State::partial);
    CHECK(desk.finding().lacks == std::vector<std::string>{"doc", "paper"});
    CHECK(desk.finding().documents->count == 1);
  }

  TEST_CASE("a declaration of the whole item is one of the kind declaration") {
    Desk desk(Reach::supports, {"declaration"});
    CHECK(desk.declare(nullptr).state() == State::declared);
    CHECK(desk.finding().lacks.empty());
    CHECK_FALSE(desk.gap());
  }

  TEST_CASE(
      "a declaration for the whole node holds for its systems, one of another system does not") {
    CHECK(Desk(Reach::supports, {"doc"})
              .say("declared", {{"kind", "doc"}, {"system", nullptr}})
              .state() == State::declared);
    CHECK(Desk(Reach::supports, {"doc"})
              .say("declared", {{"kind", "doc"}, {"system", "other"}})
              .state() == State::none);
  }

  TEST_CASE("what ran out is stale, and says since when") {
    Desk desk(Reach::supports, {"doc"});
    desk.declare("doc", "2026-12-31");
    CHECK(desk.state() == State::stale);
    CHECK(desk.finding().kinds.front().detail == "declared until 2026-12-31");
    CHECK(Desk(Reach::supports, {"doc"}).declare("doc", "2027-01-01").state() == State::declared);
  }

  TEST_CASE("a declaration that names a document which was erased is a declaration alone") {
    for (const Json& kind : {Json("doc"), Json(nullptr)}) {
      Desk desk(Reach::supports, {"doc"});
      desk.declare(kind, nullptr, "evd_1");
      CHECK(desk.state() == State::external);
      desk.found.erased.insert("evd_1");
      CHECK(desk.state() == State::declared);
    }
  }

  TEST_CASE("what was declared after the period is no evidence of it") {
    Desk desk(Reach::supports, {"doc"});
    desk.declare("doc");
    const auto first = desk.seq;
    desk.today = "2027-01-01";
    desk.declare("doc", "2030-01-01");
    CHECK(desk.finding().kinds.front().statement->seq == first);
    desk.say("withdrawn", {{"statement", first}});
    CHECK(desk.state() == State::none);
  }

  TEST_CASE("what stands is stale a year after its last entry, by the calendar") {
    const auto desk = [](const std::string& day) {
      return Desk(Reach::evidences, {"old"}).entries("old", day);
    };
    CHECK(desk("2025-12-31").state() == State::stale);
    CHECK(desk("2026-01-01").state() == State::present);
    CHECK(desk("2025-12-31").finding().kinds.front().detail ==
          "last on 2025-12-31, more than 12 months before the end");
    auto both = Desk(Reach::evidences, {"a", "old"}).entries("old", "2025-12-31").entries("a");
    CHECK(both.state() == State::stale);
    CHECK(both.finding().lacks == std::vector<std::string>{"old"});
  }

  TEST_CASE("six months are by the calendar, not 180 days") {
    Desk desk(Reach::evidences, {"old"});
    for (auto& kind : desk.book.kinds) kind.stale_after = Span{.months = 6};
    CHECK(desk.entries("old", "2026-07-01").state() == State::present);
    CHECK(desk.entries("old", "2026-06-30").state() == State::stale);
  }

  TEST_CASE("of controls a strong mapping alone can be present") {
    for (const std::string strength : {"strong", "partial", "weak"}) {
      Desk desk(Reach::supports, {"a", "b"});
      desk.book.versions.clear();
      desk.book.demands.front().strength = strength;
      CHECK(desk.entries("a").state() == State::partial);
      CHECK(desk.entries("b").state() == (strength == "strong" ? State::present : State::partial));
    }
  }

  TEST_CASE("a control without a mapping is outside this tool") {
    Desk desk(Reach::external, {});
    desk.book.versions.clear();
    CHECK(desk.state() == State::none);
    CHECK(desk.finding().note == "outside this tool");
    CHECK(desk.gap()->missing == std::vector<std::string>{"evidence from elsewhere"});
    CHECK(desk.document().state() == State::external);
    CHECK_FALSE(desk.gap());
  }

  TEST_CASE("a conclusion is the newest of the period, and never follows from evidence") {
    Desk desk(Reach::evidences, {"a"});
    desk.entries("a");
    CHECK(conclusion_of(desk.demand(), desk.record()) == nullptr);
    const auto assess = [&](const char* from, const char* to, bool satisfied) {
      desk.say("assessed", {{"from", from}, {"satisfied", satisfied}, {"to", to}});
    };
    assess("2025-01-01", "2025-12-31", true);
    CHECK(conclusion_of(desk.demand(), desk.record()) == nullptr);
    assess("2026-01-01", "2026-06-30", false);
    const auto of_2026 = desk.seq;
    assess("2027-01-01", "2027-12-31", true);
    assess("2025-01-01", "2025-12-31", true);
    CHECK(conclusion_of(desk.demand(), desk.record())->seq == of_2026);
    CHECK_FALSE(conclusion_of(desk.demand(), desk.record())->satisfied.value());
    desk.say("withdrawn", {{"statement", of_2026}});
    CHECK(conclusion_of(desk.demand(), desk.record()) == nullptr);
  }

  TEST_CASE("that nothing happened is no gap where something else is on record, and no evidence") {
    const auto desk = [](const std::string& shown, Reach reach = Reach::evidences) {
      Desk out(reach, {"a", "b"});
      for (auto& kind : out.book.kinds) kind.is_occasional = kind.id == "b";
      return shown.empty() ? out : out.entries(shown);
    };
    CHECK(desk("").gap()->missing == std::vector<std::string>{"a", "b"});
    CHECK(desk("a").state() == State::partial);
    CHECK(desk("a").finding().lacks == std::vector<std::string>{"b"});
    CHECK_FALSE(desk("a").gap());
    CHECK(desk("b").gap()->missing == std::vector<std::string>{"a"});
    CHECK(desk("a", Reach::supports).gap()->missing ==
          std::vector<std::string>{"a document or a declaration beside the entries"});
    CHECK_FALSE(desk("a", Reach::supports).declare(nullptr).gap());
    auto all = desk("a");
    for (auto& kind : all.book.kinds) kind.is_occasional = true;
    CHECK(all.gap()->missing == std::vector<std::string>{"b"});
  }

  TEST_CASE("a gap is due when it applies, unless somebody agreed on another day") {
    Desk desk(Reach::evidences, {"a"});
    CHECK(desk.gap()->due == on("2027-12-02"));
    CHECK(desk.gap()->action.find("record a (what a is)") == 0);
    desk.say("remediated", {{"due", "2026-09-01"}, {"owner", "operator:bob"}, {"state", "open"}});
    CHECK(desk.gap()->due == on("2026-09-01"));
    CHECK(desk.gap()->remediation->owner == "operator:bob");
    CHECK_FALSE(desk.gap(Applicability::State::not_applicable));
    CHECK_FALSE(desk.entries("a").gap());
  }
}

namespace {

void put(Json& data, const std::string& pointer, const Json& value) {
  data[Json::json_pointer(pointer)] = value;
}

/// An entry that some kind of the rulebook takes.
test::LogLine any_entry(const Rulebook& book, std::uint64_t seq, test::Random& random) {
  for (;;) {
    const auto& kind = random.pick(book.kinds);
    if (kind.matches.empty()) continue;
    const auto& match = random.pick(kind.matches);
    Json data = Json::object();
    for (const auto& member : match.where) {
      put(data, member.pointer, member.values.empty() ? "something" : random.pick(member.values));
    }
    if (match.is_signed) data["approval"] = {{"operator", "bob"}};
    if (match.demand_at.size() == 1) {
      put(data, match.demand_at.front(), book.id + ":" + random.pick(book.demands).id);
    } else if (!match.demand_at.empty()) {
      put(data, match.demand_at.front(), book.id);
      put(data, match.demand_at.back(), random.pick(book.demands).id);
    }
    return test::log_line(seq, match.event_type, data, static_cast<std::int64_t>(seq));
  }
}

bool takes_back(const std::string& event_type) {
  static const std::set<std::string> types{
      "hold.released",    "key.removed",       "model.rejected", "model.retired",
      "operator.revoked", "oversight.resumed", "prompt.retired", "prompt.rejected"};
  return types.contains(event_type);
}

struct Row {
  std::string looks;             // its states, and the digests of its sets
  std::set<std::uint64_t> used;  // seqs in them
};

void tell(Row& row, const EvidenceSet* set) {
  if (set == nullptr) return;
  row.looks += " " + std::to_string(set->count) + set->digest.hex();
  for (const auto& [first, last] : set->ranges) {
    for (auto seq = first; seq <= last; ++seq) row.used.insert(seq);
  }
}

std::vector<Row> rows_of(const Rulebook& book, const std::vector<test::LogLine>& lines,
                         std::optional<std::uint64_t> without) {
  Collector collector(book, {.from = {0}, .to = {1'800'000'000'000'000}});
  for (const auto& line : lines) {
    if (line.entry.seq == without) continue;
    const auto hash = chain::entry_hash(line.bytes);
    collector.take(line.view(), json::slice(line.bytes, "data"),
                   {line.entry.seq, line.entry.timestamp, hash}, digest_line(line.entry.seq, hash));
  }
  const auto found = collector.finish();
  const Statements nothing;
  const Record record{.rulebook = book,
                      .found = found,
                      .statements = nothing,
                      .system = {},
                      .from = on("2023-01-01"),
                      .to = on("2023-12-31")};
  std::vector<Row> out;
  for (const auto& demand : book.demands) {
    const auto finding = evidence_of(demand, record);
    Row row{std::string(to_string(finding.state)), {}};
    for (const auto& each : finding.kinds) {
      row.looks += " " + std::string(to_string(each.state));
      tell(row, each.entries);
    }
    tell(row, finding.documents);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

TEST_SUITE("compliance/evaluation") {
  TEST_CASE("removing one entry changes exactly the rows that used it") {
    const auto first = test::first_seed();
    for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(test::rounds());
         ++seed) {
      CAPTURE(seed);
      test::Random random(seed);
      for (const auto* id : {"eu_ai_act", "soc2"}) {
        const auto& book = rulebook(id);
        std::vector<test::LogLine> lines;
        for (std::uint64_t seq = 1; seq <= 12; ++seq) lines.push_back(any_entry(book, seq, random));
        const auto before = rows_of(book, lines, std::nullopt);
        for (const auto& line : lines) {
          if (takes_back(line.entry.event_type)) continue;
          CAPTURE(line.bytes);
          const auto after = rows_of(book, lines, line.entry.seq);
          for (std::size_t i = 0; i < before.size(); ++i) {
            CAPTURE(book.demands[i].id);
            REQUIRE((before[i].looks != after[i].looks) == before[i].used.contains(line.entry.seq));
          }
        }
      }
    }
  }

  TEST_CASE("without an entry nothing is present or partial, in any rulebook") {
    for (const auto& id : rulebook_ids()) {
      for (const auto& row : rows_of(rulebook(id), {}, std::nullopt)) {
        CHECK(row.looks.starts_with("none"));
        CHECK(row.used.empty());
      }
    }
  }
}
