#include "hold_text.hpp"

#include <utility>
#include <vector>

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Of many entries the first ones: a person reads how many, a program the document.
std::string entries_of(const Json& seqs) {
  constexpr std::size_t most = 12;
  std::string out;
  for (std::size_t i = 0; i < seqs.size() && i < most; ++i) {
    out += (i == 0 ? "" : " ") + shown(seqs[i]);
  }
  if (seqs.size() > most) out += " and " + std::to_string(seqs.size() - most) + " more";
  return out;
}

std::string reason_of(const Json& reason) { return reason.is_null() ? "erased" : shown(reason); }

}  // namespace

std::string hold_text(const Json& document) {
  const Json& released = document["released"];
  Pairs pairs{{"hold", shown(document, "hold_id")},
              {"state", released.is_null() ? "in force" : "released"},
              {"contents", std::to_string(document["seqs"].size())},
              {"entries", entries_of(document["seqs"])},
              {"why", reason_of(document["reason"])},
              {"by", shown(document, "actor")},
              {"at", shown(document, "timestamp")},
              {"entry", shown(document, "ledger_entry_id")}};
  if (!released.is_null()) {
    pairs.insert(pairs.end(), {{"released", shown(released, "timestamp")},
                               {"released by", shown(released, "actor")},
                               {"release", shown(released, "ledger_entry_id")}});
    if (released["has_reason"].get<bool>()) {
      pairs.emplace_back("why released", reason_of(released["reason"]));
    }
  }
  return facts(pairs);
}

std::string hold_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "STATE", "CONTENTS", "BY", "HOLD", "WHY"}};
  for (const auto& each : documents) {
    rows.push_back({shown(each, "seq"), shown(each, "timestamp"), shown(each, "state"),
                    std::to_string(each["seqs"].size()), shown(each, "actor"),
                    shown(each, "hold_id"), reason_of(each["reason"])});
  }
  return rows.size() == 1 ? "no holds\n" : table(rows);
}

}  // namespace lexecon::cli
