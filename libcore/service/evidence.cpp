#include "service/evidence.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/utf8.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence_files.hpp"
#include "registry/evidence.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

constexpr std::size_t max_name_bytes = 255;
constexpr std::size_t max_description_bytes = 4096;

/// type/subtype as in RFC 6838, without parameters.
bool is_media_type(std::string_view text) {
  const auto is_part = [](std::string_view part) {
    return !part.empty() && part.size() <= 127 && std::all_of(part.begin(), part.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    });
  };
  const auto slash = text.find('/');
  return slash != std::string_view::npos && is_part(text.substr(0, slash)) &&
         is_part(text.substr(slash + 1));
}

void require_text(const std::optional<std::string>& text, std::size_t most, const char* option) {
  if (!text) return;
  if (!text->empty() && text->size() <= most && find_bad_utf8(*text) == std::string_view::npos &&
      text->find('\0') == std::string::npos) {
    return;
  }
  throw Error(ErrorCode::bad_input,
              "expected UTF-8 text of 1 to " + std::to_string(most) + " bytes", option);
}

void require_use(const EvidenceUse& use) {
  if (!use.control || is_free_identifier(*use.control)) return;
  throw Error(ErrorCode::bad_input,
              "expected a control of 1 to 128 of `A-Za-z0-9._:@/+-`, got `" + *use.control + "`",
              "--control");
}

// Before a byte of the file is read.
void require_values(const NewEvidence& added) {
  require_use(added.use);
  require_text(added.name, max_name_bytes, "--name");
  require_text(added.description, max_description_bytes, "--description");
  if (!is_media_type(added.media_type)) {
    throw Error(ErrorCode::bad_input,
                "expected a media type as in `image/png`, got `" + added.media_type + "`",
                "--media-type");
  }
  if (!is_code(added.retention)) {
    throw Error(
        ErrorCode::bad_input,
        "expected a retention class of 1 to 128 of `a-z0-9_.:-`, got `" + added.retention + "`",
        "--retention");
  }
}

ledger::Draft draft(const Node& node, const char* event_type, Json data) {
  return {.event_type = event_type,
          .actor = node_actor(node),
          .data = std::move(data),
          .sealed = std::nullopt};
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

void append_link(Act& act, const Node& node, const std::string& id, const EvidenceUse& use) {
  if (use.decision_id) (void)require_decision(act.database(), *use.decision_id);
  (void)act.append(draft(node, "evidence.linked",
                         {{"control", or_null(use.control)},
                          {"decision_id", or_null(use.decision_id)},
                          {"evidence_id", id}}));
}

std::optional<std::string> id_of(const chain::Entry& entry) {
  if (entry.event_type != "evidence.added") return std::nullopt;
  return entry.data.at("evidence_id").get<std::string>();
}

/// Reads and hashes the entry again; nothing when it is no evidence.
std::optional<Evidence> read_one(store::Database& database, std::uint64_t seq,
                                 const oversight::EvidenceLinks* links) {
  auto stored = ledger::read_entry(database, seq);
  const auto type = stored ? oversight::evidence_type(stored->entry) : std::nullopt;
  if (!type) return std::nullopt;
  Evidence evidence{.entry = std::move(stored->entry),
                    .entry_hash = stored->hash,
                    .type = *type,
                    .file = {},
                    .links = {}};
  const auto id = id_of(evidence.entry);
  if (!id) return evidence;
  evidence.file = oversight::file_of(database, evidence.entry);
  const auto own =
      links != nullptr ? oversight::EvidenceLinks() : oversight::links_of(database, *id);
  const auto& known = links != nullptr ? *links : own;
  if (const auto found = known.find(*id); found != known.end()) evidence.links = found->second;
  return evidence;
}

std::uint64_t seq_of(store::Database& database, const std::string& id) {
  if (id.starts_with("dec_")) return require_decision(database, id);
  if (const auto seq = chain::seq_of(id)) return *seq;
  if (!id.starts_with("evd_")) {
    throw Error(
        ErrorCode::bad_input,
        "expected the id of evidence, `evd_…`, of a decision or of an entry, got `" + id + "`");
  }
  const auto seq = oversight::find_evidence(database, id);
  if (!seq) unknown_id(id);
  return *seq;
}

Evidence require_evidence(store::Database& database, const std::string& id) {
  const auto seq = seq_of(database, id);
  auto found = read_one(database, seq, nullptr);
  if (!found) unknown_id(chain::entry_id(seq));
  return std::move(*found);
}

std::string require_file(const Evidence& evidence, const std::string& id) {
  const auto found = id_of(evidence.entry);
  if (found) return *found;
  throw Error(ErrorCode::not_found, "`" + id + "` is evidence by itself and has no file", {},
              "lexecon ledger show " + chain::entry_id(evidence.entry.seq) + " prints it");
}

bool is_said(const oversight::EvidenceLink& link, const EvidenceUse& use) {
  return (!use.decision_id || use.decision_id == link.decision_id) &&
         (!use.control || use.control == link.control);
}

/// A row led here; the entries must say the same.
bool passes(store::Database& database, const Evidence& evidence,
            const oversight::EvidenceFilter& filter) {
  const auto& entry = evidence.entry;
  const auto is_linked = [&](const EvidenceUse& use) {
    return std::any_of(evidence.links.begin(), evidence.links.end(),
                       [&](const auto& link) { return is_said(link, use); });
  };
  const auto is_of_decision = [&] {
    if (evidence.has_file()) return is_linked({filter.decision_id, {}});
    if (entry.event_type == "decision") return entry.data.at("decision_id") == *filter.decision_id;
    const auto decided = read_decision(database, require_decision(database, *filter.decision_id));
    return decided.data.at("policy").at("hash") == entry.data.at("policy_hash");
  };
  const bool is_asked_for = evidence.has_file() || filter.type || filter.decision_id;
  return is_asked_for && (!filter.type || evidence.type == *filter.type) &&
         (!filter.actor || entry.actor == *filter.actor) &&
         (!filter.from || entry.timestamp >= *filter.from) &&
         (!filter.to || entry.timestamp < *filter.to) &&
         (!filter.decision_id || is_of_decision()) &&
         (!filter.control || is_linked({{}, filter.control}));
}

}  // namespace

