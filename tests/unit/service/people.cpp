#include "people.hpp"

#include "crypto/hash.hpp"

namespace lexecon::test {

std::string Person::public_key() const {
  return crypto::SshSigner{parts.is_hardware, key().public_key()}.text();
}

std::string Person::sign(std::string_view message) const { return sshsig(key(), message, parts); }

service::Signatory Person::signatory() const {
  return {id, [*this](std::string_view message, const std::string& /*public_key*/) {
            return sign(message);
          }};
}

Person person(const std::string& id) {
  return {id, std::string(crypto::sha256("the key of " + id).view())};
}

void add_operator(Office& office, const Person& added, authority::Role role,
                  std::vector<std::string> actors) {
  const bool is_first = service::list_operators(office.node()).at("operators").empty();
  const auto alice = person("alice").signatory();
  (void)service::add_operator(
      office.node(),
      {.id = added.id, .public_key = added.public_key(), .role = role, .actors = std::move(actors)},
      is_first ? std::nullopt : std::optional(alice), office.session());
}

}  // namespace lexecon::test
