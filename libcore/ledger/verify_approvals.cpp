#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "authority/approval.hpp"
#include "chain/compliance_shapes.hpp"
#include "chain/event.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

using authority::RegistryKind;
using authority::Subject;

// Who signed what, by the operators that there were at that entry. What an approval says of a decision is
// for its story, in the check of the state.
class ApprovalsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.row.seq == 0) genesis_ = seen.hash;
    if (!evidence.rereads && seen.row.seq == hashes_.size()) hashes_.push_back(seen.hash);
    // What the fast reader knows whole takes no approval.
    if (seen.whole == nullptr || !chain::has_shape(*seen.whole)) return;
    chain::Entry entry = *seen.whole;
    entry.seq = seen.row.seq;
    if (entry.data.contains("approval")) {
      saw();
      check_signed(evidence, entry);
    } else if (chain::is_signed_by_operator(entry.event_type)) {
      saw();
      if (!authority::may_be_unsigned(entry, evidence.people.operators)) {
        refuse(entry, "has no approval by an operator");
      }
    }
    if (entry.event_type == "hold.placed") {
      holds_.emplace(entry.data.at("hold_id").get<std::string>(), seen.hash);
    }
    if (chain::is_statement(entry.event_type)) {
      statements_[chain::entry_id(entry.seq)] = seen.hash;
    } else if (entry.event_type == "compliance.withdrawn") {
      statements_.erase(chain::entry_id(entry.data.at("statement").get<std::uint64_t>()));
    }
    if (entry.event_type == "incident.recorded") {
      incidents_.emplace(entry.data.at("incident_id").get<std::string>(), seen.hash);
    }
    if (entry.event_type == "key.added") keys_[entry.data.at("kid").get<std::string>()] = seen.hash;
    if (const auto fault = evidence.people.operators.take(entry, seen.hash)) refuse(entry, *fault);
    if (const auto fault = evidence.people.stops.take(entry, seen.hash)) refuse(entry, *fault);
    if (const auto fault = evidence.people.overrides.take(entry)) refuse(entry, *fault);
    if (const auto fault = evidence.people.registrations.take(entry, seen.hash)) {
      refuse(entry, *fault);
    }
  }

  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    is_partial_ = is_partial_ || !seen.item.archived;
  }

  void check_signed(Evidence& evidence, const chain::Entry& entry) {
    if (const auto refused = authority::check_approval(entry, evidence.people.operators)) {
      refuse(entry, refused->sentence);
    }
    if (const auto refused = authority::check_registrant(entry, evidence.people.operators,
                                                         evidence.people.registrations)) {
      refuse(entry, refused->sentence);
    }
    if (!signed_.insert(crypto::sha256(authority::signed_bytes(entry))).second) {
      refuse(entry, "the same approval was used before");
    }
    const Subject subject = authority::subject_of(entry);
    if (subject.kind == Subject::Kind::decision || subject.kind == Subject::Kind::escalation)
      return;
    if (is_withheld(evidence, subject)) return;
    // An incident is named by its id, which does not say where it was recorded.
    const bool is_incident = subject.kind == Subject::Kind::incident;
    if (is_incident && is_partial_ && !incidents_.contains(subject.name)) return;
    if (const auto refused = authority::check_subject(entry, introduced(evidence, subject))) {
      refuse(entry, refused->sentence);
    }
  }

  /// What was signed for is not shown, so nobody can say what it was.
  static bool is_withheld(const Evidence& evidence, const Subject& subject) {
    return std::any_of(subject.seqs.begin(), subject.seqs.end(),
                       [&](std::uint64_t seq) { return evidence.records.withholds(seq); });
  }

  [[nodiscard]] std::optional<Hash> introduced(Evidence& evidence, const Subject& subject) const {
    const auto& people = evidence.people;
    if (subject.kind == Subject::Kind::log) return genesis_;
    if (subject.kind == Subject::Kind::sealed) return named_entries(evidence, subject.seqs);
    if (subject.kind == Subject::Kind::operator_id) {
      const auto* const found = people.operators.find_ever(subject.name);
      return found == nullptr ? std::nullopt : std::optional(found->added_hash);
    }
    if (subject.kind == Subject::Kind::stop) {
      const auto* const found = people.stops.by_id(subject.name);
      return found == nullptr ? std::nullopt : std::optional(found->hash);
    }
    if (subject.kind == Subject::Kind::model) {
      return registered(people, RegistryKind::model, subject);
    }
    if (subject.kind == Subject::Kind::prompt) {
      return registered(people, RegistryKind::prompt, subject);
    }
    if (subject.kind == Subject::Kind::hold) return found_in(holds_, subject.name);
    if (subject.kind == Subject::Kind::statement) return found_in(statements_, subject.name);
    if (subject.kind == Subject::Kind::incident) return found_in(incidents_, subject.name);
    if (subject.kind == Subject::Kind::token_key) return found_in(keys_, subject.name);
    return std::nullopt;
  }

  using Hashes = std::map<std::string, Hash, std::less<>>;
  static std::optional<Hash> found_in(const Hashes& hashes, const std::string& name) {
    const auto found = hashes.find(name);
    return found == hashes.end() ? std::nullopt : std::optional(found->second);
  }

  [[nodiscard]] std::optional<Hash> hash_of(Records& records, std::uint64_t seq) const {
    if (seq < hashes_.size()) return hashes_[seq];
    const auto bytes = records.entry(seq);
    return bytes ? std::optional(chain::entry_hash(*bytes)) : std::nullopt;
  }

  [[nodiscard]] std::optional<Hash> named_entries(Evidence& evidence,
                                                  const std::vector<std::uint64_t>& seqs) const {
    authority::NamedEntries named;
    for (const std::uint64_t seq : seqs) {
      const auto hash = hash_of(evidence.records, seq);
      if (!hash) return std::nullopt;
      named.add(*hash);
    }
    return named.finish();
  }

  static std::optional<Hash> registered(const authority::People& people, RegistryKind kind,
                                        const Subject& subject) {
    const auto* const found = people.registrations.find(kind, subject.name);
    return found == nullptr ? std::nullopt : std::optional(found->hash);
  }

  void refuse(const chain::Entry& entry, const std::string& sentence) {
    fail(entry.seq, chain::entry_id(entry.seq) + ", " + entry.event_type + ", " + sentence);
  }

  std::optional<Hash> genesis_;
  std::vector<Hash> hashes_;  // of a list, by seq; an erasure is signed for those that it names
  Hashes keys_;               // by kid
  Hashes holds_;              // by hold id
  Hashes statements_;         // by entry id; those that nobody withdrew
  Hashes incidents_;          // by incident id
  std::set<Hash> signed_;
  bool is_partial_ = false;  // entries are withheld
};

}  // namespace

NewCheck new_approvals_check() { return std::make_unique<ApprovalsCheck>(); }

}  // namespace lexecon::ledger
