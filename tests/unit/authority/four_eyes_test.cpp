// Four eyes against every order of acts: the rules that verifiers and commands share, beside a model that
// knows nothing of entries, signatures or time stamps but who did what when.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "authority/decision_story.hpp"
#include "base/entropy.hpp"
#include "crypto/hash.hpp"
#include "crypto/ssh_signer.hpp"
#include "json/json.hpp"
#include "support/sshsig.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t hour = 60 * minute;
constexpr const char* decision_id = "dec_01JNX8A0000000000000000001";
constexpr const char* escalation_id = "esc_dec_01JNX8A0000000000000000001_00000001";
constexpr const char* agent = "actor:ai_agent:a";
constexpr const char* owner = "actor:human_user:owner";
const std::array<const char*, 4> role_names{"viewer", "auditor", "compliance_officer", "admin"};

/// What somebody does, as the model sees it.
struct Deed {
  std::string kind;  // add rotate revoke activate resolve fail confirm override stop resume issue
  std::string by;    // empty: nobody signed
  int role = 0;      // claimed
  int key = 0;       // signed with
  std::string whom;  // an operator, a stop
  int new_key = 0;
  int new_role = 0;
  std::vector<std::string> actors = {};
  std::string choice = {};  // outcome, requirement, scope, single or double
  std::int64_t life = 0;    // of a yes
  std::int64_t signed_before = 0;
  bool is_of_another = false;  // signed for another subject
  bool is_tampered = false;    // of a token: rests on what was not approved
};

class Model {
 public:
  bool does(const Deed& deed, std::int64_t now) {
    if (!may_sign(deed)) return false;
    if (deed.kind == "add") return add(deed);
    if (deed.kind == "rotate") return rotate(deed);
    if (deed.kind == "revoke") return revoke(deed);
    if (deed.kind == "activate") return single = deed.choice == "single", true;
    if (deed.kind == "resolve") return resolve(deed, now);
    if (deed.kind == "fail") return escalation == 'u' ? escalation = 'f', true : false;
    if (deed.kind == "confirm") return confirm(deed, now);
    if (deed.kind == "override") return replace(deed, now);
    if (deed.kind == "stop") return stops.emplace(deed.whom, std::pair(deed.choice, true)).second;
    if (deed.kind == "resume") return resume(deed);
    return issue(deed, now);
  }

  struct Person {
    int role = 0;
    int key = 0;
    std::vector<std::string> actors;
    bool is_in_force = true;
  };
  struct Yes {
    std::string by;
    std::string requirement;
    std::optional<std::int64_t> until;
    friend bool operator==(const Yes&, const Yes&) = default;
  };
  [[nodiscard]] std::vector<Yes> approved(std::int64_t now) const {
    std::vector<Yes> out;
    for (const auto& yes : given) {
      if (!yes.until || now < *yes.until) out.push_back(yes);
    }
    return out;
  }
  [[nodiscard]] bool stopped() const {
    return std::any_of(stops.begin(), stops.end(), [](const auto& stop) {
      const auto& [scope, holds] = stop.second;
      return holds && scope != "elsewhere";
    });
  }

  std::map<std::string, Person> people;
  std::set<int> keys;
  std::map<std::string, std::pair<std::string, bool>> stops;  // its scope, and whether it holds
  std::vector<std::string> owners;
  std::vector<Yes> given;
  std::string outcome;
  bool single = false;
  char escalation = '-';  // none, open, handed up, resolved, failed: - o u r f
  bool refused = false;
  bool has_token = false;

