#include "set_text.hpp"

#include "output.hpp"

namespace lexecon::cli {

std::string activation_text(const Json& document) {
  const auto hash = shown(document, "policy_hash");
  if (!document["changed"].get<bool>()) {
    return "unchanged: " + hash + " is the active set already\n";
  }
  const auto files = document["files"].size();
  return "activated " + hash + " (" + shown(document, "mode") + ", " + std::to_string(files) +
         " files)\nbefore    " + shown(document, "previous_hash") + "\nrecorded as " +
         shown(document, "ledger_entry_id") + "\n";
}

std::string set_text(const Json& document) {
  auto out = facts({{"set", shown(document, "policy_hash")},
                    {"state", document["active"].get<bool>() ? "active" : "not active"},
                    {"mode", shown(document, "mode")},
                    {"four eyes", shown(document, "four_eyes")},
                    {"activated", shown(document, "activated_at")},
                    {"entry", shown(document, "ledger_entry_id")},
                    {"before", shown(document, "previous_hash")}});
  for (const auto& file : document["files"]) {
    out += shown(file, "sha256") + "  " + shown(file, "name") + "\n";
  }
  return out;
}

}  // namespace lexecon::cli
