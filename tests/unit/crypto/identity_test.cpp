#include "crypto/identity.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "crypto/key_file.hpp"
#include "support/shell.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::run;
using test::slurp;
using test::text;
using test::unhex;
using test::word;

namespace {

Json keys() { return test::load_json(test::data_file("keys/keys.json")); }

crypto::Identity test_identity() {
  const Json file = keys();
  return {text(file.at("origin")), crypto::public_key(unhex(file.at("public_key")))};
}

std::string hex(const crypto::KeyId& id) { return to_hex(std::string(id.begin(), id.end())); }

bool is_vkey(const std::string& candidate) {
  try {
    static_cast<void>(crypto::parse_vkey(candidate));
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_SUITE("crypto/identity") {
  TEST_CASE("our own vectors: the key in each of its four texts") {
    const auto log = test_identity();
    CHECK(hex(crypto::key_id(log)) == text(keys().at("key_id")));
    CHECK(hex(crypto::key_id(log, crypto::KeyType::witness)) == text(keys().at("witness_key_id")));
    CHECK(crypto::vkey(log) + "\n" == slurp(test::data_file("keys/vkey.txt")));
    CHECK(crypto::parse_vkey(crypto::vkey(log)) == log);
    const auto minisign = slurp(test::data_file("keys/minisign.pub"));
    CHECK(crypto::minisign_public_key(log.key, "lexecon ledger key") == minisign);
    CHECK(crypto::parse_minisign_public_key(minisign) == log.key);
    const auto ssh = slurp(test::data_file("keys/ssh.pub"));
    CHECK(crypto::ssh_public_key(log.key, "ledger key of a test") + "\n" == ssh);
    CHECK(crypto::parse_ssh_public_key(ssh) == log.key);
    CHECK(crypto::parse_ssh_public_key(crypto::ssh_public_key(log.key, "")) == log.key);
  }

  TEST_CASE("a pin is recognised in each form, and only a vkey names its log") {
    const auto log = test_identity();
    for (const char* name : {"keys/public.pem", "keys/minisign.pub", "keys/ssh.pub"}) {
      CAPTURE(name);
      const std::string pin = slurp(test::data_file(name));
      CHECK(crypto::parse_pin(pin).key == log.key);
      CHECK_FALSE(crypto::parse_pin(pin).name);
      CHECK(crypto::parse_pin(pin.substr(0, pin.size() - 1)).key == log.key);
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_pin(pin + "\n")), Error);
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_pin(" " + pin)), Error);
    }
    const std::string vkey = slurp(test::data_file("keys/vkey.txt"));
    CHECK(crypto::parse_pin(vkey).key == log.key);
    CHECK(crypto::parse_pin(vkey).name == log.name);
    for (const std::string& bad :
         {std::string(), std::string("\n"), slurp(test::data_file("keys/secret.pem")),
          slurp(test::data_file("keys/encrypted.pem")), std::string("some text")}) {
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_pin(bad)), Error);
    }
  }

  TEST_CASE("the published vkeys are read, and every near miss is refused") {
    const auto path = test::public_vectors("signed-note/signed-note.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    std::size_t refused = 0;
    const auto refuse = [&](const std::string& bad) {
      CAPTURE(bad);
      CHECK_FALSE(is_vkey(bad));
      ++refused;
    };
    for (const Json& item : file.at("valid")) {
      const std::string vkey = text(item.at("vkey"));
      CHECK(crypto::vkey(crypto::parse_vkey(vkey)) == vkey);
    }
    for (const Json& item : file.at("vkey_invalid")) refuse(text(item));
    const std::string good = text(file.at("valid").at(0).at("vkey"));
    for (std::size_t start = 0; start < good.size(); ++start) {
      for (std::size_t length = 0; start + length <= good.size(); ++length) {
        if (length < good.size()) refuse(good.substr(start, length));
      }
      std::string other = good;
      ++other[start];
      refuse(other);
    }
    std::cout << "signed-note: " << file.at("valid").size() << " vkeys, " << refused
              << " near misses refused\n";
  }

  TEST_CASE("a vkey of a weak key, of another type or with a bad name is refused") {
    const Json weak = test::load_json(test::data_file("keys/weak.json"));
    for (const Json& item : weak.at("refused")) {
      crypto::Identity bad{"log.example", {}};
      const std::string raw = unhex(item.at("key"));
      std::copy(raw.begin(), raw.end(), bad.key.bytes.begin());
      CHECK_FALSE(is_vkey(crypto::vkey(bad)));
    }
    const auto log = test_identity();
    for (const std::string name : {"", "a b", "a+b", "a\tb", "a\xC2\xA0z", "a\xE3\x80\x80z",
                                   "a\xE2\x80\x83z", "a\xC2\x85z", "\xFF", "a\nb"}) {
      CAPTURE(name);
      CHECK_FALSE(crypto::is_key_name(name));
      CHECK_THROWS_AS(static_cast<void>(crypto::vkey({name, log.key})), Error);
    }
    CHECK(crypto::is_key_name("m\xC3\xBCnchen.example/log"));
  }

  TEST_CASE("minisign and OpenSSH texts have one spelling") {
    const auto log = test_identity();
    const std::string minisign = crypto::minisign_public_key(log.key, "c");
    const std::string ssh = crypto::ssh_public_key(log.key, "");
    // The first line of minisign is a comment, and what follows a space in OpenSSH's is one too.
    for (std::size_t at = minisign.find('\n') + 1; at + 1 < minisign.size(); ++at) {
      std::string other = minisign;
      other[at] = other[at] == 'A' ? 'B' : 'A';
      CAPTURE(at);
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_minisign_public_key(other)), Error);
    }
    for (std::size_t at = 0; at < ssh.size() - 43; ++at) {
      std::string other = ssh;
      other[at] = other[at] == 'A' ? 'B' : 'A';
      CAPTURE(at);
      CHECK_THROWS_AS(static_cast<void>(crypto::parse_ssh_public_key(other)), Error);
    }
    CHECK_THROWS_AS(static_cast<void>(crypto::parse_ssh_public_key(ssh + " a\nb")), Error);
    CHECK_THROWS_AS(static_cast<void>(crypto::ssh_public_key(log.key, "a\nb")), Error);
    CHECK_THROWS_AS(static_cast<void>(crypto::minisign_public_key(log.key, "a\nb")), Error);
  }

  TEST_CASE("ssh-keygen reads our line and gives the fingerprint of its bytes") {
    if (!test::has_program("ssh-keygen")) return;
    test::TempFolder folder;
    const Path file = folder / "key.pub";
    write_new_file(file, crypto::ssh_public_key(test_identity().key, "of a log") + "\n",
                   Access::as_umask);
    const auto listed = run("ssh-keygen -l -f " + word(file));
    CHECK(listed.status == 0);
    CHECK(listed.output.starts_with("256 SHA256:"));
    CHECK(listed.output.ends_with(" of a log (ED25519)\n"));
  }

  TEST_CASE("we read a public key that ssh-keygen made") {
    if (!test::has_program("ssh-keygen")) return;
    test::TempFolder folder;
    const Path file = folder / "key";
    REQUIRE(run("ssh-keygen -q -t ed25519 -N '' -C 'some one' -f " + word(file)).status == 0);
    const std::string line = slurp(folder / "key.pub");
    CHECK(crypto::ssh_public_key(crypto::parse_ssh_public_key(line), "some one") + "\n" == line);
  }

  TEST_CASE("minisign takes our public key: it misses only the signature") {
    if (!test::has_program("minisign")) return;
    test::TempFolder folder;
    const auto log = test_identity();
    const auto key = crypto::SecretKey::from_seed(unhex(keys().at("seed")));
    write_new_file(folder / "key.pub", crypto::minisign_public_key(log.key, "x"), Access::as_umask);
    write_new_file(folder / "file", "signed with the legacy algorithm", Access::as_umask);
    // `Ed` signs the file itself; the second signature covers the first and the trusted comment.
    const std::string signature = key.sign("signed with the legacy algorithm");
    const std::string global = key.sign(signature + "a comment");
    const std::string id = from_hex(log.key.kid()).value();
    write_new_file(folder / "file.minisig",
                   "untrusted comment: y\n" + to_base64("Ed" + id + signature) +
                       "\ntrusted comment: a comment\n" + to_base64(global) + "\n",
                   Access::as_umask);
    const std::string verify =
        "minisign -V -p " + word(folder / "key.pub") + " -m " + word(folder / "file");
    const auto verified = run(verify);
    CAPTURE(verified.output);
    CHECK(verified.status == 0);
    replace_file(folder / "file", "something else", Access::as_umask);
    CHECK(run(verify).status != 0);
  }
}
