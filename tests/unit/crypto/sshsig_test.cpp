#include "crypto/sshsig.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "support/shell.hpp"
#include "support/sshsig.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using crypto::SshsigFault;
using test::run;
using test::slurp;
using test::SshsigParts;
using test::word;

namespace {

std::string sample(const std::string& name) { return slurp(test::data_file("sshsig/" + name)); }
std::string statement() { return sample("statement.json"); }

/// What becomes of a signature by the test key: the name of its fault, or "good".
std::string judged(const std::string& armored, bool is_hardware, const std::string& message) {
  const auto fault = crypto::sshsig_fault(armored, message, test::ssh_signer(is_hardware));
  return fault ? std::string(to_string(*fault)) : "good";
}
std::string judged(const SshsigParts& parts) {
  return judged(test::sshsig(test::ssh_key(), statement(), parts), parts.is_hardware, statement());
}

struct Case {
  std::string what;
  SshsigParts parts;
  std::string verdict;
};

/// Every part of a signature, altered by one who has the key.
std::vector<Case> cases() {
  const std::string one("\0", 1);
  std::vector<Case> out;
  for (const bool hardware : {false, true}) {
    const auto add = [&](const std::string& what, const std::string& verdict, auto alter) {
      SshsigParts parts{.is_hardware = hardware};
      alter(parts);
      out.push_back({what, parts, verdict});
    };
    add("nothing", "good", [](auto&) {});
    add("version 2", "bad_armor", [](auto& p) { p.version.back() = 2; });
    add("version 0", "bad_armor", [](auto& p) { p.version.back() = 0; });
    add("something reserved", "bad_armor", [](auto& p) { p.reserved = "x"; });
    add("a byte after the body", "bad_armor", [&](auto& p) { p.after_body = one; });
    add("a string after the body", "bad_armor", [](auto& p) { p.after_body.assign(4, '\0'); });
    add("too long", "bad_armor", [](auto& p) { p.name_space.assign(3'000, 'x'); });
    add("long, and not too long", "wrong_namespace",
        [](auto& p) { p.name_space.assign(2'000, 'x'); });
    add("no namespace", "wrong_namespace", [](auto& p) { p.name_space.clear(); });
    add("git's namespace", "wrong_namespace", [](auto& p) { p.name_space = "git"; });
    add("a longer namespace", "wrong_namespace", [&](auto& p) { p.name_space = "lexecon" + one; });
    add("sha256", "wrong_hash", [](auto& p) { p.hash = "sha256"; });
    add("SHA512", "wrong_hash", [](auto& p) { p.hash = "SHA512"; });
    add("a byte after the signature", "bad_signature", [&](auto& p) { p.after_signature = one; });
    add("a string after it", "bad_signature", [](auto& p) { p.after_signature.assign(4, '\0'); });
    if (!hardware) continue;
    add("another application", "wrong_key", [](auto& p) { p.application = "https://example.com"; });
    add("a longer application", "wrong_key", [](auto& p) { p.application = "ssh:work"; });
    add("nobody there", "no_user_presence", [](auto& p) { p.flags = 0; });
    add("verified, nobody there", "no_user_presence", [](auto& p) { p.flags = 0x04; });
    add("all flags but presence", "no_user_presence", [](auto& p) { p.flags = 0xFE; });
    add("present and verified", "good", [](auto& p) { p.flags = 0x05; });
    add("the first use", "good", [](auto& p) { p.counter = 0; });
    add("the last use", "good", [](auto& p) { p.counter = 0xFFFFFFFF; });
  }
  return out;
}

/// What the real ssh-keygen says of signatures by the test key.
class Keygen {
 public:
  Keygen() {
    std::string allowed;
    for (const bool hardware : {false, true}) {
      allowed += "them namespaces=\"lexecon\" " + test::ssh_signer(hardware).text() + "\n";
    }
    write_new_file(folder_ / "allowed", allowed, Access::as_umask);
    write_new_file(folder_ / "message", statement(), Access::as_umask);
  }
  [[nodiscard]] bool accepts(const std::string& armored) const {
    replace_file(folder_ / "sig", armored, Access::as_umask);
    return run("ssh-keygen -Y verify -f " + word(folder_ / "allowed") + " -I them -n lexecon -s " +
               word(folder_ / "sig") + " < " + word(folder_ / "message"))
               .status == 0;
  }

 private:
  test::TempFolder folder_;
};

}  // namespace

TEST_SUITE("crypto/sshsig") {
  TEST_CASE("signatures of ssh-keygen on file: one is good, each other has its fault") {
    const auto file = [](const std::string& name, bool hardware) {
      return judged(sample(name), hardware, statement());
    };
    CHECK(file("good.sig", false) == "good");
    CHECK(file("hardware.sig", true) == "good");
    CHECK(file("namespace.sig", false) == "wrong_namespace");
    CHECK(file("hash.sig", false) == "wrong_hash");
    CHECK(file("key.sig", false) == "wrong_key");
    CHECK(file("message.sig", false) == "bad_signature");
    CHECK(file("good.sig", true) == "wrong_key");
    CHECK(file("hardware.sig", false) == "wrong_key");
    CHECK(judged(sample("good.sig"), false, statement() + "\n") == "bad_signature");
    CHECK(judged(sample("hardware.sig"), true, "") == "bad_signature");
  }

  TEST_CASE("the tests sign as ssh-keygen does, byte for byte") {
    const auto key = test::ssh_key();
    CHECK(test::sshsig(key, statement()) == sample("good.sig"));
    CHECK(test::sshsig(key, statement(), {.name_space = "git"}) == sample("namespace.sig"));
    CHECK(test::sshsig(key, statement(), {.hash = "sha256"}) == sample("hash.sig"));
    CHECK(test::sshsig(key, statement(), {.is_hardware = true}) == sample("hardware.sig"));
  }

  TEST_CASE("each part that is altered and signed again has its fault") {
    for (const auto& each : cases()) {
      CAPTURE(each.what);
      CAPTURE(each.parts.is_hardware);
      CHECK(judged(each.parts) == each.verdict);
    }
  }

  TEST_CASE("no bit of the armor can be changed, added, dropped or swapped") {
    for (const bool hardware : {false, true}) {
      const auto good = sample(hardware ? "hardware.sig" : "good.sig");
      const auto refused = [&](const std::string& other) {
        return other == good || judged(other, hardware, statement()) != "good";
      };
      for (std::size_t at = 0; at < good.size(); ++at) {
        CAPTURE(at);
        for (unsigned bit = 0; bit < 8; ++bit) {
          auto other = good;
          other[at] = static_cast<char>(static_cast<unsigned char>(other[at]) ^ (1U << bit));
          CHECK(refused(other));
        }
        for (const char* added : {"\n", " ", "\r", "A", "="}) {
          CHECK(refused(std::string(good).insert(at, added)));
        }
        CHECK(refused(std::string(good).erase(at, 1)));
        CHECK(refused(good.substr(0, at)));
      }
      for (const auto* around : {"\n", " ", "x", "\r\n"}) {
        CHECK(judged(good + around, hardware, statement()) == "bad_armor");
        CHECK(judged(around + good, hardware, statement()) == "bad_armor");
      }
      CHECK(judged(good + good, hardware, statement()) == "bad_armor");
      CHECK(judged("", hardware, statement()) == "bad_armor");
    }
  }

  TEST_CASE("no bit of the body can be changed, flags and counter included") {
    for (const bool hardware : {false, true}) {
      const auto body = test::sshsig_body(test::ssh_key(), statement(), {.is_hardware = hardware});
      for (std::size_t bit = 0; bit < 8 * body.size(); ++bit) {
        auto other = body;
        other[bit / 8] =
            static_cast<char>(static_cast<unsigned char>(other[bit / 8]) ^ (1U << (bit % 8)));
        CAPTURE(bit);
        const auto verdict = judged(test::sshsig_armor(other), hardware, statement());
        CHECK(verdict != "good");
        if (hardware && bit / 8 >= body.size() - 5) CHECK(verdict == "bad_signature");
      }
      for (std::size_t kept = 0; kept < body.size(); ++kept) {
        CAPTURE(kept);
        CHECK(judged(test::sshsig_armor(body.substr(0, kept)), hardware, statement()) != "good");
      }
    }
  }

  TEST_CASE("armor in lines of another length is refused") {
    const auto good = sample("good.sig");
    const auto head = good.substr(0, good.find('\n') + 1);
    const auto foot = std::string("-----END SSH SIGNATURE-----\n");
    auto encoded = good.substr(head.size(), good.size() - head.size() - foot.size());
    std::erase(encoded, '\n');
    for (std::size_t columns = 1; columns <= encoded.size(); ++columns) {
      auto other = head;
      for (std::size_t at = 0; at < encoded.size(); at += columns) {
        other.append(encoded, at, columns).push_back('\n');
      }
      CAPTURE(columns);
      CHECK(judged(other + foot, false, statement()) == (columns == 70 ? "good" : "bad_armor"));
    }
  }

  TEST_CASE("what is accepted here, ssh-keygen accepts") {
    if (!test::has_program("ssh-keygen")) return;
    const Keygen keygen;
    std::size_t accepted = 0;
    std::size_t stricter = 0;
    for (const auto& each : cases()) {
      CAPTURE(each.what);
      CAPTURE(each.parts.is_hardware);
      const bool theirs = keygen.accepts(test::sshsig(test::ssh_key(), statement(), each.parts));
      const bool ours = judged(each.parts) == "good";
      CHECK((theirs || !ours));
      accepted += ours ? 1 : 0;
      stricter += theirs && !ours ? 1 : 0;
    }
    CHECK(accepted == 5);
    CHECK(stricter > 0);
    std::cout << "sshsig: " << accepted << " accepted by both, " << stricter
              << " only by ssh-keygen, of " << cases().size() << "\n";
  }

  TEST_CASE("what ssh-keygen signs is accepted, whatever the message") {
    if (!test::has_program("ssh-keygen")) return;
    const test::TempFolder folder;
    const auto key = word(folder / "key");
    REQUIRE(run("ssh-keygen -q -t ed25519 -N '' -C 'some one' -f " + key).status == 0);
    const auto signer = crypto::parse_ssh_signer_file(slurp(folder / "key.pub"));
    for (const std::string& message :
         {std::string(), std::string("a\0b\r\n", 5), std::string(100'000, 'x')}) {
      replace_file(folder / "message", message, Access::as_umask);
      const auto ran = run("ssh-keygen -q -Y sign -n lexecon -O hashalg=sha512 -f " + key + " " +
                           word(folder / "message"));
      CAPTURE(ran.output);
      REQUIRE(ran.status == 0);
      const auto armored = slurp(folder / "message.sig");
      CHECK_FALSE(crypto::sshsig_fault(armored, message, signer));
      CHECK(crypto::sshsig_fault(armored, message, test::ssh_signer(false)) ==
            SshsigFault::wrong_key);
      std::filesystem::remove(folder / "message.sig");
    }
  }
}
