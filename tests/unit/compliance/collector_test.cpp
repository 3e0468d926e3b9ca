#include "compliance/collector.hpp"

#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "json/slices.hpp"
#include "support/log_lines.hpp"

using namespace lexecon;
using compliance::Collector;
using compliance::EntryMatch;
using compliance::EvidenceKind;
using compliance::Found;

namespace {

constexpr std::int64_t day = 86'400;

compliance::Demand demand(const std::string& id, std::vector<std::string> kinds) {
  compliance::Demand out;
  out.id = id;
  out.kinds = std::move(kinds);
  return out;
}

EvidenceKind kind(const std::string& id, std::vector<EntryMatch> matches, bool stands = false) {
  EvidenceKind out;
  out.id = id;
  out.matches = std::move(matches);
  out.stands = stands;
  return out;
}

EntryMatch match(const std::string& event_type) {
  EntryMatch out;
  out.event_type = event_type;
  return out;
}

/// Entries of a log, from the day 0 on, of which the days 10 to 20 are the period.
struct Log {
  explicit Log(compliance::Rulebook asked) : rulebook(std::move(asked)) {}

  Log& add(std::int64_t on, const std::string& event_type, const Json& data) {
    lines.push_back(test::log_line(lines.size(), event_type, data, on * day));
    return *this;
  }
  [[nodiscard]] Found found() const {
    const Timestamp start{1'700'000'000'000'000};
    Collector collector(rulebook, {.from = {start.micros + 10 * day * 1'000'000},
                                   .to = {start.micros + 21 * day * 1'000'000}});
    for (const auto& line : lines) {
      const auto hash = chain::entry_hash(line.bytes);
      collector.take(line.view(), json::slice(line.bytes, "data"),
                     {line.entry.seq, line.entry.timestamp, hash},
                     compliance::digest_line(line.entry.seq, hash));
    }
    return collector.finish();
  }
  [[nodiscard]] std::vector<std::uint64_t> seqs(const std::string& name) const {
    std::vector<std::uint64_t> out;
    const auto all = found();
    for (const auto& [first, last] : all.kinds.at(name).ranges) {
      for (auto seq = first; seq <= last; ++seq) out.push_back(seq);
    }
    return out;
  }

  compliance::Rulebook rulebook;
  std::vector<test::LogLine> lines;
};

Log log_of(EvidenceKind asked) {
  compliance::Rulebook rulebook;
  rulebook.id = "book";
  rulebook.demands = {demand("one", {asked.id}), demand("two", {asked.id}), demand("three", {})};
  rulebook.kinds = {std::move(asked)};
  return Log(std::move(rulebook));
}

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_SUITE("compliance/collector") {
  TEST_CASE("a set has its count, its ends, its ranges and the digest of a line for each") {
    auto log = log_of(kind("decided", {match("decision")}));
    log.add(11, "decision", {{"n", 1}}).add(12, "decision", {{"n", 2}});
    log.add(12, "other", Json::object()).add(20, "decision", {{"n", 3}});
    const auto set = log.found().kinds.at("decided");
    CHECK(set.count == 3);
    CHECK(set.first->seq == 0);
    CHECK(set.last->seq == 3);
    CHECK(set.ranges == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 1}, {3, 3}});
    std::string lines;
    for (const std::size_t seq : {0U, 1U, 3U}) {
      lines += std::to_string(seq) + " " + chain::entry_hash(log.lines[seq].bytes).hex() + "\n";
    }
    CHECK(set.digest == crypto::sha256(lines));
  }

  TEST_CASE("entries of the period count, both its days in it") {
    auto log = log_of(kind("decided", {match("decision")}));
    for (const std::int64_t on : {9, 10, 20, 21}) log.add(on, "decision", Json::object());
    CHECK(log.seqs("decided") == Seqs{1, 2});
  }

  TEST_CASE("of a kind that stands, entries before the period count too, none behind it") {
    auto log = log_of(kind("version", {match("policy.activated")}, true));
    for (const std::int64_t on : {1, 15, 21}) log.add(on, "policy.activated", Json::object());
    CHECK(log.seqs("version") == Seqs{0, 1});
  }

  TEST_CASE("what was taken back by the end of the period does not stand") {
    auto log = log_of(kind("hold", {match("hold.placed")}, true));
    log.add(1, "hold.placed", {{"hold_id", "a"}}).add(2, "hold.placed", {{"hold_id", "b"}});
    log.add(3, "hold.placed", {{"hold_id", "c"}}).add(12, "hold.released", {{"hold_id", "a"}});
    log.add(22, "hold.released", {{"hold_id", "b"}});
    CHECK(log.seqs("hold") == Seqs{1, 2});
  }

