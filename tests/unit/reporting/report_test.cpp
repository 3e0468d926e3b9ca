#include "reporting/report.hpp"

#include <doctest/doctest.h>

#include <map>

#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "compliance/rulebook.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "service/profiles.hpp"
#include "service/statements.hpp"
#include "store/database.hpp"
#include "unit/service/bureau.hpp"

using namespace lexecon;
using reporting::Kind;
using reporting::Wish;
using test::Bureau;
using test::code_of;

namespace {

// Of a law, and of a framework; the others are made likewise.
constexpr std::array kinds{Kind::ai_act, Kind::framework};

Date day(const std::string& text) { return parse_date(text).value(); }

/// An office that reports on the systems of its agents.
struct Desk {
  [[nodiscard]] Wish wish(Kind kind) {
    Wish out;
    out.kind = kind;
    if (kind == Kind::framework) out.framework = "soc2";
    out.to = date_of(bureau.now());
    out.from = plus_months(out.to, -1);
    out.as_of = day("2026-11-21");
    out.state_home = bureau.office.session().write.state_home;
    return out;
  }
  Json report(const Wish& wish) {
    return make_report(service::open_node(bureau.office.made().folder), wish);
  }
  Json report(Kind kind) { return report(wish(kind)); }

  void classify(const std::string& system, std::vector<std::string> actors) {
    bureau.office.pass(1);
    compliance::Profile profile;
    profile.system = system;
    profile.actors = std::move(actors);
    profile.roles = {"deployer", "provider"};
    profile.route = "annex_iii";
    profile.annex_iii = {"5(b)"};
    profile.profiling = true;
    (void)service::set_profile(bureau.office.node(), {.profile = profile}, bureau.by("bob"),
                               bureau.office.session());
  }
  void assess(const std::string& item) {
    bureau.office.pass(1);
    const auto asked = wish(Kind::ai_act);
    compliance::Statement said;
    said.sort = compliance::StatementSort::assessed;
    said.system = "triage";
    said.rulebook = "eu_ai_act";
    said.item = item;
    said.satisfied = true;
    said.from = asked.from;
    said.to = asked.to;
    (void)service::state(bureau.office.node(), said, "all seen", bureau.by("bob"),
                         bureau.office.session());
  }

  Bureau bureau;
};

/// A node with a system and some decisions.
struct Working : Desk {
  Working() {
    classify("triage", {"*"});
    for (const auto& request : {test::reading(), test::dropping(), test::reading()}) {
      (void)bureau.decide(request);
    }
  }
};

const Json& row_of(const Json& report, const std::string& id) {
  for (const auto& row : report.at("rows")) {
    if (row.at("id") == id) return row;
  }
  FAIL("no row " << id);
  return report;
}

const Json& set_of(const Json& report, const Json& id) {
  for (const auto& set : report.at("evidence")) {
    if (set.at("id") == id) return set;
  }
  FAIL("no set " << id);
  return report;
}

}  // namespace

