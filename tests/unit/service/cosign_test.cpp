#include "service/cosign.hpp"

#include "chain/merkle.hpp"
#include "chain/proof.hpp"
#include "chain/witness_policy.hpp"
#include "ledger/prove.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "office.hpp"
#include "registry/keys.hpp"
#include "service/act.hpp"
#include "service/passwd.hpp"
#include "service/rotate.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

/// A log that decides, and nodes that witness it.
struct World {
  Office log{1, "example.org/log"};
  Office witness{2, "example.org/witness"};

  [[nodiscard]] crypto::Pin pin() const { return {log.node().origin, ledger_key()}; }
  [[nodiscard]] crypto::PublicKey ledger_key() const {
    return service::open_node(log.made().folder).keys.in_force().key;
  }
  [[nodiscard]] std::string head() const {
    auto database = service::open_ledger(log.node());
    return ledger::last_checkpoint(database).value();
  }
  [[nodiscard]] std::string proof_from(std::uint64_t size) const {
    const auto node = service::open_node(log.made().folder);
    auto database = service::open_ledger(node);
    return to_text(ledger::prove_consistency(database, node.keys, size, std::nullopt));
  }
  [[nodiscard]] crypto::SecretKey stolen_key() const {
    return service::load_key(log.node().files.ledger_key(), {});
  }
  /// Signed by the log: a root of whatever is wanted.
  [[nodiscard]] std::string forged(std::uint64_t size, char root = 'f') const {
    const Hash hash = hash_from_bytes(std::string(32, root)).value();
    return chain::sign_checkpoint({log.node().origin, size, hash}, stolen_key());
  }
  service::CosignAnswer offer(const std::string& text,
                              const std::optional<crypto::Pin>& pin = std::nullopt) {
    return offer_to(witness, text, pin);
  }
  static service::CosignAnswer offer_to(Office& office, const std::string& text,
                                        const std::optional<crypto::Pin>& pin) {
    office.pass(1);
    return service::cosign(office.node(), text, pin, office.session());
  }
};

std::string policy_of(const std::vector<service::CosignAnswer>& by, const std::string& needed) {
  std::string out;
  std::string names;
  for (const auto& each : by) {
    const auto name = " w" + std::to_string(names.size());
    out +=
        "witness" + name + " " + crypto::vkey(each.made->witness, crypto::KeyType::witness) + "\n";
    names += name;
  }
  return out + "group all-of-them " + needed + names + "\nquorum all-of-them\n";
}

const findings::CheckResult& check_of(const ledger::Verification& found, const std::string& name) {
  for (const auto& check : found.checks) {
    if (check.name == name) return check;
  }
  FAIL("no such check");
  return found.checks.front();
}

}  // namespace

