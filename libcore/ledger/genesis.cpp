#include "ledger/genesis.hpp"

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/event.hpp"

namespace lexecon::ledger {
namespace {

void require(bool holds, const std::string& otherwise) {
  if (!holds) throw Error(ErrorCode::integrity, otherwise, "genesis");
}

}  // namespace

Genesis read_genesis(const chain::Entry& entry) {
  require(entry.seq == 0 && entry.event_type == "genesis", "the first entry is no genesis");
  Genesis genesis;
  try {
    static_cast<void>(chain::check_event(entry.event_type, entry.data, entry.seq));
    genesis.log = crypto::parse_vkey(entry.data.at("ledger_vkey").get<std::string>());
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, error.message(), "genesis");
  }
  genesis.at = entry.timestamp;
  genesis.node_id = entry.data.at("node_id").get<std::string>();
  require(genesis.log.name == entry.origin,
          "the log's key is named `" + genesis.log.name + "`, its entries `" + entry.origin + "`");
  require(chain::is_origin_of(entry.origin, genesis.log.key),
          "the log's name `" + entry.origin + "` is not that of its key");
  require(entry.actor == "node:" + genesis.node_id, "the genesis is not by its own node");
  return genesis;
}

}  // namespace lexecon::ledger
