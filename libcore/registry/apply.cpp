#include "registry/apply.hpp"

#include "registry/keys.hpp"
#include "registry/operators.hpp"
#include "registry/registrations.hpp"
#include "registry/sets.hpp"
#include "registry/tokens.hpp"

namespace lexecon::registry {

void apply(store::Database& database, const chain::Entry& entry) {
  const auto& type = entry.event_type;
  if (type == "policy.activated") {
    apply_set(database, entry);
  } else if (type == "key.added" || type == "key.removed") {
    apply_key(database, entry);
  } else if (type == "operator.added" || type == "operator.rotated" || type == "operator.revoked") {
    apply_operator(database, entry);
  } else if (authority::registry_kind_of(type)) {
    apply_registration(database, entry);
  } else if (type == "decision" || type == "token.issued" || type == "token.used" ||
             type == "token.revoked") {
    apply_token(database, entry);
  }
}

}  // namespace lexecon::registry
