// Evidence: files that are kept with the ledger, what they are for, and entries that are evidence.
//
// Shapes   the file is durable in its place before the entry that names it is committed; its digest
//          stands in the sealed content alone
// Errors   those of service/act; Error{bad_input} for a value that may not stand there;
//          Error{not_found}; Error{integrity} where file, sealed content and entry disagree
// Source   lexecon-evidence-add(1); lexecon-ledger(5), evidence.*
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"
#include "oversight/evidence.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct Evidence {
  chain::Entry entry;
  Hash entry_hash;
  std::string type;
  std::optional<oversight::EvidenceFile> file;  // of evidence.added, until it is erased
  std::vector<oversight::EvidenceLink> links;

  [[nodiscard]] bool has_file() const { return entry.event_type == "evidence.added"; }
};

/// What evidence is for; at least one of them, where something is linked.
struct EvidenceUse {
  std::optional<std::string> decision_id = {};
  std::optional<std::string> control = {};
};

struct NewEvidence {
  std::string type;
  std::string media_type = "application/octet-stream";
  std::optional<std::string> name = {};
  std::optional<std::string> description = {};
  std::string retention = "standard";
  EvidenceUse use = {};
};

/// Reads an open descriptor to its end; `source` is for messages.
[[nodiscard]] Evidence add_evidence(const Node& node, const NewEvidence& added, int input,
                                    const std::string& source, Session& session);
/// Error{bad_input} for a link that says nothing new.
[[nodiscard]] Evidence link_evidence(const Node& node, const std::string& id,
                                     const EvidenceUse& use, Session& session);
/// By the id of evidence, of a decision, or of an entry.
[[nodiscard]] Evidence show_evidence(const Node& node, const std::string& id);
/// The same, with its bytes. SECURITY: those that `take` was given count for nothing until this returns.
[[nodiscard]] Evidence read_evidence(const Node& node, const std::string& id,
                                     const std::function<void(std::string_view)>& take);
void each_evidence(const Node& node, const oversight::EvidenceFilter& filter,
                   const std::function<void(const Evidence&)>& visit);

[[nodiscard]] Json to_json(const Evidence& evidence);

}  // namespace lexecon::service