TEST_SUITE("service/cosign") {
  TEST_CASE("a witness goes with the log, and its own ledger says how far") {
    World world;
    const auto first = world.offer(world.head(), world.pin());
    REQUIRE(first.made);
    CHECK(first.is_new_key);
    CHECK_FALSE(first.last);
    CHECK(first.made->checkpoint == first.checkpoint);
    CHECK(first.note == first.made->note);
    CHECK(to_text_seconds(first.made->at) == to_text_seconds(world.witness.session().now));
    CHECK(first.note.starts_with(world.head()));

    for (int i = 0; i < 3; ++i) (void)world.log.decide(test::reading());
    const auto second = world.offer(world.proof_from(first.checkpoint.tree_size));
    REQUIRE(second.made);
    CHECK_FALSE(second.is_new_key);
    CHECK(second.made->witness == first.made->witness);
    REQUIRE(second.last);
    CHECK(second.last->note == first.note);
    CHECK(second.checkpoint.tree_size > first.checkpoint.tree_size);
    // The same head again says that it is still the largest.
    const auto again = world.offer(world.head());
    REQUIRE(again.made);
    CHECK(again.made->at > second.made->at);
    CHECK(world.witness.verified() == "valid");
    auto database = service::open_ledger(world.witness.node());
    CHECK(service::last_cosigned(database, world.log.node().origin)->note == again.made->note);
    CHECK_FALSE(service::last_cosigned(database, "example.org/other"));
  }

  TEST_CASE("a split view: of two histories a witness goes with the first alone") {
    World world;
    const auto size = world.offer(world.head(), world.pin()).checkpoint.tree_size;
    (void)world.log.decide(test::reading());
    const auto entries = world.witness.entries();
    const auto refused = [&](const std::string& text, const std::string& cause) {
      const auto answer = world.offer(text);
      CHECK(answer.cause == cause);
      CHECK(answer.is_refused);
      CHECK_FALSE(answer.made);
      CHECK(answer.note.empty());
      REQUIRE(answer.last);
      CHECK(answer.last->checkpoint.tree_size == size);
    };
    refused(world.forged(size), "fork");
    refused(world.forged(size - 1), "rollback");
    const auto honest = chain::parse_consistency_proof(world.proof_from(size));
    refused(to_text(chain::ConsistencyProof{size, honest.hashes, world.forged(size + 1)}),
            "inconsistent");
    refused(to_text(chain::ConsistencyProof{size, {}, world.forged(size + 1)}), "inconsistent");
    CHECK(world.witness.entries() == entries);
    CHECK(world.offer(world.proof_from(size)).made);
    CHECK(world.witness.entries() == entries + 1);
  }

  TEST_CASE("without its proof a larger tree is undecided, and says from where") {
    World world;
    const auto size = world.offer(world.head(), world.pin()).checkpoint.tree_size;
    (void)world.log.decide(test::reading());
    (void)world.offer(world.proof_from(size));
    const auto newer = world.log.entries();
    (void)world.log.decide(test::reading());
    for (const auto& [text, cause] :
         {std::pair{world.head(), "no_proof"}, std::pair{world.proof_from(size), "other_size"}}) {
      const auto answer = world.offer(text);
      CHECK(answer.cause == cause);
      CHECK_FALSE(answer.is_refused);
      CHECK(answer.last->checkpoint.tree_size == newer);
    }
  }

  TEST_CASE("a log is known by a key that was pinned, and by no other") {
    World world;
    const auto unknown = world.offer(world.head());
    CHECK(unknown.cause == "key_not_pinned");
    CHECK_FALSE(unknown.is_refused);
    auto entropy = test::seeded_entropy(9);
    const auto other = crypto::SecretKey::generate(entropy);
    CHECK(world.offer(world.head(), crypto::Pin{std::nullopt, other.public_key()}).cause ==
          "bad_signature");
    CHECK(world.offer(world.head(), crypto::Pin{"example.org/other", world.ledger_key()}).cause ==
          "bad_signature");
    CHECK_FALSE(std::filesystem::exists(world.witness.node().files.witness_key()));
    REQUIRE(world.offer(world.head(), crypto::Pin{std::nullopt, world.ledger_key()}).made);
    const auto impostor = chain::sign_checkpoint({world.log.node().origin, 1'000, {}}, other);
    CHECK(world.offer(impostor).cause == "bad_signature");
    CHECK(code_of([&] { (void)world.offer("no note"); }) == ErrorCode::bad_input);
  }

  TEST_CASE("a key that the log rotated to has to be pinned anew, and consistency stays") {
    World world;
    const auto size = world.offer(world.head(), world.pin()).checkpoint.tree_size;
    (void)service::rotate_ledger_key(world.log.node(), "scheduled", {}, world.log.session());
    const auto old_keys = world.offer(world.proof_from(size));
    REQUIRE(old_keys.made);  // the checkpoint that names the new key is the old key's last
    (void)world.log.decide(test::reading());
    const auto text = world.proof_from(old_keys.checkpoint.tree_size);
    CHECK(world.offer(text).cause == "bad_signature");
    CHECK(world.offer(world.forged(size), world.pin()).cause == "rollback");
    REQUIRE(world.offer(text, world.pin()).made);
    (void)world.log.decide(test::reading());
    CHECK(world.offer(world.proof_from(world.log.entries() - 1)).made);
    CHECK(world.witness.verified() == "valid");
  }

  TEST_CASE("a witness key is no other key: not the node's, not the log's") {
    World world;
    const auto& files = world.witness.node().files;
    for (const auto& path :
         {files.ledger_key(), files.token_key(), world.log.node().files.ledger_key()}) {
      CAPTURE(path.string());
      replace_file(files.witness_key(), test::slurp(path), Access::private_to_owner);
      CHECK(code_of([&] { (void)world.offer(world.head(), world.pin()); }) ==
            ErrorCode::configuration);
    }
    std::filesystem::remove(files.witness_key());
    const auto answer = world.offer(world.head(), world.pin());
    REQUIRE(answer.made);
    std::filesystem::remove(files.witness_key());
    const auto next = world.offer(world.head());
    CHECK(next.is_new_key);
    CHECK(next.made->witness != answer.made->witness);
    std::filesystem::permissions(files.witness_key(), std::filesystem::perms(0644));
    CHECK(code_of([&] { (void)world.offer(world.head()); }) == ErrorCode::not_permitted);
  }

  TEST_CASE("a node does not witness itself") {
    World world;
    CHECK(code_of([&] { (void)World::offer_to(world.log, world.head(), world.pin()); }) ==
          ErrorCode::bad_input);
  }

  TEST_CASE("beside keys with a passphrase the witness key is made under it, and goes with them") {
    World world;
    auto& session = world.witness.session();
    const auto ledger = service::ledger_place(world.witness.node().files);
    // At a cost that a test can pay.
    const auto cheap = crypto::encrypted_pem(service::load_key(ledger.secret, {}), "one",
                                             session.entropy, {1, 64});
    replace_file(ledger.secret, cheap, Access::private_to_owner);
    session.passphrase = [] { return std::string("one"); };
    REQUIRE(world.offer(world.head(), world.pin()).made);
    const auto place = service::witness_place(world.witness.node().files);
    CHECK(service::is_encrypted(place));
    const auto changed =
        service::change_passphrase(world.witness.node(), std::nullopt, std::nullopt, session);
    CHECK(changed.keys == std::vector<std::string>{"ledger", "token", "witness"});
    CHECK_FALSE(service::is_encrypted(place));
    CHECK(code_of([&] {
            (void)service::change_passphrase(world.log.node(), "witness", std::nullopt, session);
          }) == ErrorCode::not_found);
  }

  TEST_CASE("a witness that was set back cosigns nothing") {
    World world;
    const auto size = world.offer(world.head(), world.pin()).checkpoint.tree_size;
    const auto database = world.witness.node().files.database();
    const auto before = test::slurp(database);
    (void)world.log.decide(test::reading());
    (void)world.offer(world.proof_from(size));
    replace_file(database, before, Access::private_to_owner);
    CHECK(code_of([&] { (void)world.offer(world.forged(size + 1)); }) == ErrorCode::integrity);
  }

  TEST_CASE("a head in the ledger that its keys did not sign is refused when it is appended") {
    World world;
    const auto answer = world.offer(world.head(), world.pin());
    const Json good{{"log_vkey", crypto::vkey(answer.made->log)},
                    {"note", answer.made->note},
                    {"witness_vkey", crypto::vkey(answer.made->witness, crypto::KeyType::witness)}};
    const auto appends = [&](const Json& data, std::int64_t later = 0) {
      world.witness.session().now.micros = answer.made->at.micros + later;
      service::Act act(world.witness.node(), world.witness.session());
      return code_of([&] {
        act.append({.event_type = "witness.cosigned",
                    .actor = service::node_actor(world.witness.node()),
                    .data = data,
                    .sealed = std::nullopt});
      });
    };
    const auto with = [&](const std::string& member, const Json& value) {
      Json data = good;
      data[member] = value;
      return data;
    };
    CHECK_FALSE(appends(good));
    CHECK(appends(good, 2'000'000) == ErrorCode::bad_input);
    CHECK(appends(with("note", world.head())) == ErrorCode::bad_input);
    CHECK(appends(with("note", answer.made->note + "x")) == ErrorCode::bad_input);
    CHECK(appends(with("note", 5)) == ErrorCode::bad_input);
    CHECK(appends(with("log_vkey", good["witness_vkey"])) == ErrorCode::bad_input);
    CHECK(appends(with("witness_vkey", good["log_vkey"])) == ErrorCode::bad_input);
    CHECK(appends(with("witness_vkey", 1)) == ErrorCode::bad_input);
    const crypto::Identity same = answer.made->log;
    auto own =
        chain::cosign(chain::parse_note(world.head()), same, world.stolen_key(), answer.made->at);
    Json data = with("note", to_bytes(own));
    data["witness_vkey"] = crypto::vkey(same, crypto::KeyType::witness);
    CHECK(appends(data) == ErrorCode::bad_input);
    auto flipped = answer.made->note;
    flipped[flipped.size() - 20] = flipped[flipped.size() - 20] == 'A' ? 'B' : 'A';
    CHECK(appends(with("note", flipped)) == ErrorCode::bad_input);
  }

  TEST_CASE("verification asks for a quorum on each checkpoint, and says who vouched and when") {
    World world;
    Office second(3, "example.org/second");
    const auto one = world.offer(world.head(), world.pin());
    const auto two = World::offer_to(second, one.note, world.pin());
    REQUIRE(two.made);
    CHECK(two.made->note != one.made->note);
    (void)world.log.decide(test::reading());
    const auto verified = [&](const std::vector<std::string>& notes, const std::string& policy) {
      ledger::VerifyOptions options;
      options.state_home = world.log.session().write.state_home;
      options.older_notes = notes;
      options.witnesses = chain::parse_witness_policy(policy);
      return ledger::verify(world.log.node().files, options);
    };
    const auto both = policy_of({one, two}, "all");
    const auto found = verified({two.note}, both);
    CHECK(found.verdict == ledger::Verdict::valid);
    CHECK(found.complete_up_to == one.checkpoint.tree_size);
    CHECK(check_of(found, "witnesses").items == 1);
    CHECK(check_of(found, "witnesses").detail.find("2 of 2 witnesses, a quorum: w") !=
          std::string::npos);
    const auto fails = [&](const std::vector<std::string>& notes, const std::string& policy) {
      const auto answer = verified(notes, policy);
      CHECK(answer.verdict == ledger::Verdict::invalid);
      CHECK_FALSE(answer.complete);
      CHECK(check_of(answer, "witnesses").status == findings::CheckStatus::fail);
      CHECK(check_of(answer, "older_notes").status != findings::CheckStatus::fail);
    };
    fails({one.note}, both);
    fails({world.head()}, both);
    fails({}, both);
    fails({two.note, world.head()}, both);
    CHECK(verified({one.note}, policy_of({one, two}, "any")).verdict == ledger::Verdict::valid);
    const auto none = verified({world.head()}, "quorum none\n");
    CHECK(check_of(none, "witnesses").status == findings::CheckStatus::not_run);
    // One witness whose line stands there twice, and the log as its own witness.
    auto twice = chain::parse_note(one.note);
    twice.lines.push_back(twice.lines.back());
    fails({to_bytes(twice)}, policy_of({one, two}, "any"));
    const auto self = chain::witness_of(world.ledger_key());
    const auto note = to_bytes(
        chain::cosign(chain::parse_note(world.head()), self, world.stolen_key(), one.made->at));
    fails({note},
          "witness self " + crypto::vkey(self, crypto::KeyType::witness) + "\nquorum self\n");
  }
}

}  // namespace lexecon
