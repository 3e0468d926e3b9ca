#include "service/act.hpp"

#include <utility>

#include "oversight/apply.hpp"
#include "registry/apply.hpp"

namespace lexecon::service {

Act::Act(const Node& node, Session& session)
    : key_(load_ledger_key(node, session.passphrase)),
      writer_(node.files, *key_, session.now, session.entropy, session.write) {}

Act::Act(const Node& node, const crypto::SecretKey& key, Session& session)
    : writer_(node.files, key, session.now, session.entropy, session.write) {}

Act::Act(const crypto::SecretKey& key, const ledger::NodeFiles& files, const std::string& origin,
         const std::string& node_id, Session& session)
    : writer_(ledger::Writer::create(files, key, origin, node_id, session.now, session.entropy,
                                     session.write)) {}

ledger::Appended Act::append(ledger::Draft draft) {
  auto appended = writer_.append(std::move(draft));
  project(writer_.database(), appended.entry);
  return appended;
}

void project(store::Database& database, const chain::Entry& entry) {
  registry::apply(database, entry);
  oversight::apply(database, entry);
}

}  // namespace lexecon::service
