#include "crypto/ssh_signer.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/ssh_wire.hpp"
#include "support/shell.hpp"
#include "support/sshsig.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

Json keys() { return test::load_json(test::data_file("keys/keys.json")); }

bool is_signer(const std::string& line) {
  try {
    static_cast<void>(crypto::parse_ssh_signer(line));
    return true;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return false;
  }
}

bool is_signer_file(const std::string& bytes) {
  try {
    static_cast<void>(crypto::parse_ssh_signer_file(bytes));
    return true;
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return false;
  }
}

std::string line_of(const std::string& type, const std::string& blob) {
  return type + " " + to_base64(blob);
}

}  // namespace

TEST_SUITE("crypto/ssh_signer") {
  TEST_CASE("our own vectors: a key in a file and the same in a token") {
    for (const bool hardware : {false, true}) {
      const auto line = text(keys().at(hardware ? "sk_signer" : "plain_signer"));
      const auto signer = crypto::parse_ssh_signer(line);
      CHECK(signer == test::ssh_signer(hardware));
      CHECK(signer.text() == line);
    }
  }

  TEST_CASE("the text has one spelling") {
    for (const bool hardware : {false, true}) {
      const auto good = test::ssh_signer(hardware).text();
      for (const auto* after : {" comment", " ", "\n", "="}) CHECK_FALSE(is_signer(good + after));
      for (const auto* before : {" ", "no-pty "}) CHECK_FALSE(is_signer(before + good));
      for (std::size_t kept = 0; kept < good.size(); ++kept) {
        CAPTURE(kept);
        CHECK_FALSE(is_signer(good.substr(0, kept)));
        CHECK_FALSE(is_signer(std::string(good).insert(kept, " ")));
        CHECK_FALSE(is_signer(std::string(good).insert(kept, "\n")));
      }
    }
  }

  TEST_CASE("keys of other types, for other applications and with more in them are refused") {
    const std::string plain = "ssh-ed25519";
    const std::string hardware = "sk-ssh-ed25519@openssh.com";
    const auto key = crypto::ssh_string(test::ssh_signer(false).key.view());
    const auto start = [](const std::string& type) { return crypto::ssh_string(type); };
    const auto application = crypto::ssh_string("ssh:");
    CHECK(is_signer(line_of(plain, start(plain) + key)));
    CHECK(is_signer(line_of(hardware, start(hardware) + key + application)));
    for (const auto& [type, blob] : std::vector<std::pair<std::string, std::string>>{
             {plain, start(hardware) + key + application},
             {plain, start(plain) + key + application},
             {plain, start(plain) + key + std::string(1, '\0')},
             {plain, start(plain)},
             {plain, start(plain) + crypto::ssh_string("short")},
             {hardware, start(plain) + key + application},
             {hardware, start(hardware) + key},
             {hardware, start(hardware) + key + crypto::ssh_string("ssh:work")},
             {hardware, start(hardware) + key + crypto::ssh_string("https://example.com")},
             {hardware, start(hardware) + key + application + crypto::ssh_string("")},
             {"ssh-rsa", start("ssh-rsa") + key},
             {"ssh-ed25519-cert-v01@openssh.com", start(plain) + key}}) {
      CAPTURE(type);
      CAPTURE(to_hex(blob));
      CHECK_FALSE(is_signer(line_of(type, blob)));
    }
  }

  TEST_CASE("weak keys are refused") {
    const Json weak = test::load_json(test::data_file("keys/weak.json"));
    std::size_t refused = 0;
    for (const Json& item : weak.at("refused")) {
      const auto raw = test::unhex(item.at("key"));
      if (raw.size() != 32) continue;
      crypto::SshSigner bad;
      std::copy(raw.begin(), raw.end(), bad.key.bytes.begin());
      for (const bool hardware : {false, true}) {
        bad.is_hardware = hardware;
        CHECK_FALSE(is_signer(bad.text()));
        ++refused;
      }
    }
    CHECK(refused > 10);
  }

  TEST_CASE("a .pub file is one line, with a comment or without") {
    const auto line = test::ssh_signer(true).text();
    for (const auto* after :
         {"", "\n", "\r\n", " a comment", " a comment\n", " \xC3\xBC\n", " \n"}) {
      CAPTURE(after);
      CHECK(crypto::parse_ssh_signer_file(line + after) == test::ssh_signer(true));
    }
    for (const auto& bad : {std::string(), std::string("\n"), line + "\n\n", line + "\n" + line,
                            line + " a\tb", " " + line, "# mine\n" + line, line + " a\rb",
                            test::slurp(test::data_file("keys/secret.pem"))}) {
      CAPTURE(bad);
      CHECK_FALSE(is_signer_file(bad));
    }
  }

  TEST_CASE("the keys that ssh-keygen makes are read, and those of other types are not") {
    if (!test::has_program("ssh-keygen")) return;
    const test::TempFolder folder;
    const auto made = [&](const std::string& type) {
      const auto ran = test::run("ssh-keygen -q -t " + type + " -N '' -C 'some one' -f " +
                                 test::word(folder / type));
      REQUIRE(ran.status == 0);
      return test::slurp(folder / (type + ".pub"));
    };
    const auto line = made("ed25519");
    CHECK(crypto::parse_ssh_signer_file(line).text() + " some one\n" == line);
    CHECK_FALSE(is_signer_file(made("ecdsa")));
    CHECK_FALSE(is_signer_file(made("rsa")));
    CHECK_FALSE(is_signer_file(test::slurp(folder / "ed25519")));
  }
}
