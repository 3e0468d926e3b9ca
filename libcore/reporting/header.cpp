#include "reporting/header.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/entry.hpp"
#include "crypto/identity.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::reporting {
namespace {

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json to_json(const System* system) {
  if (system == nullptr) return {};
  return {{"id", system->profile.system}, {"name", or_null(system->name)},
          {"profile", system->data},      {"profile_entry_id", chain::entry_id(system->seq)},
          {"set_by", system->by},         {"set_at", to_text(system->at)}};
}

Json law_of(const compliance::Rulebook& rulebook, const Date& as_of) {
  if (rulebook.versions.empty()) return {};
  const auto& law = rulebook.versions.at(rulebook.version_on(as_of));
  return {{"id", law.id},
          {"from", to_text(law.from)},
          {"name", law.name},
          {"consolidated_celex", law.consolidated_celex}};
}

Json to_json(const compliance::Rulebook& rulebook, const Date& as_of) {
  return {{"id", rulebook.id},
          {"name", rulebook.name},
          {"version", rulebook.version},
          {"edition", rulebook.edition},
          {"sha256", rulebook.digest.hex()},
          {"checked_on", rulebook.checked_on},
          {"law", law_of(rulebook, as_of)},
          {"licence", rulebook.licence},
          {"sources", rulebook.sources}};
}

/// Those that a log of any size passes, so that a report of an earlier size says the same later.
Json checks_of(const ledger::Verification& verification) {
  auto out = Json::array();
  for (const auto& type : ledger::check_types()) {
    const auto found =
        std::find_if(verification.checks.begin(), verification.checks.end(),
                     [&](const ledger::CheckResult& each) { return each.name == type.name; });
    if (!type.needed || found == verification.checks.end()) continue;
    out.push_back({{"name", found->name}, {"status", to_string(found->status)}});
  }
  return out;
}

Json redecided_of(const Wish& wish, const ledger::Redecided& counts) {
  if (!wish.redecide) return {};
  return {{"decisions", counts.decisions},
          {"judged", counts.judged},
          {"erased", counts.erased},
          {"engine_unknown", counts.engine_unknown}};
}

std::string vkey_of(const HeaderGround& ground) {
  return crypto::vkey(ground.node.keys.at(ground.checkpoint.tree_size));
}

Json ledger_of(const HeaderGround& ground) {
  const auto& checkpoint = ground.checkpoint;
  const auto last = ground.gathering.last_at();
  return {{"origin", checkpoint.origin},
          {"vkey", vkey_of(ground)},
          {"tree_size", checkpoint.tree_size},
          {"root_hash", checkpoint.root.hex()},
          {"checkpoint", ground.note},
          {"last_entry_at", last ? Json(to_text(*last)) : Json()},
          {"verification",
           {{"verdict", to_string(ground.verification.verdict)},
            {"entries_verified", checkpoint.tree_size},
            {"checks", checks_of(ground.verification)}}},
          {"redecided", redecided_of(ground.wish, ground.passed.redecided)}};
}

Json selection_of(const HeaderGround& ground, Book& book) {
  const auto& gathered = ground.gathered;
  const auto selected =
      ground.system == nullptr
          ? std::string("entries of decisions and of systems, in the period")
          : "entries of system " + ground.system->profile.system + ", in the period";
  return {
      {"entries", book.add(gathered.entries, "all entries of the period")},
      {"selected", book.add(gathered.selected, selected)},
      {"node_wide",
       book.add(gathered.node_wide,
                "entries of no decision and no system, which govern every system, in the period")},
      {"unselected", book.add(gathered.unselected,
                              "entries of decisions that no profile selects, in the period")}};
}

std::string counted(std::uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what;
}

/// What is so of this log and this period.
void add_particular(std::vector<std::string>& out, const HeaderGround& ground) {
  const auto& passed = ground.passed;
  const auto& people = ground.gathering.people();
  if (passed.archived > 0) {
    out.push_back(counted(passed.archived,
                          "entries were moved into packages: their hashes are "
                          "here, what they say is not counted"));
  }
  if (ground.system != nullptr && date_of(ground.system->at) > ground.wish.from) {
    out.push_back("what the system was before its newest profile, of " +
                  to_text(ground.system->at) + ": that one is held against the whole period");
  }
  if (const auto last = ground.gathering.last_at(); last && date_of(*last) < ground.wish.to) {
    out.push_back("what came after the last entry, of " + to_text(*last) +
                  ": the period goes on until " + to_text(ground.wish.to));
  }
  if (!ground.wish.redecide) {
    out.emplace_back("decisions were not judged again: that was not asked for");
  } else if (passed.redecided.erased > 0) {
    out.push_back(counted(passed.redecided.erased,
                          "decisions whose requests were erased: they cannot be judged again"));
  }
  if (passed.redecided.engine_unknown > 0) {
    out.push_back(counted(passed.redecided.engine_unknown,
                          "decisions of another engine: this one does not judge them again"));
  }
  if (ground.gathered.unselected.count > 0) {
    out.push_back(
        counted(ground.gathered.unselected.count, "entries of decisions that no profile selects"));
  }
  if (!people.first_operator) {
    out.emplace_back("no named person is on record: nobody but the node itself signed anything");
  }
  for (const auto& rotation : ground.node.keys.rotations) {
    if (!rotation.lost || rotation.seq >= ground.checkpoint.tree_size) continue;
    out.push_back("no key before " + chain::entry_id(rotation.seq) +
                  " vouches for what follows it: the log was recovered there");
  }
}

Json cannot_see(const HeaderGround& ground) {
  std::vector<std::string> out{
      "calls about which this node was not asked: what went past it left no entry",
      "whether what was approved was then done, and what came of it",
      "whether requests said the truth about their models, data classes and purposes",
      "what documents say that somebody added, linked or declared: their digests are on record",
      "what is met outside it: rows of reach external, and kinds of evidence that no entry can be"};
  add_particular(out, ground);
  return out;
}

Json verify_commands(const HeaderGround& ground) {
  const auto key = shell_quote(vkey_of(ground));
  const auto size = std::to_string(ground.checkpoint.tree_size);
  const auto last = chain::entry_id(ground.checkpoint.tree_size - 1);
  const auto line = shell_quote("\"entry_id\":\"" + last + "\"");
  return Json::array({"jq -j .header.ledger.checkpoint report.json > checkpoint.note",
                      "lexecon ledger verify --deep --against checkpoint.note --key " + key,
                      "lexecon ledger prove " + last + " --size " + size + " --output last.proof",
                      "lexecon ledger log --format jsonl | grep -F " + line + " > last.entry",
                      "lexecon ledger prove --check last.proof --entry last.entry --key " + key});
}

Json people_of(const People& people) {
  return {{"human_authority_from",
           people.first_operator ? Json(chain::entry_id(*people.first_operator)) : Json()},
          {"four_eyes", or_null(people.four_eyes)}};
}

constexpr const char* disclaimer =
    "This report is not legal advice. It says what is on record and what is not; that a duty is "
    "met, only the "
    "conclusion of a named assessor says, where there is one. The Official Journal and the "
    "publishers of the "
    "frameworks prevail over the paraphrases here.";

}  // namespace

