#include "service/act.hpp"

#include <utility>
#include <vector>

#include "oversight/apply.hpp"
#include "registry/apply.hpp"
#include "registry/keys.hpp"
#include "retention/apply.hpp"
#include "service/erasing.hpp"

namespace lexecon::service {
namespace {

ledger::Signer signer(NodeKey& key) {
  return [&key](const crypto::PublicKey& in_force) -> const crypto::SecretKey& {
    return key.of(std::span(&in_force, 1));
  };
}

/// The files, once nothing of an earlier erasure is left in them.
const ledger::NodeFiles& mended(const ledger::NodeFiles& files, const Session& session) {
  mend_erasing(files, session.write);
  return files;
}

}  // namespace

Act::Act(const Node& node, Session& session)
    : key_(std::in_place, ledger_place(node.files), session.passphrase),
      writer_(mended(node.files, session), signer(*key_), session.now, session.entropy,
              session.write) {}

Act::Act(const ledger::NodeFiles& files, NodeKey& key, Session& session)
    : writer_(mended(files, session), signer(key), session.now, session.entropy, session.write) {}

Act::Act(const crypto::SecretKey& key, const ledger::NodeFiles& files, const std::string& origin,
         const std::string& node_id, Session& session)
    : writer_(ledger::Writer::create(files, key, origin, node_id, session.now, session.entropy,
                                     session.write)) {}

const crypto::SecretKey& Act::token_key(NodeKey& key) {
  std::vector<crypto::PublicKey> in_force;
  for (const auto& each : registry::token_keys(database())) in_force.push_back(each.key);
  return key.of(in_force);
}

ledger::Appended Act::append(ledger::Draft draft) {
  auto appended = writer_.append(std::move(draft));
  project(writer_.database(), appended.entry);
  return appended;
}

void project(store::Database& database, const chain::Entry& entry) {
  registry::apply(database, entry);
  oversight::apply(database, entry);
  retention::apply(database, entry);
}

}  // namespace lexecon::service
