#include "service/written.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"
#include "service/approval.hpp"

namespace lexecon::service {

Written written_beside(store::Database& database, const chain::Entry& entry) {
  if (!entry.sealed_hash) return {};
  const auto refuse = [&entry](const std::string& what) {
    return Error(ErrorCode::integrity, what, chain::entry_id(entry.seq),
                 "run lexecon ledger verify");
  };
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) {
    if (registry::was_erased(database, entry.seq)) return {.texts = Json::object(), .erased = true};
    throw refuse("what was written beside this entry is missing and was never erased");
  }
  Written out{.texts = chain::unseal(*sealed)};
  const bool are_texts =
      out.texts.is_object() && std::all_of(out.texts.begin(), out.texts.end(),
                                           [](const Json& each) { return each.is_string(); });
  if (!are_texts) throw refuse("the sealed content of this entry is of another shape");
  return out;
}

std::optional<Json> sealed_texts(const std::map<std::string, std::optional<std::string>>& texts) {
  Json out = Json::object();
  for (const auto& [name, text] : texts) {
    if (text) out.update(sealed_text(name, *text));
  }
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace lexecon::service
