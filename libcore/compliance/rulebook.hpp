// Laws and frameworks as data: what is asked, of whom, from when, and what on record can show it.
//
// Shapes   policies/rulebooks/*.yaml, lexecon.rulebook/1; the digest is SHA-256 of the bytes of the file. Entries
//          name a demand as <rulebook>:<id>, so that ids are free identifiers
// Errors   Error{bad_input}, where = "file:line:col", for what a rulebook may not say: an id twice, an unknown
//          kind, role or scope, a date that is none
// Source   lexecon-rulebook(5)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "compliance/evidence_kind.hpp"
#include "compliance/law.hpp"

namespace lexecon::compliance {

/// What a ledger can do for a demand at best.
enum class Reach : std::uint8_t {
  evidences,  // its records alone can show that it was met
  supports,   // they contribute; declared or external documents are needed besides
  external,   // it is met elsewhere
};
[[nodiscard]] std::string_view to_string(Reach reach);

/// An article's paragraph, an item of Annex IV, a control of a framework: what a row of a report is about.
struct Demand {
  std::string id;       // "aia-12.1", "aiv-2.g", "CC6.1"
  std::string article;  // of a law; empty of a control
  std::string paragraph;
  std::string reference;  // as people cite it: "Art. 12(1)", "Annex IV, point 2(g)", "CC6.1"
  std::string title;
  std::string duty;                     // paraphrased; empty of a control
  std::optional<std::string> formerly;  // what the duty was in all versions of the law but the last
  std::vector<std::string> roles;       // whom it binds; empty: everybody
  std::string scope;                    // which systems; empty: all of them
  Reach reach = Reach::external;        // of a control: supports where it is mapped
  std::string strength;                 // of a control: strong, partial, weak; empty: not mapped
  std::vector<std::string> kinds;       // of evidence
  std::vector<LawDates> dates;          // one for each version of the law
  std::optional<std::string> retention;
  std::optional<std::string> deadline;
  std::optional<std::string> penalty_tier;
  std::optional<std::string> amended;
  std::optional<std::string> oscal_control;
  std::optional<std::string> condition;  // of an item of Annex IV: "always", "where applicable" ...
  std::vector<std::string> fields;       // that a declaration for it answers
  std::optional<std::string> source;     // of it: ledger, declared, external, or two joined by '+'
  std::optional<std::string> note;
};

struct Rulebook {
  std::string id;  // eu_ai_act, annex_iv, soc2, ...
  std::string name;
  std::string version;  // of the rulebook, as in 2026-11-20
  std::string edition;  // of the law or the framework
  std::string checked_on;
  std::vector<std::string> sources;
  std::string licence;
  Hash digest;
  std::vector<LawVersion> versions;  // of a law, oldest first; empty of a framework
  std::vector<Penalty> penalties;
  std::vector<EvidenceKind> kinds;  // those that its demands name, ascending by id
  std::vector<Demand> demands;      // in the order of the file; of a framework all that it has
  std::string denominator;          // of a framework, in words: what 100 % would be of

  [[nodiscard]] const Demand* find(std::string_view id) const;
  [[nodiscard]] const EvidenceKind* kind(std::string_view id) const;
  /// The version of the law in force on a day, 0 of a framework; Error{bad_input} before the first one.
  [[nodiscard]] std::size_t version_on(const Date& day) const;
};

/// What it asks by a version of the law.
[[nodiscard]] const std::string& duty_in(const Rulebook& book, const Demand& demand,
                                         std::size_t version);

/// `name` is the file's in messages. Kinds that the file does not tell itself are of `shared`, those of
/// evidence_kinds.yaml; a file of kinds alone has them all.
[[nodiscard]] Rulebook read_rulebook(std::string_view bytes, const std::string& name,
                                     std::span<const EvidenceKind> shared);
/// The ids of those that the program carries, in the order of reports.
[[nodiscard]] std::vector<std::string> rulebook_ids();
/// One of them, read when it is first asked for; Error{not_found} with "did you mean".
[[nodiscard]] const Rulebook& rulebook(const std::string& id);

}  // namespace lexecon::compliance