  TEST_CASE(
      "an operator who was revoked, a model that was retired and an approval that ran out do not "
      "stand") {
    auto log = log_of(
        kind("standing",
             {match("operator.added"), match("model.approved"), match("prompt.approved")}, true));
    log.add(1, "operator.added", {{"operator", "al"}})
        .add(1, "operator.added", {{"operator", "bo"}});
    log.add(1, "model.approved", {{"expires_at", nullptr}, {"model", "m@1"}});
    log.add(1, "prompt.approved",
            {{"expires_at", to_text(log.lines.front().entry.timestamp)}, {"prompt", "p@1"}});
    log.add(2, "operator.revoked", {{"operator", "al"}})
        .add(3, "model.retired", {{"model", "m@1"}});
    log.add(4, "model.approved", {{"expires_at", nullptr}, {"model", "m@1"}});
    CHECK(log.seqs("standing") == Seqs{1, 6});
  }

  TEST_CASE("a released hold is still a record of the period where the kind does not stand") {
    auto log = log_of(kind("held", {match("hold.placed"), match("hold.released")}));
    log.add(11, "hold.placed", {{"hold_id", "a"}}).add(12, "hold.released", {{"hold_id", "a"}});
    CHECK(log.seqs("held") == Seqs{0, 1});
  }

  TEST_CASE("a match asks for texts, for anything at all, and for a signature") {
    auto asked = match("decision");
    asked.where = {{"/risk/level", {"high", "critical"}}, {"/policy/hash", {}}};
    auto log = log_of(kind("risky", {asked}));
    const auto data = [](const Json& level, const Json& hash) {
      return Json{{"policy", {{"hash", hash}}}, {"risk", {{"level", level}}}};
    };
    log.add(11, "decision", data("high", "ab")).add(11, "decision", data("low", "ab"));
    log.add(11, "decision", data("high", nullptr)).add(11, "decision", data("high", ""));
    log.add(11, "decision", {{"risk", nullptr}}).add(11, "decision", data("critical", "ab"));
    CHECK(log.seqs("risky") == Seqs{0, 5});

    auto signature = match("hold.placed");
    signature.is_signed = true;
    auto others = log_of(kind("signed", {signature}));
    others.add(11, "hold.placed", {{"approval", nullptr}});
    others.add(11, "hold.placed", {{"approval", {{"operator", "bob"}}}})
        .add(11, "hold.placed", Json::object());
    CHECK(others.seqs("signed") == Seqs{1});
  }

  TEST_CASE("an entry that matches a kind in two ways counts once") {
    auto asked = match("decision");
    asked.where = {{"/n", {"1"}}};
    auto log = log_of(kind("twice", {asked, match("decision")}));
    log.add(11, "decision", {{"n", 1}}).add(11, "decision", {{"n", 2}});
    CHECK(log.found().kinds.at("twice").count == 2);
  }

  TEST_CASE("an entry that names a demand is evidence of that one alone") {
    auto asked = match("evidence.linked");
    asked.demand_at = {"/control"};
    auto log = log_of(kind("artifact", {asked}, true));
    log.add(11, "evidence.linked", {{"control", "book:one"}});
    log.add(11, "evidence.linked", {{"control", "other:two"}});
    CHECK(log.seqs("artifact one") == Seqs{0});
    CHECK(log.seqs("artifact two").empty());
    const auto found = log.found();
    CHECK(found.kinds.size() == 2);
    CHECK(found.of(log.rulebook.kinds.front(), "one")->count == 1);
    CHECK(found.of(log.rulebook.kinds.front(), "three") == nullptr);
  }

  TEST_CASE("a document that was erased is none, whenever that was") {
    EvidenceKind linked = kind("file", {match("evidence.linked")}, true);
    linked.matches.front().demand_at = {"/control"};
    compliance::Rulebook book;
    book.id = "book";
    book.kinds = {linked};
    book.demands = {demand("one", {"file"})};
    for (const std::int64_t erased_on : {5, 15, 25}) {
      Log log(book);
      log.add(1, "evidence.added", {{"evidence_id", "evd_a"}})
          .add(1, "evidence.added", {{"evidence_id", "evd_b"}})
          .add(2, "evidence.linked", {{"control", "book:one"}, {"evidence_id", "evd_a"}})
          .add(3, "evidence.linked", {{"control", "book:one"}, {"evidence_id", "evd_b"}});
      CHECK(log.found().documents_of("one")->count == 2);
      log.add(erased_on, "sealed.erased", {{"seqs", {0}}});
      CHECK(log.found().documents_of("one")->first->seq == 3);
      CHECK(log.found().of(linked, "one")->count == 1);
      CHECK(log.found().erased.contains("evd_a"));
      log.add(erased_on, "sealed.erased", {{"seqs", {1}}});
      CHECK(log.found().documents_of("one") == nullptr);
      CHECK(log.found().of(linked, "one")->count == 0);
    }
  }

  TEST_CASE("a document is linked to a demand that there is, before the end of the period") {
    auto log = log_of(kind("decided", {match("decision")}));
    log.add(1, "evidence.linked", {{"control", "book:one"}});
    log.add(2, "evidence.linked", {{"control", "book:nine"}});
    log.add(3, "evidence.linked", {{"control", nullptr}});
    log.add(22, "evidence.linked", {{"control", "book:two"}});
    const auto found = log.found();
    CHECK(found.documents.size() == 1);
    CHECK(found.documents_of("one")->first->seq == 0);
    CHECK(found.documents_of("two") == nullptr);
  }
}