 private:
  [[nodiscard]] static bool answers(const Deed& deed) {
    return deed.kind == "resolve" || deed.kind == "confirm" || deed.kind == "override";
  }
  [[nodiscard]] bool may_sign(const Deed& deed) const {
    if (deed.kind == "fail" || deed.kind == "issue") return true;
    if (deed.by.empty()) {
      if (deed.kind == "stop") return true;
      if (!people.empty()) return false;
      return deed.kind == "activate" || (deed.kind == "add" && deed.new_role == 3);
    }
    const auto found = people.find(deed.by);
    if (found == people.end() || !found->second.is_in_force) return false;
    const auto& who = found->second;
    if (who.role != deed.role || who.key != deed.key || deed.is_of_another) return false;
    if (deed.signed_before > 24 * hour || deed.signed_before < -5 * minute) return false;
    const bool own_key = deed.kind == "rotate" && deed.whom == deed.by;
    if (who.role < least(deed.kind) && !own_key) return false;
    if (deed.kind == "revoke" && deed.whom == deed.by) return false;
    return !answers(deed) || single || !speaks_for_requester(who);
  }
  [[nodiscard]] static int least(const std::string& kind) {
    if (kind == "stop") return 0;
    return kind == "add" || kind == "rotate" || kind == "revoke" || kind == "activate" ? 3 : 2;
  }
  [[nodiscard]] bool speaks_for_requester(const Person& who) const {
    return std::any_of(who.actors.begin(), who.actors.end(), [&](const std::string& actor) {
      return actor == agent || std::find(owners.begin(), owners.end(), actor) != owners.end();
    });
  }
  bool add(const Deed& deed) {
    if (people.contains(deed.whom) || !keys.insert(deed.new_key).second) return false;
    people[deed.whom] = {deed.new_role, deed.new_key, deed.actors, true};
    return true;
  }
  bool rotate(const Deed& deed) {
    const auto found = people.find(deed.whom);
    if (found == people.end() || !found->second.is_in_force) return false;
    if (!keys.insert(deed.new_key).second) return false;
    found->second.key = deed.new_key;
    return true;
  }
  bool revoke(const Deed& deed) {
    const auto found = people.find(deed.whom);
    return found != people.end() && std::exchange(found->second.is_in_force, false);
  }
  bool resolve(const Deed& deed, std::int64_t now) {
    if (escalation != 'o' && escalation != 'u') return false;
    const bool is_yes = deed.choice == "approved";
    const bool is_no = deed.choice == "denied";
    escalation = is_yes || is_no ? 'r' : deed.choice == "deferred" ? 'o' : 'u';
    if (is_yes) given.push_back({deed.by, "human_confirmation", now + deed.life});
    if (is_no) refuse();
    return true;
  }
  bool confirm(const Deed& deed, std::int64_t now) {
    if (outcome == "approved" || refused || deed.choice != "two_people") return false;
    given.push_back({deed.by, deed.choice, now + deed.life});
    return true;
  }
  bool replace(const Deed& deed, std::int64_t now) {
    refused = false;
    if (deed.choice == "denied") return refuse(), true;
    const auto until = deed.life == 0 ? std::nullopt : std::optional(now + deed.life);
    given.push_back({deed.by, "human_confirmation", until});
    return true;
  }
  void refuse() {
    refused = true;
    given.clear();
  }
  bool resume(const Deed& deed) {
    const auto found = stops.find(deed.whom);
    return found != stops.end() && std::exchange(found->second.second, false);
  }
  bool issue(const Deed& deed, std::int64_t now) {
    if (refused || stopped() || deed.is_tampered) return false;
    if (!approved(now).empty()) return given.clear(), true;
    return outcome == "approved" && !std::exchange(has_token, true);
  }
};

crypto::SecretKey key_number(int number) {
  return crypto::SecretKey::from_seed(std::string(31, 'k') + static_cast<char>('A' + number));
}

std::string text_of_key(int number) {
  return crypto::SshSigner{false, key_number(number).public_key()}.text();
}

/// The rules, asked as a verifier asks them.
class Log {
 public:
  Log(const Model& model, bool is_escalated) {
    add("decision", {{"actor", agent},
                     {"action", "action:x"},
                     {"data_classes", Json::array()},
                     {"decision_id", decision_id},
                     {"outcome", model.outcome},
                     {"owners", model.owners},
                     {"policy", {{"unmet", {"two_people"}}}},
                     {"resource", nullptr},
                     {"tenant", nullptr},
                     {"token", nullptr},
                     {"tool", nullptr}});
    if (is_escalated) {
      add("escalation.created", {{"decision_id", decision_id},
                                 {"escalation_id", escalation_id},
                                 {"priority", "high"},
                                 {"reasons", Json::array()}});
    }
  }