TEST_SUITE("reporting/report") {
  TEST_CASE("a node that did nothing has nothing present or partial") {
    test::Office office;
    for (const auto* id : {"soc2", "nist_csf"}) {
      Wish wish;
      wish.kind = Kind::framework;
      wish.framework = id;
      wish.to = date_of(office.session().now);
      wish.from = plus_months(wish.to, -12);
      wish.as_of = wish.to;
      wish.state_home = office.session().write.state_home;
      const auto report = make_report(office.node(), wish);
      const auto& evidence = report.at("summary").at("evidence");
      CHECK(evidence.at("none") == report.at("rows").size());
      CHECK(report.at("summary").at("coverage").at("evidenced") == 0);
      CHECK(report.at("header").at("people").at("human_authority_from").is_null());
    }
  }

  TEST_CASE("without a profile a report of the law says that the classification is missing") {
    Desk desk;
    for (const auto kind : kinds) {
      if (kind == Kind::framework) continue;
      CHECK(code_of([&] { (void)desk.report(kind); }) == ErrorCode::configuration);
    }
  }

  TEST_CASE("of several systems one has to be named, and there has to be one of that name") {
    Desk desk;
    desk.classify("triage", {"*"});
    desk.classify("other", {"actor:agent:none"});
    CHECK(code_of([&] { (void)desk.report(Kind::ai_act); }) == ErrorCode::usage);
    auto wish = desk.wish(Kind::ai_act);
    wish.system = "other";
    CHECK(desk.report(wish).at("header").at("system").at("id") == "other");
    wish.system = "triag";
    CHECK(code_of([&] { (void)desk.report(wish); }) == ErrorCode::not_found);
  }

  TEST_CASE("what was decided is on record, and satisfies nothing by itself") {
    Working desk;
    const auto report = desk.report(Kind::ai_act);
    CHECK(report.at("rows").size() == 208);
    const auto& row = row_of(report, "aia-12.1");
    CHECK(row.at("applicability").at("state") == "not_yet");
    CHECK(row.at("applicability").at("from") == "2027-12-02");
    CHECK(row.at("conclusion").is_null());
    CHECK(report.at("summary").at("conclusions").at("satisfied") == 0);
    for (const auto& kind : row.at("evidence").at("kinds")) {
      if (kind.at("kind") != "decision_record") continue;
      CHECK(set_of(report, kind.at("evidence")).at("count") == 3);
    }
    CHECK(report.at("header").at("ledger").at("redecided").at("judged") == 3);
  }

  TEST_CASE("a conclusion is shown with who drew it, and counts") {
    Working desk;
    desk.assess("aia-12.1");
    const auto report = desk.report(Kind::ai_act);
    const auto& conclusion = row_of(report, "aia-12.1").at("conclusion");
    CHECK(conclusion.at("by") == "operator:bob");
    CHECK(conclusion.at("satisfied") == true);
    CHECK(report.at("summary").at("conclusions").at("satisfied") == 1);
  }

  TEST_CASE("every set is proven: its digest, its first and its last entry") {
    Working desk;
    const auto bodies = desk.bureau.office.bodies();
    for (const auto kind : kinds) {
      const auto report = desk.report(kind);
      const auto& ledger = report.at("header").at("ledger");
      const auto root = hash_from_hex(ledger.at("root_hash").get<std::string>()).value();
      for (const auto& set : report.at("evidence")) {
        std::string lines;
        std::uint64_t count = 0;
        for (const auto& range : set.at("ranges")) {
          for (auto seq = range[0].get<std::uint64_t>(); seq <= range[1]; ++seq, ++count) {
            lines += std::to_string(seq) + " " + chain::entry_hash(bodies.at(seq)).hex() + "\n";
          }
        }
        CHECK(set.at("count") == count);
        CHECK(set.at("digest") == crypto::sha256(lines).hex());
        for (const auto* end : {"first", "last"}) {
          if (count == 0) {
            CHECK(set.at(end).is_null());
            continue;
          }
          const auto seq = chain::seq_of(set.at(end).at("entry_id").get<std::string>()).value();
          std::vector<Hash> proof;
          for (const auto& step : set.at(end).at("proof")) {
            proof.push_back(hash_from_hex(step.get<std::string>()).value());
          }
          CHECK(chain::verify_inclusion(chain::leaf_hash(bodies.at(seq)), seq,
                                        ledger.at("tree_size").get<std::uint64_t>(), proof, root));
        }
      }
    }
  }

  TEST_CASE("every id of a report stands in its rulebook, and every set that it names is there") {
    Working desk;
    for (const auto kind : {Kind::ai_act, Kind::article_11, Kind::article_26, Kind::framework}) {
      const auto report = desk.report(kind);
      const auto& header = report.at("header");
      const auto& book =
          compliance::rulebook(header.at("rulebooks").front().at("id").get<std::string>());
      CHECK(header.at("rulebooks").front().at("sha256") == book.digest.hex());
      for (const auto& row : report.at("rows")) {
        REQUIRE(book.find(row.at("id").get<std::string>()) != nullptr);
        for (const auto& each : row.at("evidence").at("kinds")) {
          CHECK(book.kind(each.at("kind").get<std::string>()) != nullptr);
          if (!each.at("evidence").is_null()) (void)set_of(report, each.at("evidence"));
        }
      }
      for (const auto& set : header.at("selection")) (void)set_of(report, set);
    }
  }

  TEST_CASE("a report of a size stays the same when the log grows") {
    Working desk;
    std::map<Kind, std::string> before;
    auto asked = desk.wish(Kind::ai_act);
    asked.size = desk.bureau.office.entries();
    for (const auto kind : kinds) {
      asked.kind = kind;
      if (kind == Kind::framework) asked.framework = "soc2";
      before[kind] = json::canonical(desk.report(asked));
    }
    (void)desk.bureau.decide(test::paying());
    desk.classify("triage", {"actor:agent:none"});
    for (const auto kind : kinds) {
      asked.kind = kind;
      CHECK(json::canonical(desk.report(asked)) == before[kind]);
    }
    asked.size = desk.bureau.office.entries() - 1;
    asked.kind = Kind::ai_act;
    CHECK(json::canonical(desk.report(asked)) != before[Kind::ai_act]);
  }

  TEST_CASE("a ledger that was altered has no report") {
    Working desk;
    const auto seq = std::to_string(desk.bureau.office.entries() - 1);
    {
      store::Database database(desk.bureau.office.node().files.database(),
                               store::OpenMode::read_write);
      database.execute("UPDATE sealed SET body = X'7B7D' WHERE seq = " + seq);
    }
    for (const auto kind : kinds) {
      CHECK(code_of([&] { (void)desk.report(kind); }) == ErrorCode::integrity);
    }
  }

  TEST_CASE("decisions of no system are counted, and are evidence of none") {
    Desk desk;
    desk.classify("triage", {"actor:agent:none"});
    (void)desk.bureau.decide(test::reading());
    const auto report = desk.report(Kind::ai_act);
    const auto& selection = report.at("header").at("selection");
    CHECK(set_of(report, selection.at("unselected")).at("count") == 1);
    for (const auto& kind : row_of(report, "aia-12.1").at("evidence").at("kinds")) {
      if (kind.at("kind") == "decision_record") CHECK(kind.at("state") == "none");
    }
  }

  TEST_CASE("the whole framework is the denominator, and it is never all on record here") {
    Working desk;
    for (const auto* id : {"soc2", "iso42001"}) {
      const auto& book = compliance::rulebook(id);
      auto wish = desk.wish(Kind::framework);
      wish.framework = id;
      const auto coverage = desk.report(wish).at("summary").at("coverage");
      CHECK(coverage.at("of") == book.demands.size());
      CHECK(coverage.at("evidenced").get<std::size_t>() < book.demands.size());
    }
  }

  TEST_CASE("what cannot be asked is refused") {
    Working desk;
    auto wish = desk.wish(Kind::framework);
    wish.framework = "eu_ai_act";
    CHECK(code_of([&] { (void)desk.report(wish); }) == ErrorCode::not_found);
    wish.framework = {};
    CHECK(code_of([&] { (void)desk.report(wish); }) == ErrorCode::bad_input);
    wish = desk.wish(Kind::ai_act);
    wish.size = 100'000;
    CHECK(code_of([&] { (void)desk.report(wish); }) == ErrorCode::not_found);
    wish = desk.wish(Kind::ai_act);
    wish.to = plus_days(wish.from, -1);
    CHECK(code_of([&] { (void)desk.report(wish); }) == ErrorCode::bad_input);
  }
}
