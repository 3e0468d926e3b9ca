#include "service/approval.hpp"

#include <utility>

#include "authority/approval.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "chain/compliance_shapes.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "ledger/reader.hpp"
#include "oversight/decisions.hpp"
#include "oversight/escalations.hpp"
#include "oversight/incidents.hpp"
#include "oversight/stops.hpp"
#include "registry/evidence.hpp"
#include "registry/keys.hpp"
#include "registry/operators.hpp"
#include "registry/registrations.hpp"
#include "retention/holds.hpp"

namespace lexecon::service {
namespace {

using authority::Refusal;
using authority::Subject;

constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t max_text_bytes = 65'536;
constexpr const char* how_to_sign =
    "name an operator with --as and a key with --sign-with; lexecon operator list shows them";

std::optional<std::uint64_t> seq_of(store::Database& database, authority::RegistryKind kind,
                                    const std::string& id) {
  const auto registrations = registry::registrations(database);
  const auto* const found = registrations.find(kind, id);
  return found == nullptr ? std::nullopt : std::optional(found->registered().seq);
}

std::optional<std::uint64_t> seq_of(store::Database& database, const Subject& subject,
                                    const authority::Operators& operators) {
  switch (subject.kind) {
    case Subject::Kind::itself:
    case Subject::Kind::sealed:
    case Subject::Kind::statement:
    case Subject::Kind::unknown:
      return std::nullopt;
    case Subject::Kind::log:
      return 0;
    case Subject::Kind::operator_id: {
      const auto* const found = operators.find_ever(subject.name);
      return found == nullptr ? std::nullopt : std::optional(found->added_seq);
    }
    case Subject::Kind::token_key: {
      const auto key = registry::token_key(database, subject.name);
      return key ? std::optional(key->added_seq) : std::nullopt;
    }
    case Subject::Kind::decision:
      return oversight::find_decision(database, subject.name);
    case Subject::Kind::escalation:
      return oversight::find_escalation(database, subject.name);
    case Subject::Kind::stop:
      return oversight::find_stop(database, subject.name);
    case Subject::Kind::hold:
      return retention::find_hold(database, subject.name);
    case Subject::Kind::incident:
      return oversight::find_incident(database, subject.name);
    case Subject::Kind::model:
      return seq_of(database, authority::RegistryKind::model, subject.name);
    case Subject::Kind::prompt:
      return seq_of(database, authority::RegistryKind::prompt, subject.name);
  }
  throw Error(ErrorCode::internal, "a subject of no kind");
}

std::optional<Hash> named_entries(store::Database& database,
                                  const std::vector<std::uint64_t>& seqs) {
  authority::NamedEntries named;
  for (const auto seq : seqs) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) return std::nullopt;
    named.add(stored->hash);
  }
  return named.finish();
}

/// Of a statement that nobody withdrew.
std::optional<Hash> statement_hash(store::Database& database, std::uint64_t seq) {
  const auto stored = ledger::read_entry(database, seq);
  if (!stored || !chain::is_statement(stored->entry.event_type)) return std::nullopt;
  bool is_withdrawn = false;
  registry::each_after(database, "compliance.withdrawn", seq, std::nullopt,
                       [&](const chain::Entry& entry) {
                         is_withdrawn = is_withdrawn || entry.data.at("statement") == seq;
                       });
  return is_withdrawn ? std::nullopt : std::optional(stored->hash);
}

// A row leads to the entry; the entry must name the subject itself.
std::optional<Hash> introduced(store::Database& database, const Subject& subject,
                               const authority::Operators& operators) {
  if (subject.kind == Subject::Kind::sealed) return named_entries(database, subject.seqs);
  if (subject.kind == Subject::Kind::statement) {
    return statement_hash(database, subject.seqs.front());
  }
  const auto seq = seq_of(database, subject, operators);
  if (!seq) return std::nullopt;
  const auto stored = ledger::read_entry(database, *seq);
  if (!stored || (*seq != 0 && stored->bytes.find('"' + subject.name + '"') == std::string::npos)) {
    throw Error(ErrorCode::integrity, "the tables lead to an entry that says nothing of it",
                chain::entry_id(*seq), "run lexecon ledger verify");
  }
  return stored->hash;
}