  [[nodiscard]] bool does(const Deed& deed, Timestamp now) { return accepts(entry_of(deed, now)); }
  /// The same bytes that were signed for an entry that is there, again.
  [[nodiscard]] bool repeats(Timestamp now) {
    if (accepted_.empty()) return false;
    auto entry = accepted_.back();
    entry.seq = seq_;
    entry.timestamp = now;
    return accepts(std::move(entry));
  }
  [[nodiscard]] std::vector<Model::Yes> approved(Timestamp now) const {
    std::vector<Model::Yes> out;
    for (const auto& each : story_.facts(now).approvals) {
      out.push_back({each.operator_id, each.requirement, std::nullopt});
    }
    return out;
  }

 private:
  chain::Entry entry_of(const Deed& deed, Timestamp now) {
    chain::Entry entry;
    entry.actor = deed.by.empty() ? "node:n" : "operator:" + deed.by;
    entry.origin = "example.org/log";
    entry.seq = seq_;
    entry.timestamp = now;
    std::tie(entry.event_type, entry.data) = data_of(deed, now);
    if (!deed.by.empty()) sign(entry, deed, now);
    return entry;
  }

  std::pair<std::string, Json> data_of(const Deed& deed, Timestamp now) {
    const auto until = to_text({now.micros + deed.life});
    const Json named{{"decision_id", decision_id}, {"escalation_id", escalation_id}};
    if (deed.kind == "add") {
      return {"operator.added",
              {{"actors", deed.actors},
               {"operator", deed.whom},
               {"public_key", text_of_key(deed.new_key)},
               {"role", role_names.at(static_cast<std::size_t>(deed.new_role))}}};
    }
    if (deed.kind == "rotate") {
      return {"operator.rotated",
              {{"operator", deed.whom}, {"public_key", text_of_key(deed.new_key)}}};
    }
    if (deed.kind == "revoke") {
      return {"operator.revoked", {{"operator", deed.whom}, {"reason", "left"}}};
    }
    if (deed.kind == "activate") {
      return {"policy.activated",
              {{"four_eyes", deed.choice}, {"policy_hash", std::string(64, 'a')}}};
    }
    if (deed.kind == "resolve") {
      auto data = named;
      data["expires_at"] = until;
      data["outcome"] = deed.choice;
      return {"escalation.resolved", data};
    }
    if (deed.kind == "fail") return {"escalation.failed", named};
    if (deed.kind == "confirm") {
      return {"decision.confirmed",
              {{"decision_id", decision_id}, {"expires_at", until}, {"requirement", deed.choice}}};
    }
    if (deed.kind == "override") {
      const bool is_yes = deed.choice == "approved";
      return {"override.created",
              {{"decision_id", decision_id},
               {"expires_at", is_yes && deed.life != 0 ? Json(until) : Json()},
               {"new_outcome", deed.choice},
               {"override_id", "ovr_" + std::string(decision_id) + "_" + std::to_string(seq_)},
               {"relations", is_yes ? Json{"r1"} : Json::array()},
               {"scope", "single_decision"},
               {"type", "human_review"}}};
    }
    if (deed.kind == "stop") {
      const bool is_all = deed.choice == "all";
      return {"oversight.stopped",
              {{"reason", "test"},
               {"scope", is_all ? "all" : "actor"},
               {"stop_id", deed.whom},
               {"target", is_all                   ? Json()
                          : deed.choice == "actor" ? Json(agent)
                                                   : Json("actor:ai_agent:other")}}};
    }
    if (deed.kind == "resume") {
      return {"oversight.resumed", {{"reason", "test"}, {"stop_id", deed.whom}}};
    }
    auto facts = story_.facts(now);
    if (deed.is_tampered) {
      facts.approvals.push_back({.operator_id = "o0", .requirement = "two_people", .seq = 1});
    }
    return {"token.issued", {{"decision_id", decision_id}, {"facts", decision::to_json(facts)}}};
  }

