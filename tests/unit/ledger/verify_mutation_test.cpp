// Mutation of the verifier: for each check there is a ledger that only this check finds. Without the
// check the ledger passes, so a check that is lost or weakened turns a test red.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/cosignature.hpp"
#include "crypto/hash.hpp"
#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "decision/active_set.hpp"
#include "decision/record.hpp"
#include "ledger/archive.hpp"
#include "ledger/frontier.hpp"
#include "ledger/head.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::Forge;
using test::Node;

namespace {

struct Scene {
  Node node;
  Forge forge{node};
  ledger::VerifyOptions options;
};

void sql(Scene& scene, const std::string& statement) {
  test::tamper(scene.node).execute(statement);
}

Json activation(const std::string& bytes, const Json& previous) {
  const Hash hash = crypto::sha256(bytes);
  const std::vector<decision::FileDigest> files{{"node.yaml", hash}, {"risk.yaml", hash}};
  return {{"files",
           {{{"name", "node.yaml"}, {"sha256", hash.hex()}},
            {{"name", "risk.yaml"}, {"sha256", hash.hex()}}}},
          {"four_eyes", "double"},
          {"mode", "strict"},
          {"policy_hash", decision::set_hash(files).hex()},
          {"previous_hash", previous}};
}

// The shape that every scene has: ten entries with everything in them, in five transactions. `spoil`
// stands for entry_4, where a scene may put its own.
void build(Scene& scene, const std::function<void(Forge&)>& spoil,
           const std::function<void(Forge&)>& end = {}) {
  Forge& forge = scene.forge;
  forge.add_genesis();
  forge.end_transaction();
  forge.policy_file("id: node-1\n");
  forge.add("policy.activated", activation("id: node-1\n", nullptr));
  forge.end_transaction();
  forge.add("test.sealed", Json::object(), {}, forge.salted("secret"));
  forge.add("clock.accepted", {{"behind_seconds", 61}});
  spoil(forge);
  forge.end_transaction();
  forge.add("test.plain", {{"code", "a"}});
  forge.end_transaction();
  for (const char* text : {"b", "c", "d"}) forge.add("test.plain", {{"code", text}});
  forge.add("test.sealed", Json::object(), {}, forge.salted("more"));
  forge.end_transaction();
  if (end) end(forge);
  forge.build();
}

Json lost(std::uint64_t size) { return {{"root_hash", std::string(64, 'a')}, {"tree_size", size}}; }

void plain(Forge& forge) { forge.add("test.plain", {{"code", "spoilt"}}); }

std::function<void(Forge&)> changed(const std::string& member, const Json& value) {
  return [=](Forge& forge) {
    forge.add("test.plain", {{"code", "x"}}, [&](Json& entry) { entry[member] = value; });
  };
}

// Right in its shape, under a set that cannot be compiled, so that nothing can have judged it.
void decide(Forge& forge) {
  const auto request = decision::parse_request({{"actor", "bot"}, {"action", "read"}});
  const auto verdict = decision::judge(request, nullptr, {}, forge.now);
  Json data = decision::decision_data({.decision_id = "dec_01JNX8A0000000000000000001",
                                       .at = forge.now,
                                       .via = "cli",
                                       .request = request,
                                       .facts = {},
                                       .verdict = verdict,
                                       .token = std::nullopt});
  const Json set = activation("id: node-1\n", nullptr);
  data["policy"].update({{"hash", set.at("policy_hash")}, {"mode", set.at("mode")}});
  forge.add(
      "decision", data, [&](Json& entry) { entry["actor"] = request.actor; },
      forge.salted(request.canonical));
}

Json asked(std::uint64_t size) {
  return {{"actor", nullptr}, {"disclosure", "none"}, {"from", nullptr}, {"purpose", nullptr},
          {"scope", "all"},   {"tenant", nullptr},    {"to", nullptr},   {"tree_size", size}};
}

Json made(std::uint64_t request) {
  return {{"export_id", "exp_" + std::string(16, 'a')},
          {"request", request},
          {"root_checksum", std::string(64, 'a')}};
}

// In the shape of an approval, for a check that does not look at who signed.
Json signed_by(const std::string& name, Json data) {
  data["approval"] = {
      {"issued_at", "2026-01-01T00:00:00.000000Z"},
      {"nonce", std::string(32, 'a')},
      {"operator", name},
      {"role", "admin"},
      {"sshsig", "-----BEGIN SSH SIGNATURE-----\n" + name + "\n-----END SSH SIGNATURE-----\n"},
      {"subject", "anything"},
      {"subject_digest", std::string(64, 'a')}};
  return data;
}

constexpr const char* incident_id = "inc_01JNX8A0000000000000000001";

Json incident(const Forge& forge) {
  return {{"aware_at", to_text(forge.now)},
          {"decisions", Json::array()},
          {"incident_id", incident_id},
          {"link_established_at", nullptr},
          {"occurred_at", to_text(forge.now)},
          {"severity", "death"},
          {"system", nullptr}};
}

Json told(const Json& reported_at, const Json& evidence_id = nullptr) {
  return signed_by("bob", {{"evidence_id", evidence_id},
                           {"incident_id", incident_id},
                           {"report", "initial"},
                           {"reported_at", reported_at},
                           {"to", "authority"}});
}

void wants_two_people(Forge& forge) {
  const std::string bytes = "id: node-1\nexports: {approval: all}\n";
  forge.policy_file(bytes);
  forge.add("policy.activated",
            activation(bytes, activation("id: node-1\n", nullptr).at("policy_hash")));
}

struct Witness {
  crypto::SecretKey key;
  crypto::Identity identity;
};

Witness a_witness() {
  auto entropy = test::seeded_entropy(71);
  auto key = crypto::SecretKey::generate(entropy);
  auto identity = chain::witness_of(key.public_key());
  return {std::move(key), std::move(identity)};
}

// Heads of another log, each signed and cosigned as it should be, with roots of their own.
void cosign_two(Scene& scene, std::uint64_t first, std::uint64_t second) {
  const auto witness = a_witness();
  auto entropy = test::seeded_entropy(72);
  const auto log = crypto::SecretKey::generate(entropy);
  const auto add = [&](Forge& forge, std::uint64_t size, const std::string& root) {
    const auto note = chain::sign_checkpoint({"example.org/seen", size, crypto::sha256(root)}, log);
    forge.add("witness.cosigned",
              {{"log_vkey", crypto::vkey({"example.org/seen", log.public_key()})},
               {"note", chain::to_bytes(chain::cosign(chain::parse_note(note), witness.identity,
                                                      witness.key, forge.now))},
               {"witness_vkey", crypto::vkey(witness.identity, crypto::KeyType::witness)}});
  };
  build(scene, [&](Forge& forge) {
    add(forge, first, "first");
    add(forge, second, "second");
  });
}

// Packages of another log that were taken in, each with a head that its log signed.
void import_two(Scene& scene, std::uint64_t first, std::uint64_t second) {
  auto entropy = test::seeded_entropy(73);
  const auto log = crypto::SecretKey::generate(entropy);
  const auto add = [&](Forge& forge, std::uint64_t size, const std::string& root) {
    forge.add(
        "log.imported",
        {{"decisions", 1},
         {"export_id", "exp_" + std::string(16, 'a')},
         {"log_vkey", crypto::vkey({"example.org/seen", log.public_key()})},
         {"note", chain::sign_checkpoint({"example.org/seen", size, crypto::sha256(root)}, log)},
         {"redecided", 1},
         {"root_checksum", std::string(64, 'a')},
         {"scope", "all"}});
  };
  build(scene, [&](Forge& forge) {
    add(forge, first, "first");
    add(forge, second, "second");
  });
}

struct Mutation {
  std::string check;
  std::string what;
  std::function<void(Scene&)> make;
  std::optional<std::uint64_t> first_bad;
};

// Changes the first letter of a text in the page of an index, where the entries do not live.
void damage_index(Scene& scene, const std::string& index, const std::string& text, char letter) {
  std::int64_t page = 0;
  {
    auto database = test::tamper(scene.node);
    auto statement = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1");
    REQUIRE(statement.bind(1, std::string_view(index)).step());
    page = statement.integer(0);
  }
  const std::string file = test::slurp(scene.node.files.database());
  const auto start = static_cast<std::size_t>(page - 1) * 4'096;
  const auto at = file.find(text, start);
  REQUIRE(at < start + 4'096);
  std::fstream stream(scene.node.files.database(), std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(letter);
}

void damage_list_of_decisions(Scene& scene) {
  sql(scene,
      "INSERT INTO decisions(seq, decision_id, actor, action, outcome, reason_code, timestamp, "
      "via) VALUES(1, 'd', 'an-actor-to-find', 'a', 'o', 'r', 't', 'cli')");
  damage_index(scene, "decisions_by_actor", "an-actor-to-find", 'A');
  scene.options.deep = true;
}

void set_back(Scene& scene) {
  build(scene, plain);
  sql(scene, "DELETE FROM entries WHERE seq > 5");
  sql(scene, "DELETE FROM sealed WHERE seq > 5");
  sql(scene, "DELETE FROM checkpoints WHERE tree_size > 6");
  auto database = test::tamper(scene.node);
  chain::CompactRange range;
  auto statement = database.prepare("SELECT body FROM entries WHERE seq < 5 ORDER BY seq");
  while (statement.step()) range.append(chain::leaf_hash(statement.view(0)));
  ledger::write_frontier(database, range);
}

void put_user_head(Scene& scene, const std::string& note) {
  scene.options.state_home = scene.node.options.state_home;
  ledger::write_heads(scene.node.files, scene.options.state_home, scene.node.origin, note);
}

// What another key would have signed, under the log's name.
std::string foreign_note(Scene& scene, std::uint64_t size) {
  const auto mine = chain::parse_checkpoint(chain::parse_note(scene.forge.note(size)));
  return chain::sign_checkpoint(mine, crypto::SecretKey::generate(scene.node.entropy));
}

std::string note_of_other_root(Scene& scene, std::uint64_t size) {
  return chain::sign_checkpoint({scene.node.origin, size, crypto::sha256("another")},
                                scene.node.key);
}

void replace_note(Scene& scene, std::uint64_t size, const std::string& note) {
  test::tamper(scene.node)
      .prepare("UPDATE checkpoints SET note = ?1 WHERE tree_size = ?2")
      .bind(1, std::string_view(note))
      .bind(2, static_cast<std::int64_t>(size))
      .run();
}

Mutation forged(const std::string& check, const std::string& what,
                const std::function<void(Forge&)>& spoil,
                std::optional<std::uint64_t> first_bad = 4) {
  return {check, what, [=](Scene& scene) { build(scene, spoil); }, first_bad};
}

// No approval can be verified, so an entry that needs one fails that check whatever it says.
Mutation unapproved(const std::string& check, const std::string& what,
                    const std::function<void(Forge&)>& spoil,
                    std::optional<std::uint64_t> first_bad) {
  return {check, what,
          [=](Scene& scene) {
            build(scene, spoil);
            scene.options.skip = {"approvals"};
          },
          first_bad};
}

Mutation altered(const std::string& check, const std::string& statement,
                 std::optional<std::uint64_t> first_bad) {
  return {check, statement,
          [=](Scene& scene) {
            build(scene, plain);
            sql(scene, statement);
          },
          first_bad};
}

Mutation outside(const std::string& check, const std::string& what,
                 const std::function<void(Scene&)>& change,
                 std::optional<std::uint64_t> first_bad) {
  return {check, what,
          [=](Scene& scene) {
            build(scene, plain);
            change(scene);
          },
          first_bad};
}

// The entry at 4 leaves the database, as archived by the one at `archive_seq`.
void move_out(Scene& scene, std::uint64_t archive_seq,
              const std::vector<std::uint64_t>& seqs = {4}) {
  auto database = test::tamper(scene.node);
  ledger::move_out(database, seqs, archive_seq);
}

// An operator archived these, so it says; the seqs alone are told right.
Mutation archived(const std::string& what, std::uint64_t count,
                  const std::vector<std::uint64_t>& told, const std::vector<std::uint64_t>& gone,
                  std::uint64_t tree_size, std::uint64_t first_bad) {
  return {"archived", what,
          [=](Scene& scene) {
            std::string seqs;
            for (const auto seq : told) seqs += std::to_string(seq) + "\n";
            build(scene, plain, [=](Forge& forge) {
              forge.add("ledger.archived", {{"archived", count},
                                            {"entries_sha256", std::string(64, 'a')},
                                            {"export_id", "exp_" + std::string(16, 'a')},
                                            {"seqs_sha256", crypto::sha256(seqs).hex()},
                                            {"tree_size", tree_size}});
              forge.end_transaction();
            });
            if (!gone.empty()) move_out(scene, 10, gone);
            scene.options.skip = {"approvals"};
          },
          first_bad};
}

std::vector<Mutation> database_mutations() {
  return {
      outside("database", "an index of a list, which only --deep looks at",
              damage_list_of_decisions, std::nullopt),
      outside(
          "database", "an index that hides the newest activation",
          [](Scene& scene) { damage_index(scene, "entries_by_type", "policy.activated", 'q'); },
          std::nullopt),
      outside(
          "database", "an index with entries in another order",
          [](Scene& scene) { damage_index(scene, "entries_by_type", "test.plain", 'a'); },
          std::nullopt),
      {"database", "an index of more types than are told apart one by one",
       [](Scene& scene) {
         build(scene, [](Forge& forge) {
           for (char a = 'a'; a <= 'z'; ++a) {
             for (char b = 'a'; b <= 'l'; ++b) {
               forge.add(std::string{a, b}, Json::object());
             }
           }
         });
         damage_index(scene, "entries_by_type", "policy.activated", 'q');
       },
       std::nullopt},
      altered("schema", "CREATE INDEX theirs ON entries(actor)", std::nullopt),
      altered("schema", "PRAGMA application_id=1", std::nullopt),
      altered("columns", "UPDATE entries SET actor = 'node:other' WHERE seq = 4", 4),
      altered("columns", "UPDATE entries SET event_type = 'test.other' WHERE seq = 4", 4),
      altered("columns",
              "UPDATE entries SET timestamp = '2027-01-01T00:00:00.000000Z' WHERE seq = 4", 4),
      altered("columns", "UPDATE entries SET entry_hash = zeroblob(32) WHERE seq = 4", 4),
      altered("sealed", "UPDATE sealed SET body = CAST('{}' AS BLOB) WHERE seq = 2", 2),
      altered("sealed", "DELETE FROM sealed WHERE seq = 2", 2),
      altered("sealed", "INSERT INTO sealed VALUES(4, zeroblob(3))", 4),
      altered("sealed", "INSERT INTO sealed VALUES(400, zeroblob(3))", std::nullopt),
      altered("sealed", "INSERT INTO sealed VALUES(-1, zeroblob(3))", std::nullopt),
      altered("policy_files", "UPDATE policy_files SET body = zeroblob(1)", 1),
      altered("policy_files", "DELETE FROM policy_files", 1),
      altered("policy_files", "INSERT INTO policy_files VALUES(zeroblob(32), zeroblob(1))",
              std::nullopt),
      altered("policy_files", "INSERT INTO policy_files VALUES(zeroblob(3), zeroblob(1))",
              std::nullopt),
      altered("frontier", "UPDATE frontier SET hash = zeroblob(32) WHERE level = 0", std::nullopt),
      altered("frontier", "DELETE FROM frontier", std::nullopt),
      altered("checkpoints",
              "UPDATE checkpoints SET note = replace(note, 'e', 'f') WHERE tree_size = 2", 1),
      altered(
          "checkpoints",
          "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE tree_size = 1) WHERE "
          "tree_size = 2",
          1),
      altered("checkpoints", "INSERT INTO checkpoints SELECT -1, note FROM checkpoints LIMIT 1",
              std::nullopt),
      altered("checkpoints", "DELETE FROM checkpoints WHERE tree_size = 2", 1),
      altered("checkpoints", "INSERT INTO checkpoints SELECT 3, note FROM checkpoints LIMIT 1", 2),
      altered("checkpoints", "INSERT INTO checkpoints SELECT 11, note FROM checkpoints LIMIT 1",
              10),
  };
}

std::vector<Mutation> entry_mutations() {
  return {
      forged("entries", "a space in the bytes",
             [](Forge& forge) {
               plain(forge);
               forge.spoil_bytes([](std::string& body) { body.insert(1, " "); });
             }),
      forged("entries", "an unknown member", changed("extra", 1)),
      forged("entries", "another version", changed("v", "lexecon-entry/2")),
      forged("entries", "a second that no clock shows",
             changed("timestamp", "2026-01-01T00:00:60.000000Z")),
      forged("sequence", "a number left out",
             [](Forge& forge) {
               forge.jump_to(5);
               plain(forge);
             }),
      forged("links", "a link to nothing", changed("previous_hash", std::string(64, '0'))),
      forged("times", "an entry from before", changed("timestamp", to_text(test::epoch))),
      forged("origin", "an entry of another log", changed("origin", "example.org/other")),
      forged("events", "an unknown member of a listed type",
             [](Forge& forge) {
               forge.add("clock.accepted", {{"behind_seconds", 61}, {"extra", 1}});
             }),
      forged("events", "a second genesis", [](Forge& forge) { forge.add_genesis(); }),
      forged(
          "closed", "entries after the end",
          [](Forge& forge) {
            forge.add("log.closed", {{"reason", "done"}});
          },
          5),
      forged("rotations", "a rotation that does not end its transaction",
             [](Forge& forge) {
               forge.rotate();
               plain(forge);
             }),
      forged("rotations", "a recovery where no checkpoint is",
             [](Forge& forge) { forge.rotate(lost(9)); }),
      forged("rotations", "a recovery whose own checkpoint is missing",
             [](Forge& forge) {
               forge.end_transaction();
               forge.rotate(lost(9));
               plain(forge);
             }),
      forged("rotations", "a rotation to a key of another log",
             [](Forge& forge) { forge.rotate(nullptr, "example.org/other"); }),
      forged(
          "rotations", "a rotation back to a key from before",
          [](Forge& forge) {
            Entropy entropy = test::seeded_entropy(9);
            Entropy again = test::seeded_entropy(9);
            forge.rotate_to(crypto::SecretKey::generate(entropy), nullptr);
            forge.end_transaction();
            forge.rotate();
            forge.end_transaction();
            forge.rotate_to(crypto::SecretKey::generate(again), nullptr);
          },
          6),
      forged(
          "checkpoints", "the old key after a rotation",
          [](Forge& forge) {
            Entropy genesis = test::seeded_entropy(1);
            Entropy next = test::seeded_entropy(9);
            Entropy again = test::seeded_entropy(9);
            forge.rotate_to(crypto::SecretKey::generate(next), nullptr);
            forge.sign_from(6, crypto::SecretKey::generate(genesis));
            forge.sign_from(7, crypto::SecretKey::generate(again));
          },
          5),
      forged(
          "checkpoints", "the new key at the size of its own rotation",
          [](Forge& forge) {
            Entropy next = test::seeded_entropy(9);
            Entropy again = test::seeded_entropy(9);
            forge.rotate_to(crypto::SecretKey::generate(next), nullptr);
            forge.sign_from(5, crypto::SecretKey::generate(again));
          },
          4),
      forged(
          "checkpoints", "old entries signed again by a newer key",
          [](Forge& forge) {
            Entropy next = test::seeded_entropy(9);
            Entropy again = test::seeded_entropy(9);
            forge.rotate_to(crypto::SecretKey::generate(next), nullptr);
            forge.sign_from(2, crypto::SecretKey::generate(again));
          },
          1),
      forged(
          "checkpoints", "a recovery signed by the key that it gave up",
          [](Forge& forge) {
            Entropy genesis = test::seeded_entropy(1);
            forge.end_transaction();
            Entropy next = test::seeded_entropy(9);
            Entropy again = test::seeded_entropy(9);
            forge.rotate_to(crypto::SecretKey::generate(next), lost(9));
            forge.sign_from(5, crypto::SecretKey::generate(genesis));
            forge.sign_from(6, crypto::SecretKey::generate(again));
          },
          4),
      forged("state", "a key removed that was never added",
             [](Forge& forge) {
               forge.add("key.removed", {{"kid", std::string(16, 'a')}, {"reason", "lost"}});
             }),
      forged("approvals", "a hold that nobody signed",
             [](Forge& forge) {
               forge.add("hold.placed", {{"hold_id", "h"}, {"seqs", {2}}});
             }),
      forged("exports", "a package of a tree that nobody signed",
             [](Forge& forge) { forge.add("export.requested", asked(3)); }),
      forged("exports", "a package that nobody asked for",
             [](Forge& forge) { forge.add("export.sealed", made(3)); }),
      forged(
          "exports", "two packages for one request",
          [](Forge& forge) {
            forge.add("export.requested", asked(2));
            forge.add("export.sealed", made(4));
            forge.add("export.sealed", made(4));
          },
          6),
      unapproved(
          "exports", "a package that waits for a second person",
          [](Forge& forge) {
            wants_two_people(forge);
            forge.add("export.requested", signed_by("bob", asked(2)));
            forge.add("export.sealed", made(5));
          },
          6),
      unapproved(
          "exports", "a package that its own requester approved",
          [](Forge& forge) {
            forge.add("export.requested", signed_by("bob", asked(2)));
            forge.add("export.approved", signed_by("bob", {{"request", 4}}));
          },
          5),
      unapproved(
          "exports", "a package that was approved twice",
          [](Forge& forge) {
            forge.add("export.requested", signed_by("bob", asked(2)));
            forge.add("export.approved", signed_by("ann", {{"request", 4}}));
            forge.add("export.approved", signed_by("ina", {{"request", 4}}));
          },
          6),
      unapproved(
          "exports", "an approval of a package that nobody signed for",
          [](Forge& forge) {
            forge.add("export.requested", asked(2));
            forge.add("export.approved", signed_by("ann", {{"request", 4}}));
          },
          5),
      unapproved(
          "incidents", "an update of what nobody recorded",
          [](Forge& forge) { forge.add("incident.updated", signed_by("bob", incident(forge))); },
          4),
      unapproved(
          "incidents", "a report of what nobody recorded",
          [](Forge& forge) { forge.add("incident.reported", told(to_text(forge.now))); }, 4),
      unapproved(
          "incidents", "a report before it occurred",
          [](Forge& forge) {
            forge.add("incident.recorded", incident(forge));
            forge.add("incident.reported", told("2025-12-31T00:00:00.000000Z"));
          },
          5),
      unapproved(
          "incidents", "a report that is still to come",
          [](Forge& forge) {
            forge.add("incident.recorded", incident(forge));
            forge.add("incident.reported", told("2099-12-31T00:00:00.000000Z"));
          },
          5),
      unapproved(
          "incidents", "an incident closed twice",
          [](Forge& forge) {
            forge.add("incident.recorded", incident(forge));
            for (const char* why : {"mended", "forgotten"}) {
              forge.add("incident.closed",
                        signed_by("bob", {{"incident_id", incident_id}, {"reason", why}}));
            }
          },
          6),
      unapproved(
          "state", "a report with evidence that was never added",
          [](Forge& forge) {
            forge.add("incident.recorded", incident(forge));
            forge.add("incident.reported",
                      told(to_text(forge.now), "evd_attestation_" + std::string(32, '0')));
          },
          5),
      forged("sealed", "content of another shape",
             [](Forge& forge) { forge.add("test.sealed", Json::object(), {}, "{\"value\":1}"); }),
      forged("sealed", "content with a third member",
             [](Forge& forge) {
               forge.add("test.sealed", Json::object(), {},
                         "{\"salt\":\"" + std::string(64, 'a') + "\",\"value\":1,\"values\":2}");
             }),
      forged("sealed", "content with a salt of another length",
             [](Forge& forge) {
               forge.add("test.sealed", Json::object(), {},
                         "{\"salt\":\"" + std::string(63, 'a') + "\",\"value\":1}");
             }),
      unapproved(
          "sealed", "content erased and kept",
          [](Forge& forge) {
            forge.add("sealed.erased", {{"legal_basis", "gdpr_17"},
                                        {"requested_at", to_text(test::epoch)},
                                        {"seqs", {2}}});
          },
          2),
      unapproved(
          "custody", "content erased that never was",
          [](Forge& forge) {
            forge.add("sealed.erased", {{"legal_basis", "gdpr_17"},
                                        {"requested_at", to_text(test::epoch)},
                                        {"seqs", {3}}});
          },
          4),
      forged(
          "sealed_unique", "one content for two entries",
          [](Forge& forge) {
            const std::string sealed = forge.salted("twice");
            forge.add("test.sealed", Json::object(), {}, sealed);
            forge.add("test.sealed", Json::object(), {}, sealed);
          },
          5),
      forged("policy_sets", "a hash that the files do not give",
             [](Forge& forge) {
               Json data =
                   activation("id: node-1\n", activation("id: node-1\n", nullptr)["policy_hash"]);
               data["policy_hash"] = std::string(64, 'a');
               forge.add("policy.activated", data);
             }),
      forged(
          "policy_sets", "a set that does not follow the one before",
          [](Forge& forge) { forge.add("policy.activated", activation("id: node-1\n", nullptr)); }),
      {"genesis", "a genesis by somebody else",
       [](Scene& scene) {
         scene.forge.add_genesis([](Json& entry) { entry["actor"] = "node:other"; });
         scene.forge.end_transaction();
         plain(scene.forge);
         scene.forge.end_transaction();
         scene.forge.build();
       },
       0},
  };
}

std::vector<Mutation> outside_mutations() {
  return {
      outside(
          "archived", "an entry hidden by one that archives nothing",
          [](Scene& scene) { move_out(scene, 9); }, 4),
      outside(
          "archived", "an entry hidden by one that is not there",
          [](Scene& scene) { move_out(scene, 999); }, 4),
      archived("an entry that is gone, with a hash of which nothing is known", 1, {4}, {4}, 6, 4),
      archived("an archive of entries that are all here", 1, {4}, {}, 6, 10),
      archived("another entry hidden than was archived", 1, {4}, {7}, 10, 7),
      archived("one entry more than were archived", 1, {4}, {4, 7}, 10, 4),
      archived("an archive of a tree that nobody signed", 1, {4}, {4}, 4, 4),
      archived("an entry that the package does not reach", 1, {7}, {7}, 6, 7),
      outside(
          "archived", "an entry that was archived, and is here",
          [](Scene& scene) {
            sql(scene,
                "INSERT INTO archived SELECT seq, entry_hash, entry_hash, 9 FROM entries WHERE "
                "seq = 4");
          },
          4),
      outside(
          "projections", "a token key that no entry added",
          [](Scene& scene) {
            sql(scene, "INSERT INTO token_keys VALUES(4, 'kid', 'key', NULL)");
            scene.options.project = [](store::Database&, const chain::Entry&) {};
          },
          4),
      {"redecide", "a decision that no judge gave",
       [](Scene& scene) {
         build(scene, decide);
         scene.options.deep = true;
       },
       4},
      outside(
          "checkpoints", "a note by another key",
          [](Scene& scene) { replace_note(scene, 2, foreign_note(scene, 2)); }, 1),
      outside(
          "checkpoints", "a signed root that the entries do not give",
          [](Scene& scene) { replace_note(scene, 5, note_of_other_root(scene, 5)); }, 2),
      {"unsigned_tail", "a last entry that nobody signed",
       [](Scene& scene) {
         build(scene, plain);
         sql(scene, "DELETE FROM checkpoints WHERE tree_size = 10");
         replace_file(scene.node.files.head_note(), scene.forge.note(6), Access::as_umask);
       },
       6},
      {"head_note", "a database set back", set_back, 6},
      outside(
          "head_note", "another root at its size",
          [](Scene& scene) {
            replace_file(scene.node.files.head_note(), note_of_other_root(scene, 10),
                         Access::as_umask);
          },
          std::nullopt),
      outside(
          "head_note", "no note at all",
          [](Scene& scene) { replace_file(scene.node.files.head_note(), "x", Access::as_umask); },
          std::nullopt),
      outside(
          "head_note", "a note by another key",
          [](Scene& scene) {
            replace_file(scene.node.files.head_note(), foreign_note(scene, 10), Access::as_umask);
          },
          std::nullopt),
      {"user_head", "a directory set back whole",
       [](Scene& scene) {
         set_back(scene);
         put_user_head(scene, scene.forge.note(10));
         replace_file(scene.node.files.head_note(), scene.forge.note(6), Access::as_umask);
       },
       6},
      outside(
          "key", "a database of another key than the node's",
          [](Scene& scene) {
            make_folder(scene.node.files.keys(), Access::private_to_owner);
            const auto other = crypto::SecretKey::generate(scene.node.entropy);
            write_new_file(scene.node.files.ledger_pub(), crypto::public_pem(other.public_key()),
                           Access::as_umask);
          },
          0),
      outside(
          "key", "a public key in pieces",
          [](Scene& scene) {
            make_folder(scene.node.files.keys(), Access::private_to_owner);
            write_new_file(scene.node.files.ledger_pub(), "x", Access::as_umask);
          },
          std::nullopt),
      outside(
          "pins", "a pinned key that is not the log's",
          [](Scene& scene) {
            const auto other = crypto::SecretKey::generate(scene.node.entropy);
            scene.options.pins = {{std::nullopt, scene.node.key.public_key()},
                                  {std::nullopt, other.public_key()}};
          },
          0),
      outside(
          "pins", "the pinned key under another name",
          [](Scene& scene) {
            scene.options.pins = {{"example.org/other", scene.node.key.public_key()}};
          },
          0),
      {"older_notes", "a note of what a recovery gave up",
       [](Scene& scene) {
         build(scene, [](Forge& forge) {
           forge.end_transaction();
           forge.rotate(lost(9));
         });
         scene.options.older_notes = {scene.forge.note_by(scene.node.key, 6)};
       },
       std::nullopt},
      {"key", "a key from before a recovery",
       [](Scene& scene) {
         build(scene, [](Forge& forge) {
           forge.end_transaction();
           forge.rotate(lost(9));
         });
         make_folder(scene.node.files.keys(), Access::private_to_owner);
         write_new_file(scene.node.files.ledger_pub(),
                        crypto::public_pem(scene.node.key.public_key()), Access::as_umask);
       },
       0},
      outside(
          "older_notes", "a later note kept elsewhere",
          [](Scene& scene) {
            scene.options.older_notes = {scene.forge.note(2), note_of_other_root(scene, 11)};
          },
          10),
      outside(
          "older_notes", "another history kept elsewhere",
          [](Scene& scene) { scene.options.older_notes = {note_of_other_root(scene, 5)}; },
          std::nullopt),
      outside(
          "older_notes", "a note of another key kept elsewhere",
          [](Scene& scene) { scene.options.older_notes = {foreign_note(scene, 5)}; }, std::nullopt),
      outside(
          "witnesses", "a checkpoint that nobody cosigned",
          [](Scene& scene) {
            scene.options.older_notes = {scene.forge.note(5)};
            scene.options.witnesses = chain::parse_witness_policy(
                "witness w " + crypto::vkey(a_witness().identity, crypto::KeyType::witness) +
                "\nquorum w\n");
          },
          std::nullopt),
      {"imports", "packages that go back", [](Scene& scene) { import_two(scene, 9, 8); }, 5},
      {"imports", "packages of two histories", [](Scene& scene) { import_two(scene, 9, 9); }, 5},
      {"cosigned", "a witness that goes back", [](Scene& scene) { cosign_two(scene, 9, 8); }, 5},
      {"cosigned", "a witness of two histories", [](Scene& scene) { cosign_two(scene, 9, 9); }, 5},
  };
}

std::vector<std::string> failed_checks(const ledger::Verification& verification) {
  std::vector<std::string> failed;
  for (const auto& check : verification.checks) {
    if (check.status == ledger::CheckStatus::fail) failed.push_back(check.name);
  }
  return failed;
}

void expect_only(const Mutation& mutation) {
  CAPTURE(mutation.check);
  CAPTURE(mutation.what);
  Scene scene;
  mutation.make(scene);
  const auto with = ledger::verify(scene.node.files, scene.options);
  CHECK(with.verdict == Verdict::invalid);
  CHECK(failed_checks(with) == std::vector<std::string>{mutation.check});
  CHECK(with.first_bad_seq.value_or(UINT64_MAX) == mutation.first_bad.value_or(UINT64_MAX));
  scene.options.skip.push_back(mutation.check);
  const auto without = ledger::verify(scene.node.files, scene.options);
  CHECK(failed_checks(without).empty());
  CHECK(without.verdict == Verdict::valid);
}

}  // namespace

TEST_SUITE("ledger/verify_mutation") {
  TEST_CASE("the ledger that is spoilt below is valid as it is") {
    Scene scene;
    build(scene, plain);
    put_user_head(scene, scene.forge.note(10));
    scene.options.pins = {{scene.node.origin, scene.node.key.public_key()}};
    scene.options.older_notes = {scene.forge.note(5)};
    make_folder(scene.node.files.keys(), Access::private_to_owner);
    write_new_file(scene.node.files.ledger_pub(), crypto::public_pem(scene.node.key.public_key()),
                   Access::as_umask);
    const auto verification = ledger::verify(scene.node.files, scene.options);
    CHECK(verification.verdict == Verdict::valid);
    CHECK(failed_checks(verification).empty());
    CHECK(verification.entries_verified == 10);
    for (const auto& check : verification.checks) {
      CAPTURE(check.name);
      CHECK((check.status == ledger::CheckStatus::pass || check.name == "closed" ||
             check.name == "custody" || check.name == "rotations" || check.name == "projections" ||
             check.name == "redecide" || check.name == "exports" || check.name == "archived" ||
             check.name == "witnesses" || check.name == "imports" || check.name == "incidents" ||
             check.name == "cosigned"));
    }
  }

  TEST_CASE("each check alone finds what it is for, and without it that is not found") {
    std::set<std::string> covered;
    std::size_t count = 0;
    for (const auto& group : {database_mutations(), entry_mutations(), outside_mutations()}) {
      for (const auto& mutation : group) {
        expect_only(mutation);
        covered.insert(mutation.check);
        ++count;
      }
    }
    std::cout << "verifier mutations: " << count << " ledgers, " << covered.size() << " checks\n";
    for (const auto& name : ledger::check_names()) {
      CAPTURE(name);
      CHECK(covered.contains(name));
    }
  }
}
