// Random acts of custody against a model that knows nothing of the program but its rules in words: what was
// held, released, erased and expired, and how each model on record stands, is the same after each sequence, every
// refusal is one that the model wants, and the ledger verifies.
#include <iostream>
#include <map>
#include <set>

#include "bureau.hpp"
#include "registry/sets.hpp"
#include "service/activate.hpp"
#include "service/erasure.hpp"
#include "service/holds.hpp"
#include "service/rebuild.hpp"
#include "service/registrations.hpp"
#include "service/retention.hpp"

using namespace lexecon;

namespace {

constexpr std::int64_t hour = 3'600;

/// The reader's requests expire after an hour. The trader's are kept for two, whatever but the law of data
/// protection wants, and expire then. Nothing is said of the others.
constexpr const char* classes = R"(
retention:
  classes:
    - {name: short, applies: {actors: ['actor:agent:reader']}, keep: 1h, basis: own, law: ours, then: erase}
    - {name: floor, applies: {actors: ['actor:agent:trader']}, keep: 2h, basis: own, law: ours, floor: true,
       gives_way_to: [gdpr:17], then: erase}
)";

/// What the rules say, in a few lines and with nothing of the program.
struct Model {
  struct Content {
    std::string actor;
    std::int64_t at = 0;
    bool erased = false;
  };
  struct Hold {
    std::set<std::uint64_t> seqs;
    bool released = false;
  };
  struct Version {
    char digest = '0';
    std::string registrant;
    std::string state;
    std::optional<std::int64_t> until = {};
  };
  std::map<std::uint64_t, Content> contents;
  std::map<std::string, Hold> holds;
  std::map<std::string, Version> versions;

  [[nodiscard]] bool may_register(const std::string& id, char digest) const {
    for (const auto& [other, version] : versions) {
      if (other == id || version.digest == digest) return false;
    }
    return true;
  }
  [[nodiscard]] std::string version_state(const std::string& id, std::int64_t now) const {
    const auto found = versions.find(id);
    if (found == versions.end()) return "unregistered";
    const auto& [digest, registrant, state, until] = found->second;
    return state == "approved" && until && *until <= now ? "expired" : state;
  }
  [[nodiscard]] bool may_approve(const std::string& id, const std::string& signer,
                                 std::int64_t now) const {
    const auto state = version_state(id, now);
    if (state == "unregistered" || versions.at(id).registrant == signer) return false;
    return state == "registered" || state == "expired" ||
           (state == "approved" && versions.at(id).until);
  }
  [[nodiscard]] bool may_end(const std::string& id, const std::string& verb,
                             std::int64_t now) const {
    const auto state = version_state(id, now);
    return verb == "rejected" ? state == "registered" : state == "approved" || state == "expired";
  }

