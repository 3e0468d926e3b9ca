// Operators of a test: their keys are in software, and what they sign a test may spoil.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "authority/operators.hpp"
#include "service/operators.hpp"
#include "support/sshsig.hpp"
#include "unit/service/office.hpp"

namespace lexecon::test {

struct Person {
  std::string id;
  std::string seed;        // of the key
  SshsigParts parts = {};  // of every signature; a hardware key where it says so

  [[nodiscard]] crypto::SecretKey key() const { return crypto::SecretKey::from_seed(seed); }
  [[nodiscard]] std::string public_key() const;
  [[nodiscard]] std::string sign(std::string_view message) const;
  [[nodiscard]] service::Signatory signatory() const;
};

/// The same name has the same key.
[[nodiscard]] Person person(const std::string& id);

/// By alice, an admin, who is the first one when there is nobody yet.
void add_operator(Office& office, const Person& added, authority::Role role,
                  std::vector<std::string> actors = {});

}  // namespace lexecon::test
