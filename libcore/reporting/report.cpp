#include "reporting/report.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "export/selection.hpp"
#include "ledger/reader.hpp"
#include "reporting/book.hpp"
#include "reporting/gathering.hpp"
#include "reporting/header.hpp"
#include "reporting/log_pass.hpp"
#include "reporting/rows.hpp"
#include "reporting/systems.hpp"
#include "service/verify.hpp"

namespace lexecon::reporting {
namespace {

constexpr std::array kinds{Kind::ai_act,     Kind::article_11, Kind::article_12,
                           Kind::article_14, Kind::article_26, Kind::article_73,
                           Kind::article_86, Kind::framework,  Kind::executive};

void require_period(const Wish& wish) {
  if (wish.from <= wish.to) return;
  throw Error(ErrorCode::bad_input,
              "expected a period that ends after it begins, seen " + to_text(wish.from) + " to " +
                  to_text(wish.to),
              "--to");
}

/// A broken chain has no report.
ledger::Verification require_valid(const service::Node& node, const Wish& wish) {
  ledger::VerifyOptions options;
  options.state_home = wish.state_home;
  auto out = service::verify_ledger(node.files, std::move(options), service::Depth::entries);
  if (out.verdict == ledger::Verdict::valid) return out;
  const auto failed = std::find_if(
      out.checks.begin(), out.checks.end(),
      [](const ledger::CheckResult& each) { return each.status == ledger::CheckStatus::fail; });
  throw Error(ErrorCode::integrity,
              "the ledger is not valid, so there is no report of it" +
                  (failed == out.checks.end() ? std::string()
                                              : ": " + failed->name + ", " + failed->detail),
              out.first_bad_seq ? chain::entry_id(*out.first_bad_seq) : std::string(),
              "run lexecon ledger verify");
}

std::uint64_t size_asked(store::Database& database, const Wish& wish) {
  if (wish.size) return *wish.size;
  const auto note = ledger::last_checkpoint(database);
  if (!note) throw Error(ErrorCode::not_found, "the ledger has no checkpoint");
  return chain::parse_checkpoint(chain::parse_note(*note)).tree_size;
}

compliance::Window window_of(const Wish& wish) {
  return {.from = start_of(wish.from), .to = start_of(plus_days(wish.to, 1))};
}

/// Ids, in their order: what the sections ask somebody to complete.
Json incomplete_of(const Json& sections) {
  auto out = Json::array();
  for (const auto& section : sections) {
    for (const auto& each : section.at("to_complete")) {
      const auto& id = each.at("item");
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
  }
  return out;
}

/// One report, made in one snapshot of the database.
class Maker {
 public:
  Maker(const service::Node& node, const Wish& wish, const Progress& progress)
      : node_(node),
        wish_(wish),
        verification_(require_valid(node, wish)),
        database_(service::open_ledger(node)),
        snapshot_(database_, store::Transaction::Kind::read),
        checkpoint_(exporting::checkpoint_of(database_, node, size_asked(database_, wish))),
        systems_(read_systems(database_, checkpoint_.tree_size, wish.sealed)),
        system_(system_asked(systems_, wish)),
        rulebook_(rulebook_of(wish)),
        sections_(sections_of(wish)),
        gathering_(systems_, system_, rulebook_, window_of(wish), sections_),
        passed_(read_log(database_, checkpoint_, wish.redecide, progress,
                         [this](const Read& read) { gathering_.take(read); })),
        gathered_(gathering_.finish()) {}

  Json make();

 private:
  [[nodiscard]] Json rows(Book& book);
  [[nodiscard]] Json sections(const Json& rows, const Json& summary);

  const service::Node& node_;
  const Wish& wish_;
  ledger::Verification verification_;
  store::Database database_;
  store::Transaction snapshot_;
  chain::Checkpoint checkpoint_;
  std::vector<System> systems_;
  const System* system_;
  const compliance::Rulebook& rulebook_;
  std::vector<std::unique_ptr<Section>> sections_;
  Gathering gathering_;
  Passed passed_;
  Gathered gathered_;
  Book book_;
};

Json Maker::make() {
  const auto note = ledger::checkpoint_at(database_, checkpoint_.tree_size).value();
  auto header = header_of({.node = node_,
                           .wish = wish_,
                           .system = system_,
                           .rulebook = rulebook_,
                           .checkpoint = checkpoint_,
                           .note = note,
                           .verification = verification_,
                           .passed = passed_,
                           .gathering = gathering_,
                           .gathered = gathered_},
                          book_);
  Book unshown;  // of rows that are only counted
  auto all = rows(wish_.kind == Kind::executive ? unshown : book_);
  auto summary = summary_of(all, rulebook_);
  auto told = sections(all, summary);
  auto incomplete = incomplete_of(told);
  if (wish_.kind == Kind::executive) all = Json::array();
  auto evidence = to_json(book_, database_, checkpoint_);
  return {{"schema", "lexecon.report/1"},        {"kind", to_string(wish_.kind)},
          {"title", title_of(wish_, rulebook_)}, {"header", std::move(header)},
          {"evidence", std::move(evidence)},     {"rows", std::move(all)},
          {"summary", std::move(summary)},       {"sections", std::move(told)},
          {"incomplete", std::move(incomplete)}};
}

Json Maker::rows(Book& book) {
  const compliance::Record record{
      .rulebook = rulebook_,
      .found = gathered_.found,
      .statements = gathering_.statements(),
      .system = system_ == nullptr ? std::nullopt : std::optional(system_->profile.system),
      .from = wish_.from,
      .to = wish_.to};
  const auto* const profile = system_ == nullptr ? nullptr : &system_->profile;
  auto out = Json::array();
  for (const auto* demand : demands_of(wish_.kind, rulebook_)) {
    out.push_back(row_of(*demand, profile, record, wish_.as_of, book));
  }
  return out;
}

Json Maker::sections(const Json& rows, const Json& summary) {
  const auto end = window_of(wish_).to;
  const auto last = gathering_.last_at().value_or(end);
  const Ground ground{.node = node_,
                      .database = database_,
                      .wish = wish_,
                      .profile = system_ == nullptr ? nullptr : &system_->profile,
                      .statements = gathering_.statements(),
                      .incidents = gathering_.incidents(),
                      .checkpoint = checkpoint_,
                      .end = std::min(end, Timestamp{last.micros + 1}),
                      .rows = rows,
                      .summary = summary};
  auto out = Json::array();
  for (const auto& section : sections_) out.push_back(section->tell(ground, book_));
  return out;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::ai_act:
      return "ai-act";
    case Kind::article_11:
      return "article-11";
    case Kind::article_12:
      return "article-12";
    case Kind::article_14:
      return "article-14";
    case Kind::article_26:
      return "article-26";
    case Kind::article_73:
      return "article-73";
    case Kind::article_86:
      return "article-86";
    case Kind::framework:
      return "framework";
    case Kind::executive:
      return "executive";
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

std::optional<Kind> kind_from(std::string_view text) {
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](Kind kind) { return to_string(kind) == text; });
  return found == kinds.end() ? std::nullopt : std::optional(*found);
}

Json make_report(const service::Node& node, const Wish& wish, const Progress& progress) {
  require_period(wish);
  return Maker(node, wish, progress).make();
}

}  // namespace lexecon::reporting
