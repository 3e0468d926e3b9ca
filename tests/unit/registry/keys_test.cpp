#include "registry/keys.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/append.hpp"
#include "registry/apply.hpp"
#include "registry/tokens.hpp"
#include "store/schema.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

struct Shelf {
  test::TempFolder folder;
  store::Database database{folder / "ledger.db", store::OpenMode::create};

  Shelf() {
    store::Transaction transaction(database, store::Transaction::Kind::write);
    store::migrate(database);
    transaction.commit();
  }

  void apply(std::uint64_t seq, const std::string& type, Json data) {
    chain::Entry entry;
    entry.seq = seq;
    entry.event_type = type;
    entry.actor = "node:test";
    entry.data = std::move(data);
    entry.origin = "example.org/log";
    entry.salt = std::string(32, '0');
    const auto bytes = chain::to_bytes(entry);
    ledger::insert_entry(database, {entry, bytes, chain::entry_hash(bytes), std::nullopt});
    registry::apply(database, entry);
  }
};

crypto::PublicKey key_of(std::uint64_t seed) {
  Entropy entropy = test::seeded_entropy(seed);
  return crypto::SecretKey::generate(entropy).public_key();
}

Json added(const crypto::PublicKey& key) {
  return {{"kid", key.kid()}, {"public_key", to_hex(key.view())}, {"purpose", "token"}};
}

}  // namespace

TEST_SUITE("registry/keys") {
  TEST_CASE("a token key is in force from key.added to key.removed") {
    Shelf shelf;
    const auto first = key_of(1);
    const auto second = key_of(2);
    shelf.apply(1, "key.added", added(first));
    shelf.apply(4, "key.added", added(second));
    CHECK(registry::token_key(shelf.database, first.kid())->key == first);
    CHECK(registry::token_keys(shelf.database).size() == 2);
    shelf.apply(5, "key.removed", {{"kid", first.kid()}, {"reason", "rotated"}});
    CHECK_FALSE(registry::token_key(shelf.database, first.kid()));
    REQUIRE(registry::token_keys(shelf.database).size() == 1);
    CHECK(registry::token_keys(shelf.database).front().key == second);
  }

  TEST_CASE("a key under another's kid is never used") {
    Shelf shelf;
    auto data = added(key_of(1));
    data["public_key"] = to_hex(key_of(2).view());
    shelf.apply(1, "key.added", data);
    CHECK_THROWS_AS((void)registry::token_key(shelf.database, key_of(1).kid()), Error);
    CHECK_THROWS_AS((void)registry::token_keys(shelf.database), Error);
  }

  TEST_CASE("a use of a token that was never issued cannot be projected") {
    Shelf shelf;
    const Json used{
        {"jti", "tok_" + std::string(32, '0')}, {"token_hash", std::string(64, '0')}, {"use", 1}};
    CHECK_THROWS_AS(shelf.apply(3, "token.used", used), Error);
  }
}

}  // namespace lexecon
