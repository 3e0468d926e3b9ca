#include "set_text.hpp"

#include "output.hpp"

namespace lexecon::cli {

namespace {

/// Errors do not load: what is left to say of a set in force is warnings, and how many notes.
std::string lint_text(const Json& findings) {
  std::string out;
  std::size_t notes = 0;
  for (const auto& finding : findings) {
    if (finding["severity"] == "note") {
      ++notes;
      continue;
    }
    out += shown(finding, "severity") + ": " + shown(finding, "file") + ":" +
           shown(finding, "line") + ":" + shown(finding, "column") + ": " +
           shown(finding, "message") + " [" + shown(finding, "rule") + "]\n";
  }
  if (notes == 0) return out;
  return out + (notes == 1 ? "1 note" : std::to_string(notes) + " notes") +
         ": lexecon policy lint shows " + (notes == 1 ? "it" : "them") + "\n";
}

}  // namespace

std::string activation_text(const Json& document) {
  const auto hash = shown(document, "policy_hash");
  if (!document["changed"].get<bool>()) {
    return "unchanged: " + hash + " is the active set already\n" + lint_text(document["findings"]);
  }
  const auto files = document["files"].size();
  return "activated " + hash + " (" + shown(document, "mode") + ", " + std::to_string(files) +
         " files)\nbefore    " + shown(document, "previous_hash") + "\nrecorded as " +
         shown(document, "ledger_entry_id") + "\n" + lint_text(document["findings"]);
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
