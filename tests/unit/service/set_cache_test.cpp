#include "service/set_cache.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "crypto/hash.hpp"
#include "decision/set_codec.hpp"
#include "office.hpp"
#include "service/activate.hpp"
#include "service/sets.hpp"
#include "service/tokens.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;
using policy::Outcome;
using test::Office;

registry::SetRow active_row(const Office& office) { return find_set(office.node(), std::nullopt); }

Path cache_file(const Office& office) {
  return office.node().files.cache() / active_row(office).policy_hash.hex();
}

/// Writes over the file as it stands, with its mode.
void overwrite(const Path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// From now on whatever compiles the set again fails, and says so.
void lose_sources(const Office& office) {
  store::Database database(office.node().files.database(), store::OpenMode::read_write);
  database.execute("UPDATE policy_files SET body = x'00'");
}

bool decides_from_cache(Office& office) {
  try {
    return office.decide(test::reading()).outcome == Outcome::approved;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::integrity);
    return false;
  }
}

unsigned mode_of(const Path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

}  // namespace

TEST_SUITE("service/set_cache") {
  TEST_CASE("the first decision keeps the compiled set, and the next ones need nothing else") {
    Office office;
    CHECK_FALSE(fs::exists(office.node().files.cache()));
    CHECK(office.decide(test::reading()).outcome == Outcome::approved);
    CHECK(mode_of(office.node().files.cache()) == 0700);
    CHECK(mode_of(cache_file(office)) == 0600);
    lose_sources(office);
    CHECK(office.decide(test::reading()).outcome == Outcome::approved);
    CHECK(office.decide(test::dropping()).outcome == Outcome::denied);
    CHECK(office.decide(test::paying()).outcome == Outcome::escalated);
    CHECK(office.decide(test::shipping()).outcome == Outcome::conditional);
    CHECK(office.decide(test::reading(), {.with_token = false}).outcome == Outcome::approved);
  }

  TEST_CASE("a token is issued from the compiled set too") {
    Office office;
    const auto approved = office.decide(test::reading(), {.with_token = false});
    lose_sources(office);
    const auto issued = issue_token(office.node(), approved.data.at("decision_id"), std::nullopt,
                                    std::nullopt, office.session());
    CHECK(issued.claims.decision_id == approved.data.at("decision_id"));
  }

  TEST_CASE("a dry run and a replay compile the set from the bytes on record") {
    Office office;
    auto request = test::reading();
    request["idempotency_key"] = "k1";
    (void)office.decide(request);
    lose_sources(office);
    CHECK(decides_from_cache(office));
    CHECK(test::code_of([&] {
            (void)dry_run(office.node(), decision::parse_request(test::reading()), {},
                          office.session());
          }) == ErrorCode::integrity);
    CHECK(test::code_of([&] { (void)office.decide(request); }) == ErrorCode::integrity);
    Office fresh;
    (void)dry_run(fresh.node(), decision::parse_request(test::reading()), {}, fresh.session());
    CHECK_FALSE(fs::exists(fresh.node().files.cache()));
  }

  TEST_CASE("no changed byte is ever used, and the file is put right") {
    Office office;
    (void)office.decide(test::reading());
    const auto row = active_row(office);
    const auto path = cache_file(office);
    const auto bytes = test::slurp(path);
    const auto token_key = load_token_key(office.node(), {});
    const SetCache cache(office.node().files, &token_key);
    const auto kept = cache.find(row);
    REQUIRE(kept);
    const auto body = decision::pack_set(*kept);
    CHECK(bytes.ends_with(body));
    auto database = open_ledger(office.node());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      CAPTURE(at);
      auto changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 0x01);
      overwrite(path, changed);
      CHECK_FALSE(cache.find(row));
      if (at % 16 != 0) continue;
      CHECK(decision::pack_set(load_recorded(database, row, cache)) == body);
      CHECK(test::slurp(path) == bytes);
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{31}, std::size_t{63}, std::size_t{64}, bytes.size() - 1}) {
      CAPTURE(size);
      overwrite(path, std::string_view(bytes).substr(0, size));
      CHECK_FALSE(cache.find(row));
    }
    overwrite(path, bytes + '\0');
    CHECK_FALSE(cache.find(row));
    overwrite(path, bytes);
    CHECK(cache.find(row));
  }

  TEST_CASE("another set, another build and another node's key are not this one's") {
    Office office;
    (void)office.decide(test::reading());
    const auto row = active_row(office);
    const auto path = cache_file(office);
    const auto bytes = test::slurp(path);
    const auto token_key = load_token_key(office.node(), {});
    const SetCache cache(office.node().files, &token_key);
    auto files = test::small_set();
    files[1].bytes += "# another\n";
    auto other = decision::load_set(files);
    const crypto::DigestKey key(token_key, "lexcache");
    const auto sealed = [&](std::string_view id, const decision::ActiveSet& set) {
      const auto body = decision::pack_set(set);
      return std::string(id) + key.digest({id, body}) + body;
    };
    const auto id = bytes.substr(0, 32);
    overwrite(path, sealed(id, *cache.find(row)));
    CHECK(cache.find(row));
    overwrite(path, sealed(id, other));
    CHECK_FALSE(cache.find(row));
    other.policy_hash = row.policy_hash;
    overwrite(path, sealed(id, other));
    CHECK_FALSE(cache.find(row));
    overwrite(path, bytes);
    overwrite(path, sealed(crypto::sha256("another build").view(), *cache.find(row)));
    CHECK_FALSE(cache.find(row));
    overwrite(path, bytes);
    auto entropy = test::seeded_entropy(77);
    const auto stranger = crypto::SecretKey::generate(entropy);
    CHECK_FALSE(SetCache(office.node().files, &stranger).find(row));
  }

  TEST_CASE("a file or folder that others can reach, a link and a second name are not used") {
    Office office;
    (void)office.decide(test::reading());
    const auto folder = office.node().files.cache();
    const auto path = cache_file(office);
    lose_sources(office);
    REQUIRE(decides_from_cache(office));
    ::chmod(path.c_str(), 0640);
    CHECK_FALSE(decides_from_cache(office));
    ::chmod(path.c_str(), 0600);
    ::chmod(folder.c_str(), 0750);
    CHECK_FALSE(decides_from_cache(office));
    ::chmod(folder.c_str(), 0700);
    CHECK(decides_from_cache(office));
    fs::create_hard_link(path, folder / "second");
    CHECK_FALSE(decides_from_cache(office));
    fs::remove(folder / "second");
    fs::rename(path, folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", path);
    CHECK_FALSE(decides_from_cache(office));
    fs::remove(path);
    fs::rename(folder / "elsewhere", path);
    fs::rename(folder, folder.parent_path() / "moved");
    fs::create_directory_symlink(folder.parent_path() / "moved", folder);
    CHECK_FALSE(decides_from_cache(office));
    if (::geteuid() == 0) {
      fs::remove(folder);
      fs::rename(folder.parent_path() / "moved", folder);
      CHECK(decides_from_cache(office));
      REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
      CHECK_FALSE(decides_from_cache(office));
      REQUIRE(::chown(path.c_str(), 0, 0) == 0);
      REQUIRE(::chown(folder.c_str(), 65534, 65534) == 0);
      CHECK_FALSE(decides_from_cache(office));
    }
  }

  TEST_CASE("a cache that cannot be written costs nobody a decision") {
    Office office;
    overwrite(office.node().files.cache(), "a file where the folder would stand");
    CHECK(office.decide(test::reading()).outcome == Outcome::approved);
    CHECK(test::slurp(office.node().files.cache()) == "a file where the folder would stand");
    fs::remove(office.node().files.cache());
    fs::create_directory(office.node().files.cache());
    fs::permissions(office.node().files.cache(), fs::perms(0755));
    CHECK(office.decide(test::reading()).outcome == Outcome::approved);
    CHECK(fs::is_empty(office.node().files.cache()));
    fs::permissions(office.node().files.cache(), fs::perms(0700));
    fs::create_directory(cache_file(office));
    CHECK(office.decide(test::reading()).outcome == Outcome::approved);
    CHECK(fs::is_directory(cache_file(office)));
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("another active set replaces the one that was kept, and nothing else") {
    Office office;
    (void)office.decide(test::reading());
    const auto before = cache_file(office);
    overwrite(office.node().files.cache() / "notes", "somebody's");
    office.write("policies/small.yaml", "policy_id: pol_small_v2\n");
    (void)activate(office.node(), {}, {}, office.session());
    CHECK(office.decide(test::reading()).outcome == Outcome::denied);
    CHECK(cache_file(office) != before);
    CHECK(fs::exists(cache_file(office)));
    CHECK_FALSE(fs::exists(before));
    CHECK(fs::exists(office.node().files.cache() / "notes"));
  }

  TEST_CASE("a token key under a passphrase is not asked for because of the cache") {
    Office office;
    (void)office.decide(test::reading());
    auto entropy = test::seeded_entropy(5);
    const auto pem = crypto::encrypted_pem(load_token_key(office.node(), {}), "secret", entropy,
                                           {.operations = 1, .memory_kib = 8});
    office.write("keys/token.key", pem);
    fs::permissions(office.node().files.token_key(), fs::perms(0600));
    bool asked = false;
    office.session().passphrase = [&asked] {
      asked = true;
      return std::string("secret");
    };
    CHECK(office.decide(test::reading(), {.with_token = false}).outcome == Outcome::approved);
    CHECK_FALSE(asked);
    lose_sources(office);
    CHECK(decides_from_cache(office));
    CHECK(asked);
  }
}

}  // namespace lexecon::service
