#include "export/export.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "export/build.hpp"
#include "export/outcome.hpp"
#include "export/seal.hpp"
#include "json/json.hpp"

namespace lexecon::exporting {
namespace {

/// Before anything is made; behind the lock it is asked again.
void refuse_alone(const service::Node& node, const Asked& asked) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  if (!waits(database, asked)) return;
  throw Error(ErrorCode::not_permitted, "a second person has to approve this package",
              "exports.approval",
              "lexecon export --request-only asks for it, --approve approves it, --of-request "
              "makes it");
}

/// How many entries there are before the package is made, with that of the request, which the draft is when
/// it was not recorded before.
std::uint64_t begin(const service::Node& node, service::NodeKey& key,
                    std::optional<ledger::Draft> draft, Asked& asked, service::Session& session) {
  service::Act act(node.files, key, session);
  if (!draft) return act.size();
  asked.seq = service::append_approved(act, node, *std::move(draft)).entry.seq;
  (void)act.commit();
  return asked.seq + 1;
}

std::uint64_t record(service::Act& act, const service::Node& node, const package::Manifest& made,
                     std::uint64_t requested) {
  ledger::Draft draft{.event_type = "export.sealed",
                      .actor = service::node_actor(node),
                      .data = {{"export_id", made.export_id},
                               {"request", requested},
                               {"root_checksum", made.root_checksum.hex()}},
                      .sealed = std::nullopt};
  // INVARIANT: by the rule that verifiers have, and the set in force now.
  const auto entry = service::entry_of(draft, act.origin(), act.size(), act.at());
  auto exports = exports_on_record(act.database());
  if (const auto fault = exports.take(entry, approval_setting(act.database()), false)) {
    throw Error(ErrorCode::not_permitted, *fault, chain::entry_id(requested),
                "lexecon export --approve takes another operator than the one who asked");
  }
  const auto appended = act.append(std::move(draft));
  (void)act.commit();
  return appended.entry.seq;
}

}  // namespace

Exported export_package(const service::Node& node, const ExportOptions& options,
                        const std::optional<service::Signatory>& signatory,
                        service::Session& session) {
  refuse_what_stands_there(options.path);
  auto asked = options.request ? asked_before(node, *options.request) : plan(node, options.wish);
  std::optional<ledger::Draft> draft;
  refuse_alone(node, asked);
  if (!options.request) draft = prepare_request(node, asked, signatory, session);
  const ScratchFolder scratch(options.path.string() + ".new");
  const Path folder = scratch.path() / "package";
  make_folder(folder, Access::private_to_owner);
  service::NodeKey key(service::ledger_place(node.files), session.passphrase);
  const auto begun = begin(node, key, std::move(draft), asked, session);

  const auto signer = signer_of(node, asked.selection.size);
  const auto& secret = signing_key(key, signer);
  const Label label{options.generated_at, options.generator, asked.request};
  const auto built = build(node, asked.selection, label, secret, folder, options.progress);
  const auto made = formatted(options.format, folder, built.manifest, scratch.path() / "made");
  // A package of many entries takes longer than a clock may be behind the last one.
  if (options.clock) session.now = options.clock();
  service::Act act(node.files, key, session);
  // SECURITY: behind the lock nothing else happens: what was erased by now is in no package.
  require_signer(act, signer.key);
  if (asked.selection.disclosure == package::Disclosure::sealed) {
    require_nothing_erased(act.database(), begun);
  }
  const auto sealed = record(act, node, built.manifest, asked.seq);
  // Behind the commit, so that no package has its name without the entry that says so.
  move_to_new_name(made, options.path);
  return {.path = options.path,
          .format = options.format,
          .manifest = built.manifest,
          .payload = built.payload,
          .ledger_vkey = crypto::vkey(signer),
          .requested_seq = asked.seq,
          .sealed_seq = sealed};
}

Json to_json(const Exported& exported) {
  const auto& manifest = exported.manifest;
  return {{"schema", "lexecon.export/1"},
          {"path", exported.path.string()},
          {"format", to_string(exported.format)},
          {"export_id", manifest.export_id},
          {"disclosure", package::to_string(manifest.disclosure)},
          {"scope", package::is_whole(manifest) ? "all" : "filtered"},
          {"contents", package::to_json(manifest.contents)},
          {"head",
           {{"origin", manifest.checkpoint.origin},
            {"tree_size", manifest.checkpoint.tree_size},
            {"root_hash", manifest.checkpoint.root.hex()}}},
          {"root_checksum", manifest.root_checksum.hex()},
          {"payload_bytes", exported.payload.bytes},
          {"payload_files", exported.payload.files},
          {"generated_at", to_text_seconds(manifest.generated_at)},
          {"generator", manifest.generator},
          {"request", manifest.request},
          {"ledger_vkey", exported.ledger_vkey},
          {"requested_entry_id", chain::entry_id(exported.requested_seq)},
          {"sealed_entry_id", chain::entry_id(exported.sealed_seq)}};
}

}  // namespace lexecon::exporting