  void sign(chain::Entry& entry, const Deed& deed, Timestamp now) {
    const auto subject = authority::subject_of(entry);
    auto digest = introduced(subject).value_or(Hash{}).hex();
    if (deed.is_of_another) digest[0] = digest[0] == 'f' ? '0' : 'f';
    entry.data["approval"] = {{"issued_at", to_text({now.micros - deed.signed_before})},
                              {"nonce", std::to_string(seq_)},
                              {"operator", deed.by},
                              {"role", role_names.at(static_cast<std::size_t>(deed.role))},
                              {"sshsig", ""},
                              {"subject", subject.name},
                              {"subject_digest", digest}};
    entry.data["approval"]["sshsig"] =
        test::sshsig(key_number(deed.key), authority::signed_bytes(entry));
  }

  [[nodiscard]] std::optional<Hash> introduced(const authority::Subject& subject) const {
    using Kind = authority::Subject::Kind;
    if (subject.kind == Kind::decision) return hash_of(0);
    if (subject.kind == Kind::escalation) return hash_of(1);
    if (subject.kind == Kind::operator_id) {
      const auto* const found = people_.operators.find_ever(subject.name);
      return found == nullptr ? std::nullopt : std::optional(found->added_hash);
    }
    if (subject.kind == Kind::stop) {
      const auto* const found = people_.stops.by_id(subject.name);
      return found == nullptr ? std::nullopt : std::optional(found->hash);
    }
    return std::nullopt;
  }

  [[nodiscard]] static Hash hash_of(std::uint64_t seq) {
    return crypto::sha256(std::to_string(seq));
  }

  [[nodiscard]] bool signature_counts(const chain::Entry& entry) {
    if (!entry.data.contains("approval")) {
      return authority::may_be_unsigned(entry, people_.operators);
    }
    return !authority::check_approval(entry, people_.operators) &&
           !authority::check_subject(entry, introduced(authority::subject_of(entry))) &&
           !signed_.contains(authority::signed_bytes(entry));
  }

  bool accepts(chain::Entry entry) {
    if (!signature_counts(entry)) return false;
    auto people = people_;
    const auto hash = hash_of(seq_);
    if (people.operators.take(entry, hash) || people.stops.take(entry, hash)) return false;
    auto story = story_;
    const bool is_told = entry.data.contains("decision_id");
    if (is_told && story.take(entry, hash)) return false;
    people_ = std::move(people);
    story_ = std::move(story);
    if (entry.data.contains("approval")) {
      signed_.insert(authority::signed_bytes(entry));
      accepted_.push_back(std::move(entry));
    }
    ++seq_;
    return true;
  }

  void add(const std::string& event_type, Json data) {
    chain::Entry entry;
    entry.event_type = event_type;
    entry.data = std::move(data);
    entry.seq = seq_;
    REQUIRE_FALSE(story_.take(entry, hash_of(seq_)));
    ++seq_;
  }

  authority::People people_;
  authority::DecisionStory story_{people_};
  std::set<std::string> signed_;
  std::vector<chain::Entry> accepted_;
  std::uint64_t seq_ = 0;
};

