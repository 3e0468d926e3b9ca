#include "export/export.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/scratch.hpp"
#include "base/text.hpp"
#include "export/build.hpp"
#include "export/outcome.hpp"
#include "export/seal.hpp"
#include "json/json.hpp"

namespace lexecon::exporting {
namespace {

using package::Disclosure;

void require_code(const std::optional<std::string>& purpose) {
  if (!purpose || is_code(*purpose)) return;
  throw Error(ErrorCode::usage,
              "expected a code of 1 to 128 of `a-z0-9_.:-`, got `" + printable(*purpose) + "`",
              "--purpose", "annual_audit, regulator_request: no free text stands in an entry");
}

/// What can be made of the ledger as it is now.
Selection selection_of(const service::Node& node, const ExportOptions& options) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const Selection selection{options.size ? *options.size : newest_size(database),
                            options.disclosure};
  require_possible(database, node, selection);
  return selection;
}

std::uint64_t request(const service::Node& node, service::NodeKey& key, ledger::Draft draft,
                      service::Session& session) {
  service::Act act(node, key, session);
  const auto seq = service::append_approved(act, node, std::move(draft)).entry.seq;
  (void)act.commit();
  return seq;
}

std::uint64_t record(service::Act& act, const service::Node& node, const package::Manifest& made,
                     std::uint64_t requested) {
  const auto appended = act.append({.event_type = "export.sealed",
                                    .actor = service::node_actor(node),
                                    .data = {{"export_id", made.export_id},
                                             {"request", requested},
                                             {"root_checksum", made.root_checksum.hex()}},
                                    .sealed = std::nullopt});
  (void)act.commit();
  return appended.entry.seq;
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

}  // namespace

std::string_view to_string(Format format) {
  switch (format) {
    case Format::bag:
      return "bag";
    case Format::tar:
      return "tar";
  }
  throw Error(ErrorCode::internal, "a format of no kind");
}

Exported export_package(const service::Node& node, const ExportOptions& options,
                        const std::optional<service::Signatory>& signatory,
                        service::Session& session) {
  require_code(options.purpose);
  refuse_what_stands_there(options.path);
  const auto selection = selection_of(node, options);
  auto draft = service::prepare(node,
                                {.event_type = "export.requested",
                                 .data = {{"disclosure", to_string(options.disclosure)},
                                          {"purpose", or_null(options.purpose)},
                                          {"tree_size", selection.size}}},
                                signatory, session);
  const Label label{.generated_at = options.generated_at,
                    .generator = options.generator,
                    .request = {{"purpose", or_null(options.purpose)}, {"requester", draft.actor}}};
  const ScratchFolder scratch(options.path.string() + ".new");
  const Path folder = scratch.path() / "package";
  make_folder(folder, Access::private_to_owner);
  service::NodeKey key(service::ledger_place(node.files), session.passphrase);
  const auto requested = request(node, key, std::move(draft), session);

  const auto signer = signer_of(node, selection.size);
  const auto& secret = signing_key(key, signer);
  const auto built = build(node, selection, label, secret, folder, options.progress);
  Path made = folder;
  if (options.format == Format::tar) {
    made = scratch.path() / "package.tar";
    write_tar(folder, built.manifest, made);
  }
  // A package of many entries takes longer than a clock may be behind the last one.
  if (options.clock) session.now = options.clock();
  service::Act act(node, key, session);
  // SECURITY: behind the lock nothing else happens: what was erased by now is in no package.
  require_signer(act, signer.key);
  if (selection.disclosure == Disclosure::sealed) {
    require_nothing_erased(act.database(), requested);
  }
  const auto sealed = record(act, node, built.manifest, requested);
  // Behind the commit, so that no package has its name without the entry that says so.
  move_to_new_name(made, options.path);
  return {.path = options.path,
          .format = options.format,
          .manifest = built.manifest,
          .payload = built.payload,
          .ledger_vkey = crypto::vkey(signer),
          .requested_seq = requested,
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