Evidence add_evidence(const Node& node, const NewEvidence& added, int input,
                      const std::string& source, Session& session) {
  require_values(added);
  // Before the lock: a slow pipe must not keep others from deciding.
  oversight::IncomingFile incoming(node.files.evidence(), input, source, session.entropy);
  const oversight::EvidenceFile file{.sha256 = incoming.sha256(),
                                     .size = incoming.size(),
                                     .media_type = added.media_type,
                                     .name = added.name,
                                     .description = added.description,
                                     .retention = added.retention};
  auto sealed = chain::seal(oversight::sealed_value(file), session.entropy);
  const auto id = oversight::evidence_id(added.type, crypto::sha256(sealed));
  Act act(node, session);
  auto entry = draft(node, "evidence.added", {{"evidence_id", id}, {"type", added.type}});
  entry.sealed_bytes = std::move(sealed);
  const auto seq = act.append(std::move(entry)).entry.seq;
  if (added.use.decision_id || added.use.control) append_link(act, node, id, added.use);
  auto evidence = read_one(act.database(), seq, nullptr);
  // INVARIANT: no entry names a file that is not there: the file first, then the commit.
  incoming.put_in_place();
  (void)act.commit();
  return std::move(evidence.value());
}

Evidence link_evidence(const Node& node, const std::string& id, const EvidenceUse& use,
                       Session& session) {
  require_use(use);
  Act act(node, session);
  const auto before = require_evidence(act.database(), id);
  const auto evidence_id = require_file(before, id);
  if (std::any_of(before.links.begin(), before.links.end(),
                  [&](const auto& link) { return is_said(link, use); })) {
    throw Error(ErrorCode::bad_input, "`" + evidence_id + "` is linked so already", {},
                "lexecon evidence show " + evidence_id + " lists its links");
  }
  append_link(act, node, evidence_id, use);
  auto after = require_evidence(act.database(), evidence_id);
  (void)act.commit();
  return after;
}

Evidence show_evidence(const Node& node, const std::string& id) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return require_evidence(database, id);
}

Evidence read_evidence(const Node& node, const std::string& id,
                       const std::function<void(std::string_view)>& take) {
  auto evidence = show_evidence(node, id);
  const auto evidence_id = require_file(evidence, id);
  if (!evidence.file) {
    throw Error(ErrorCode::not_found, "`" + evidence_id + "` was erased",
                chain::entry_id(evidence.entry.seq));
  }
  oversight::read_evidence(node.files.evidence(), evidence.file->sha256, evidence.file->size, take);
  return evidence;
}

void each_evidence(const Node& node, const oversight::EvidenceFilter& filter,
                   const std::function<void(const Evidence&)>& visit) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  if (filter.decision_id) (void)require_decision(database, *filter.decision_id);
  const auto links = oversight::links_of(database, std::nullopt);
  oversight::each_evidence(database, filter, [&](std::uint64_t seq) {
    const auto evidence = read_one(database, seq, &links);
    if (!evidence || !passes(database, *evidence, filter)) registry::refuse_table("evidence", seq);
    visit(*evidence);
  });
}

}  // namespace lexecon::service