class Choose {
 public:
  explicit Choose(std::uint64_t seed) : random_(seed) {}
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }
  bool one_in(int many) { return below(many) == 0; }

  Deed deed(const Model& model, int number) {
    static const std::array<const char*, 16> kinds{
        "add",     "add",      "rotate",   "revoke", "activate", "resolve", "resolve", "confirm",
        "confirm", "override", "override", "stop",   "resume",   "issue",   "issue",   "fail"};
    Deed out;
    out.kind = model.people.empty() ? "add" : kinds.at(static_cast<std::size_t>(below(16)));
    choose_signer(out, model);
    out.whom = out.kind == "stop" ? "stp_" + std::to_string(number)
               : out.kind == "resume"
                   ? "stp_" + std::to_string(model.stops.empty() ? 0 : below(number + 1))
                   : "o" + std::to_string(below(5));
    if (out.kind == "resume" && !model.stops.empty() && !one_in(4)) {
      out.whom = std::next(model.stops.begin(), below(static_cast<int>(model.stops.size())))->first;
    }
    out.new_key = below(9);
    out.new_role = model.people.empty() || one_in(2) ? 3 : below(4);
    if (one_in(3)) out.actors.emplace_back(one_in(2) ? agent : owner);
    out.choice = choice(out.kind);
    out.life = out.kind == "override" && one_in(2) ? 0 : (1 + below(6)) * hour;
    out.is_of_another = !out.by.empty() && one_in(25);
    out.is_tampered = out.kind == "issue" && one_in(6);
    if (one_in(20)) out.signed_before = one_in(2) ? 25 * hour : -6 * minute;
    if (one_in(20)) out.signed_before = one_in(2) ? 24 * hour : -5 * minute;
    return out;
  }

 private:
  void choose_signer(Deed& out, const Model& model) {
    if (out.kind == "issue" || out.kind == "fail") return;
    if (model.people.empty() || one_in(12)) return;  // nobody signs
    out.by = "o" + std::to_string(below(5));
    const auto found = model.people.find(out.by);
    if (found == model.people.end()) return;
    out.role = one_in(25) ? below(4) : found->second.role;
    out.key = one_in(25) ? below(9) : found->second.key;
  }
  std::string choice(const std::string& kind) {
    if (kind == "activate") return one_in(3) ? "single" : "double";
    if (kind == "resolve") {
      static const std::array<const char*, 4> outcomes{"approved", "denied", "deferred",
                                                       "escalated_up"};
      return outcomes.at(static_cast<std::size_t>(below(4)));
    }
    if (kind == "confirm") return one_in(6) ? "something_else" : "two_people";
    if (kind == "override") return one_in(3) ? "denied" : "approved";
    if (kind == "stop") return one_in(2) ? "elsewhere" : one_in(2) ? "all" : "actor";
    return {};
  }

  std::mt19937_64 random_;
};

/// Yes and no, in this order.
using Counts = std::map<std::string, std::pair<int, int>>;

void run(std::uint64_t seed, Counts& counts) {
  CAPTURE(seed);
  Choose choose(seed);
  Model model;
  const bool is_escalated = choose.one_in(2);
  model.outcome = is_escalated ? "escalated" : choose.one_in(3) ? "approved" : "conditional";
  model.escalation = is_escalated ? 'o' : '-';
  if (choose.one_in(2)) model.owners = {owner};
  Log log(model, is_escalated);
  Timestamp now{1'767'225'600'000'000};
  for (int number = 0; number < 24; ++number) {
    CAPTURE(number);
    now.micros += choose.below(180) * minute;
    if (choose.one_in(20)) {
      CHECK_FALSE(log.repeats(now));
      ++counts["repeat"].second;
    }
    const auto deed = choose.deed(model, number);
    CAPTURE(deed.kind);
    CAPTURE(deed.by);
    const bool expected = model.does(deed, now.micros);
    CHECK(log.does(deed, now) == expected);
    ++(expected ? counts[deed.kind].first : counts[deed.kind].second);
    auto approved = model.approved(now.micros);
    for (auto& yes : approved) yes.until.reset();
    CHECK(log.approved(now) == approved);
  }
}

}  // namespace

TEST_SUITE("authority/four_eyes") {
  TEST_CASE("four eyes hold against every order of acts") {
    const std::uint64_t sequences = test::rounds() > 1 ? 10'000 : 400;
    Counts counts;
    for (std::uint64_t i = 0; i < sequences; ++i) run(test::first_seed() * 1'000'003 + i, counts);
    std::cout << "orders of acts: " << sequences << ", seed " << test::first_seed() << "; yes/no";
    for (const auto& [kind, seen] : counts) {
      std::cout << ", " << kind << " " << seen.first << "/" << seen.second;
      // Every act is taken now and then, and refused now and then.
      if (kind != "repeat") CHECK(seen.first > 0);
      CHECK(seen.second > 0);
    }
    std::cout << "\n";
  }
}