std::optional<Refusal> refuse_replay(store::Database& database, const chain::Entry& entry) {
  const auto message = authority::signed_bytes(entry);
  const auto& nonce = entry.data.at("approval").at("nonce").get_ref<const std::string&>();
  std::optional<Refusal> out;
  registry::each_after(
      database, entry.event_type, std::nullopt, nonce, [&](const chain::Entry& earlier) {
        if (!earlier.data.contains("approval")) return;
        if (authority::signed_bytes(earlier) != message) return;
        out = {"replayed", "this approval is used already, by " + chain::entry_id(earlier.seq)};
      });
  return out;
}

std::optional<Refusal> refuse_own_registration(store::Database& database, const chain::Entry& entry,
                                               const authority::Operators& operators) {
  if (!authority::registry_kind_of(entry.event_type)) return std::nullopt;
  return authority::check_registrant(entry, operators, registry::registrations(database));
}

std::optional<Refusal> refuse_own_request(store::Database& database, const chain::Entry& entry,
                                          const authority::Operators& operators) {
  if (!authority::takes_four_eyes(entry.event_type)) return std::nullopt;
  const auto& id = entry.data.at("decision_id").get_ref<const std::string&>();
  const auto seq = oversight::find_decision(database, id);
  const auto decision = seq ? ledger::read_entry(database, *seq) : std::nullopt;
  if (!decision || decision->entry.event_type != "decision") {
    return Refusal{"wrong_subject", "`" + id + "` is not on record"};
  }
  const Json& data = decision->entry.data;
  return authority::check_four_eyes(entry, operators, data.at("actor").get<std::string>(),
                                    data.at("owners").get<std::vector<std::string>>());
}

std::optional<Refusal> refuse_signed(store::Database& database, const chain::Entry& entry,
                                     const authority::Operators& operators) {
  if (auto refused = authority::check_approval(entry, operators)) return refused;
  const auto hash = introduced(database, authority::subject_of(entry), operators);
  if (auto refused = authority::check_subject(entry, hash)) return refused;
  if (auto refused = refuse_own_request(database, entry, operators)) return refused;
  if (auto refused = refuse_own_registration(database, entry, operators)) return refused;
  return refuse_replay(database, entry);
}

void require_signature(const chain::Entry& entry, const authority::Operators& operators) {
  if (authority::may_be_unsigned(entry, operators)) return;
  if (!operators.any()) {
    throw Error(ErrorCode::not_permitted,
                entry.event_type + " takes the approval of an operator, and this node has none", {},
                "lexecon operator add adds the first one, an admin");
  }
  const auto role = std::string(authority::to_string(authority::least_role(entry.event_type)));
  throw Error(ErrorCode::not_permitted,
              entry.event_type + " takes the approval of an operator, " + role + " or above",
              chain::entry_id(*operators.first()), how_to_sign);
}

struct ToSign {
  chain::Entry entry;  // its approval lacks the signature alone
  std::string public_key;
};
// The snapshot ends here: as long as it is open, nobody can commit.
ToSign to_sign(const Node& node, const ledger::Draft& draft, const std::string& operator_id,
               Session& session) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto operators = registry::operators(database);
  const auto* const signer = operators.find_ever(operator_id);
  if (signer == nullptr) {
    throw Error(ErrorCode::not_found, "there is no operator `" + operator_id + "`", "--as",
                "lexecon operator list shows them");
  }
  auto entry = entry_of(draft, node.origin, ledger::size(database), session.now);
  entry.actor = "operator:" + signer->id;
  const auto subject = authority::subject_of(entry);
  const auto digest = introduced(database, subject, operators).value_or(Hash{});
  entry.data["approval"] = {{"issued_at", to_text(session.now)},
                            {"nonce", to_hex(session.entropy.bytes(nonce_bytes))},
                            {"operator", signer->id},
                            {"role", authority::to_string(signer->role)},
                            {"sshsig", ""},
                            {"subject", subject.name},
                            {"subject_digest", digest.hex()}};
  return {std::move(entry), signer->public_key};
}

}  // namespace