std::string title_of(const Wish& wish, const compliance::Rulebook& rulebook) {
  switch (wish.kind) {
    case Kind::ai_act:
      return "EU AI Act: what applies, and what is on record";
    case Kind::article_11:
      return "Technical documentation: Annex IV, as far as it is on record";
    case Kind::article_12:
      return "Logs and how long they are kept: Articles 12, 18, 19 and 26(6)";
    case Kind::article_14:
      return "Human oversight: Articles 14 and 26(1) and (2)";
    case Kind::article_26:
      return "What a deployer has to show: Article 26 and what goes with it";
    case Kind::article_73:
      return "Serious incidents and their clocks: Article 73";
    case Kind::article_86:
      return "One decision explained: Article 86";
    case Kind::framework:
      return rulebook.name + ": what is on record for each control";
    case Kind::executive:
      return "EU AI Act in one page: what applies, and what is on record";
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

Json header_of(const HeaderGround& ground, Book& book) {
  const auto& wish = ground.wish;
  return {{"system", to_json(ground.system)},
          {"rulebooks", Json::array({to_json(ground.rulebook, wish.as_of)})},
          {"period", {{"from", to_text(wish.from)}, {"to", to_text(wish.to)}}},
          {"as_of", to_text(wish.as_of)},
          {"ledger", ledger_of(ground)},
          {"selection", selection_of(ground, book)},
          {"people", people_of(ground.gathering.people())},
          {"sealed", wish.sealed},
          {"cannot_see", cannot_see(ground)},
          {"verify", verify_commands(ground)},
          {"disclaimer", disclaimer}};
}

}  // namespace lexecon::reporting
