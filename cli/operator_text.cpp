#include "operator_text.hpp"

#include "crypto/ssh_signer.hpp"
#include "output.hpp"

namespace lexecon::cli {

std::string public_key_from(const std::string& file, Context& context) {
  constexpr std::uint64_t max_bytes = 4'096;
  return crypto::parse_ssh_signer_file(context.read_input(file, max_bytes), file).text();
}

std::string operator_change_text(const Json& document) {
  const Json& approval = document["approval"];
  return facts({{"operator", shown(document, "operator")},
                {"recorded", shown(document, "event_type")},
                {"approved by", approval.is_null() ? "nobody: there was no operator"
                                                   : shown(approval, "operator")},
                {"entry", shown(document, "ledger_entry_id")}});
}

std::string human_authority(const Json& document) {
  if (document["human_authority_from"].is_null()) return "no human authority";
  return "no human authority before " + shown(document, "human_authority_from") +
         (document["four_eyes"] == "single"
              ? "; four eyes: single, one person may answer for his own requests"
              : "; four eyes: double");
}

}  // namespace lexecon::cli