chain::Entry entry_of(const ledger::Draft& draft, const std::string& origin, std::uint64_t seq,
                      Timestamp at) {
  chain::Entry entry;
  entry.actor = draft.actor;
  entry.data = draft.data;
  entry.event_type = draft.event_type;
  entry.origin = origin;
  entry.seq = seq;
  entry.timestamp = at;
  if (draft.sealed_bytes) entry.sealed_hash = crypto::sha256(*draft.sealed_bytes);
  return entry;
}

Json sealed_text(const std::string& member, const std::string& text) {
  if (text.empty() || text.size() > max_text_bytes ||
      find_bad_utf8(text) != std::string_view::npos) {
    throw Error(
        ErrorCode::bad_input,
        "expected a " + member + " of 1 to " + std::to_string(max_text_bytes) + " bytes of UTF-8",
        "--" + member);
  }
  return {{member, text}};
}

ledger::Draft prepare(const Node& node, Wanted wanted, const std::optional<Signatory>& signatory,
                      Session& session) {
  ledger::Draft draft{.event_type = std::move(wanted.event_type),
                      .actor = node_actor(node),
                      .data = std::move(wanted.data),
                      .sealed = std::nullopt,
                      .sealed_bytes = std::nullopt};
  if (wanted.sealed) draft.sealed_bytes = chain::seal(*wanted.sealed, session.entropy);
  if (!signatory) return draft;
  auto [entry, public_key] = to_sign(node, draft, signatory->operator_id, session);
  const auto signature = signatory->sign(authority::signed_bytes(entry), public_key);
  entry.data["approval"]["sshsig"] = signature;
  draft.actor = std::move(entry.actor);
  draft.data = std::move(entry.data);
  return draft;
}

std::optional<Refusal> refusal_of(store::Database& database, const ledger::Draft& draft,
                                  const std::string& origin, Timestamp at) {
  const auto entry = entry_of(draft, origin, ledger::size(database), at);
  // A shape that is wrong is nobody's refused approval.
  static_cast<void>(chain::check_entry(entry));
  const auto operators = registry::operators(database);
  if (draft.data.contains("approval")) return refuse_signed(database, entry, operators);
  require_signature(entry, operators);
  return std::nullopt;
}

void require_approved(Act& act, const Node& node, const ledger::Draft& draft) {
  const auto refused = refusal_of(act.database(), draft, act.origin(), act.at());
  if (refused) refuse_approval(act, node, draft, *refused);
}

void refuse_approval(Act& act, const Node& node, const ledger::Draft& draft,
                     const authority::Refusal& refused) {
  const Json& approval = draft.data.at("approval");
  act.append({.event_type = "approval.refused",
              .actor = node_actor(node),
              .data = {{"event_type", draft.event_type},
                       {"operator", approval.at("operator")},
                       {"reason", refused.code},
                       {"subject", approval.at("subject")}},
              .sealed = std::nullopt});
  (void)act.commit();
  throw Error(ErrorCode::not_permitted, refused.sentence, refused.code,
              "the refusal is on record; lexecon operator list shows roles and keys");
}

ledger::Appended append_approved(Act& act, const Node& node, ledger::Draft draft) {
  require_approved(act, node, draft);
  return act.append(std::move(draft));
}

Json approval_of(const chain::Entry& entry) {
  const auto found = entry.data.find("approval");
  if (found == entry.data.end()) return {};
  return {{"operator", found->at("operator")},
          {"role", found->at("role")},
          {"issued_at", found->at("issued_at")}};
}

}  // namespace lexecon::service
