#include "service/import.hpp"

#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/export_shapes.hpp"
#include "json/json.hpp"
#include "registry/evidence.hpp"
#include "service/act.hpp"

namespace lexecon::service {
namespace {

struct LastImport {
  std::uint64_t seq = 0;
  chain::ImportedHead head;
};

chain::ImportedHead head_in(const chain::Entry& entry) {
  try {
    static_cast<void>(chain::check_entry(entry));
    return chain::open_imported_head(entry.data);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input && error.code() != ErrorCode::integrity) throw;
    throw Error(ErrorCode::integrity,
                "what was taken in of another log is none: " + error.message(),
                chain::entry_id(entry.seq), "run lexecon ledger verify");
  }
}

/// The newest import of that log, from the entries.
std::optional<LastImport> last_import(store::Database& database, const std::string& origin) {
  std::optional<LastImport> last;
  registry::each_after(database, chain::log_imported, std::nullopt, origin,
                       [&](const chain::Entry& entry) {
                         auto head = head_in(entry);
                         if (head.checkpoint.origin != origin) return;
                         last = LastImport{entry.seq, std::move(head)};
                       });
  return last;
}

std::optional<LastImport> last_import(const Node& node, const std::string& origin) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return last_import(database, origin);
}

ledger::Draft draft_of(const Node& node, const audit::PackageVerification& found) {
  const auto& manifest = found.manifest.value();
  return {.event_type = std::string(chain::log_imported),
          .actor = node_actor(node),
          .data = {{"decisions", manifest.contents.decisions},
                   {"export_id", manifest.export_id},
                   {"log_vkey", crypto::vkey(found.signer.value())},
                   {"note", found.note},
                   {"redecided", found.log.redecided ? found.log.redecided->judged : 0},
                   {"root_checksum", manifest.root_checksum.hex()},
                   {"scope", package::is_whole(manifest) ? "all" : "filtered"}},
          .sealed = std::nullopt};
}

std::uint64_t record(const Node& node, const audit::PackageVerification& found,
                     const std::optional<LastImport>& last, Session& session) {
  Act act(node, session);
  const auto now = last_import(act.database(), found.log.origin);
  if (now.has_value() != last.has_value() || (now && now->seq != last->seq)) {
    throw Error(ErrorCode::busy, "the same log was taken in meanwhile", found.log.origin,
                "run it again");
  }
  const auto appended = act.append(draft_of(node, found));
  (void)act.commit();
  return appended.entry.seq;
}

}  // namespace

ImportAnswer import_package(const Node& node, const Path& path, ledger::VerifyOptions options,
                            Session& session) {
  const auto origin = audit::origin_of(path);
  if (origin == node.origin) {
    throw Error(ErrorCode::bad_input, "a node does not take in its own log", path.string(),
                "another node does; here run lexecon verify");
  }
  const auto last = origin ? last_import(node, *origin) : std::nullopt;
  if (last) {
    options.older_notes.push_back(last->head.note);
    if (options.pins.empty()) {
      options.pins.push_back({.name = last->head.log.name, .key = last->head.log.key});
    }
  }
  ImportAnswer answer{.found = audit::verify_package(path, {.verify = std::move(options)})};
  if (last) answer.last = last->head.checkpoint;
  if (answer.found.log.verdict == findings::Verdict::valid) {
    answer.seq = record(node, answer.found, last, session);
  }
  return answer;
}

Json to_json(const ImportAnswer& answer) {
  Json document = audit::to_json(answer.found);
  document["schema"] = "lexecon.import/1";
  document["last"] = answer.last ? Json{{"tree_size", answer.last->tree_size},
                                        {"root_hash", answer.last->root.hex()}}
                                 : Json();
  document["ledger_entry_id"] = answer.seq ? Json(chain::entry_id(*answer.seq)) : Json();
  return document;
}

}  // namespace lexecon::service