  [[nodiscard]] bool is_held(std::uint64_t seq) const {
    for (const auto& [id, hold] : holds) {
      if (!hold.released && hold.seqs.contains(seq)) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_there(std::uint64_t seq) const {
    const auto found = contents.find(seq);
    return found != contents.end() && !found->second.erased;
  }
  [[nodiscard]] bool may_place(const std::string& id, const std::set<std::uint64_t>& seqs) const {
    for (const auto seq : seqs) {
      if (!is_there(seq)) return false;
    }
    return !holds.contains(id) && !seqs.empty();
  }
  [[nodiscard]] bool may_release(const std::string& id) const {
    const auto found = holds.find(id);
    return found != holds.end() && !found->second.released;
  }
  [[nodiscard]] bool may_erase(const std::set<std::uint64_t>& seqs, const std::string& basis,
                               std::int64_t now) const {
    for (const auto seq : seqs) {
      if (!is_there(seq) || is_held(seq)) return false;
      const auto& [actor, at, erased] = contents.at(seq);
      if (actor == "trader" && basis != "gdpr:17" && now < at + 2 * hour) return false;
    }
    return !seqs.empty();
  }
  [[nodiscard]] bool is_expired(std::uint64_t seq, std::int64_t now) const {
    const auto& [actor, at, erased] = contents.at(seq);
    if (erased) return false;
    return (actor == "reader" && now >= at + hour) || (actor == "trader" && now >= at + 2 * hour);
  }
  [[nodiscard]] std::string state(std::uint64_t seq, std::int64_t now) const {
    if (contents.at(seq).erased) return "erased";
    if (is_held(seq)) return "on_hold";
    return is_expired(seq, now) ? "expiring" : "active";
  }
};

/// A node and the model of it, and what is done to both.
class Pair {
 public:
  explicit Pair(std::uint64_t seed) : random_(seed) {
    auto node_yaml = test::slurp(bureau_.office.node().files.folder / "node.yaml");
    bureau_.office.write("node.yaml", node_yaml + classes);
    (void)service::activate(bureau_.office.node(), std::nullopt, bureau_.by("ann"),
                            bureau_.office.session());
  }

  void act() {
    bureau_.office.pass(random_.between(1, 1'200));
    switch (random_.between(0, 9)) {
      case 0:
      case 1:
        return decide();
      case 2:
        return place();
      case 3:
        return release();
      case 4:
      case 5:
        return erase();
      case 6:
        return add_version();
      case 7:
        return approve_version();
      case 8:
        return end_version();
      default:
        return apply();
    }
  }

  /// Every content stands where the model has it.
  void compare() const {
    const auto status = service::retention_status(bureau_.office.node(), {}, bureau_.now());
    std::map<std::uint64_t, std::string> found;
    for (const auto& each : status.at("contents")) {
      if (model_.contents.contains(each.at("seq"))) found[each.at("seq")] = each.at("state");
    }
    std::map<std::uint64_t, std::string> expected;
    for (const auto& [seq, content] : model_.contents) {
      expected[seq] = model_.state(seq, now());
    }
    CHECK(found == expected);
    std::map<std::string, std::string> versions;
    for (const auto& each : service::list_versions(
             bureau_.office.node(), authority::RegistryKind::model, {}, bureau_.now())) {
      versions[each.registration.id] = decision::to_string(each.state);
    }
    CHECK(versions.size() == model_.versions.size());
    for (const auto& [id, state] : versions) CHECK(state == model_.version_state(id, now()));
  }
  void verify() {
    CHECK(bureau_.deep() == "valid");
    CHECK_FALSE(
        service::rebuild(bureau_.office.node().files, bureau_.office.session().write).changed());
  }

  std::map<std::string, std::uint64_t> done;

 private:
  [[nodiscard]] std::int64_t now() const { return bureau_.now().micros / 1'000'000; }
  /// One of the names that there are: the same are drawn again.
  std::string hold_id() { return "case-" + std::to_string(random_.between(0, 9)); }
  /// Contents mostly, and now and then an entry that has none.
  std::set<std::uint64_t> seqs() {
    std::set<std::uint64_t> out;
    for (std::int64_t i = random_.between(1, 3); i > 0; --i) {
      auto each = model_.contents.begin();
      if (model_.contents.empty() || random_.chance(8)) {
        out.insert(0);
      } else {
        std::advance(each, random_.between(0, std::ssize(model_.contents) - 1));
        out.insert(each->first);
      }
    }
    return out;
  }
  /// Whether it was done, as the model says it must. An approval that is refused is on record, as refused.
  bool attempt(const std::string& what, bool expected, const std::function<void()>& action) {
    CAPTURE(what);
    const auto before = bureau_.office.entries();
    const auto refused = test::code_of(action);
    CHECK(!refused == expected);
    if (refused && refused != ErrorCode::not_permitted) CHECK(bureau_.office.entries() == before);
    if (refused == ErrorCode::not_permitted) CHECK(bureau_.office.entries() == before + 1);
    ++done[what + (refused ? " refused" : "")];
    return !refused;
  }

  void decide() {
    static const std::vector<std::string> actors{"reader", "trader", "other"};
    const auto& actor = random_.pick(actors);
    (void)bureau_.decide({{"actor", "agent:" + actor}, {"action", "read"}});
    model_.contents[bureau_.office.entries() - 1] = {actor, now(), false};
    ++done["decide"];
  }
  void place() {
    const auto id = hold_id();
    const auto named = seqs();
    const service::NewHold hold{
        .id = id, .reason = "a claim", .content = {.seqs = {named.begin(), named.end()}}};
    const bool is_done = attempt("place", model_.may_place(id, named), [&] {
      (void)service::place_hold(bureau_.office.node(), hold, bureau_.by("bob"),
                                bureau_.office.session());
    });
    if (is_done) model_.holds[id] = {named, false};
  }
  void release() {
    const auto id = hold_id();
    const bool is_done = attempt("release", model_.may_release(id), [&] {
      (void)service::release_hold(bureau_.office.node(), id, std::nullopt, bureau_.by("bob"),
                                  bureau_.office.session());
    });
    if (is_done) model_.holds[id].released = true;
  }
  void erase() {
    const auto named = seqs();
    const std::string basis = random_.chance(50) ? "gdpr:17" : "own";
    const bool is_done = attempt("erase", model_.may_erase(named, basis, now()), [&] {
      (void)service::erase(bureau_.office.node(),
                           {.seqs = {named.begin(), named.end()},
                            .legal_basis = basis,
                            .requested_at = bureau_.now()},
                           bureau_.by("bob"), bureau_.office.session());
    });
    if (!is_done) return;
    for (const auto seq : named) model_.contents.at(seq).erased = true;
  }
  service::Version version() {
    return {authority::RegistryKind::model, "m@" + std::to_string(random_.between(1, 6))};
  }
  void add_version() {
    static const std::vector<std::string> registrants{"bob", "vic"};
    const auto added = version();
    const auto digest = static_cast<char>('a' + random_.between(0, 5));
    const auto& by = random_.pick(registrants);
    const bool is_done = attempt("register", model_.may_register(added.id, digest), [&] {
      (void)service::register_version(bureau_.office.node(),
                                      {.version = added,
                                       .digest = std::string(64, digest),
                                       .file = std::nullopt,
                                       .note = std::nullopt},
                                      bureau_.by(by), bureau_.office.session());
    });
    if (is_done) model_.versions[added.id] = {digest, by, "registered"};
  }
  void approve_version() {
    static const std::vector<std::string> officers{"ann", "bob"};
    const auto approved = version();
    const auto& by = random_.pick(officers);
    const auto until =
        random_.chance(50) ? std::optional(now() + random_.between(1, hour)) : std::nullopt;
    const bool is_done = attempt("approve", model_.may_approve(approved.id, by, now()), [&] {
      (void)service::approve_version(
          bureau_.office.node(),
          {.version = approved,
           .expires_at = until ? std::optional(Timestamp{*until * 1'000'000}) : std::nullopt,
           .provider_change = "no",
           .justification = std::nullopt},
          bureau_.by(by), bureau_.office.session());
    });
    if (!is_done) return;
    model_.versions.at(approved.id).state = "approved";
    model_.versions.at(approved.id).until = until;
  }
  void end_version() {
    static const std::vector<std::string> verbs{"rejected", "retired"};
    const auto ended = version();
    const auto& verb = random_.pick(verbs);
    const bool is_done = attempt(verb, model_.may_end(ended.id, verb, now()), [&] {
      (void)service::end_version(bureau_.office.node(), ended, verb, "superseded",
                                 bureau_.by("ann"), bureau_.office.session());
    });
    if (is_done) model_.versions.at(ended.id).state = verb;
  }
  void apply() {
    std::vector<std::uint64_t> expected;
    for (const auto& [seq, content] : model_.contents) {
      if (model_.is_expired(seq, now()) && !model_.is_held(seq)) expected.push_back(seq);
    }
    const auto run = service::apply_retention(bureau_.office.node(), {}, bureau_.by("bob"),
                                              bureau_.office.session());
    CHECK(run.at("seqs") == Json(expected));
    for (const auto seq : expected) model_.contents.at(seq).erased = true;
    ++done[expected.empty() ? "apply to nothing" : "apply"];
  }

  test::Bureau bureau_;
  Model model_;
  test::Random random_;
};

}  // namespace

TEST_SUITE("service/custody_property") {
  TEST_CASE("custody is what its rules say after any sequence of acts") {
    const int sequences = test::rounds() > 1 ? 10'000 : 80;
    constexpr int sequences_of_a_node = 10;
    constexpr int acts = 6;
    std::map<std::string, std::uint64_t> done;
    auto seed = test::first_seed();
    for (int begun = 0; begun < sequences; begun += sequences_of_a_node, ++seed) {
      CAPTURE(seed);
      Pair pair(seed);
      for (int sequence = 0; sequence < sequences_of_a_node; ++sequence) {
        CAPTURE(sequence);
        for (int i = 0; i < acts; ++i) {
          CAPTURE(i);
          pair.act();
        }
        pair.compare();
        pair.verify();
      }
      for (const auto& [what, count] : pair.done) done[what] += count;
    }
    std::cout << "custody: " << sequences << " sequences, seeds " << test::first_seed() << " to "
              << seed - 1;
    for (const auto& [what, count] : done) std::cout << ", " << count << " " << what;
    std::cout << "\n";
  }
}
