#include "crypto/minisig.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/identity.hpp"
#include "support/shell.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

crypto::SecretKey key_of(std::uint64_t seed) {
  auto entropy = test::seeded_entropy(seed);
  return crypto::SecretKey::generate(entropy);
}

}  // namespace

TEST_SUITE("crypto/minisig") {
  TEST_CASE("four lines, of which both signatures are deterministic") {
    const auto key = key_of(1);
    const auto text = crypto::minisig(key, "bytes", {.untrusted = "u", .trusted = "t"});
    const auto lines = split(text, '\n');
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == "untrusted comment: u");
    CHECK(lines[2] == "trusted comment: t");
    CHECK(lines[4].empty());
    const auto body = from_base64(lines[1]).value();
    CHECK(body.size() == 74);
    CHECK(body.substr(0, 2) == "ED");
    CHECK(to_hex(body.substr(2, 8)) == key.public_key().kid());
    CHECK(crypto::verify(key.public_key(), body.substr(10) + "t", from_base64(lines[3]).value()));
    CHECK(crypto::minisig(key, "bytes", {.untrusted = "u", .trusted = "t"}) == text);
    CHECK(crypto::minisig(key, "bytez", {.untrusted = "u", .trusted = "t"}) != text);
    CHECK(crypto::minisig(key_of(2), "bytes", {.untrusted = "u", .trusted = "t"}) != text);
  }

  TEST_CASE("a comment is one line") {
    const auto key = key_of(1);
    for (const char* wrong : {"a\nb", "a\r", "\n"}) {
      CHECK_THROWS_AS(
          static_cast<void>(crypto::minisig(key, "", {.untrusted = wrong, .trusted = ""})), Error);
      CHECK_THROWS_AS(
          static_cast<void>(crypto::minisig(key, "", {.untrusted = "", .trusted = wrong})), Error);
    }
  }

  TEST_CASE("minisign takes it, and nothing that was changed") {
    if (!test::has_program("minisign")) return;
    const test::TempFolder folder;
    const auto key = key_of(3);
    const std::string bytes("one\0two", 7);
    write_new_file(folder / "key.pub", crypto::minisign_public_key(key.public_key(), "x"),
                   Access::as_umask);
    write_new_file(folder / "file", bytes, Access::as_umask);
    const auto text = crypto::minisig(key, bytes, {.untrusted = "u", .trusted = "log=1 size=2"});
    write_new_file(folder / "file.minisig", text, Access::as_umask);
    const std::string command = "minisign -V -H -p " + test::word(folder / "key.pub") + " -m " +
                                test::word(folder / "file");
    const auto good = test::run(command);
    CHECK(good.status == 0);
    CHECK(good.output.find("Trusted comment: log=1 size=2") != std::string::npos);
    std::string changed = text;
    changed.replace(changed.find("size=2"), 6, "size=3");
    replace_file(folder / "file.minisig", changed, Access::as_umask);
    CHECK(test::run(command).status != 0);
    replace_file(folder / "file.minisig", text, Access::as_umask);
    replace_file(folder / "file", bytes + "x", Access::as_umask);
    CHECK(test::run(command).status != 0);
  }
}
