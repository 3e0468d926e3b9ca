// A node with operators whose keys are made in software: ann, an admin; bob and olga, compliance officers; vic,
// a viewer. olga speaks for the owner of agent:reader.
#pragma once

#include <map>
#include <string>

#include "crypto/ssh_signer.hpp"
#include "office.hpp"
#include "service/operators.hpp"
#include "service/overrides.hpp"
#include "service/tokens.hpp"
#include "service/verify.hpp"
#include "support/sshsig.hpp"

namespace lexecon::test {

inline constexpr const char* reason_enough = "the migration is due tonight, see change 4711";

class Bureau {
 public:
  Bureau() {
    add("ann", authority::Role::admin, {}, std::nullopt);
    add("bob", authority::Role::compliance_officer, {}, by("ann"));
    add("olga", authority::Role::compliance_officer, {"actor:human:olga"}, by("ann"));
    add("vic", authority::Role::viewer, {}, by("ann"));
  }

  [[nodiscard]] service::Signatory by(const std::string& name) {
    return {name, [this, name](std::string_view message, const std::string&) {
              return sshsig(keys_.at(name), message);
            }};
  }

  std::string decide(const Json& request, const service::DecideOptions& options = {}) {
    office.pass(1);
    return office.decide(request, options).data.at("decision_id").get<std::string>();
  }
  /// approves that one decision unless changed.
  [[nodiscard]] static service::NewOverride of(const std::string& decision_id) {
    return {
        .decision_id = decision_id, .type = "business_exception", .justification = reason_enough};
  }
  [[nodiscard]] service::NewOverride several(const std::string& decision_id,
                                             std::int64_t seconds) const {
    auto out = of(decision_id);
    out.scope = authority::OverrideScope::multiple_decisions;
    out.expires_at = Timestamp{now().micros + seconds * 1'000'000};
    return out;
  }
  [[nodiscard]] static service::NewOverride denial(const std::string& decision_id) {
    auto out = of(decision_id);
    out.approves = false;
    return out;
  }
  service::NewlyMade make(const service::NewOverride& added, const std::string& name = "bob") {
    office.pass(1);
    return service::create_override(office.node(), added, by(name), office.session());
  }
  service::Issued token(const std::string& decision_id) {
    office.pass(1);
    return service::issue_token(office.node(), decision_id, std::nullopt, std::nullopt,
                                office.session());
  }
  [[nodiscard]] service::Override shown(const service::NewlyMade& made) const {
    return service::show_override(office.node(), made.made.made.id(), now());
  }
  [[nodiscard]] Timestamp now() const { return office.session().now; }
  /// "valid", or what a deep verification found.
  [[nodiscard]] std::string deep() {
    const auto found = service::verify_ledger(office.node().files,
                                              {.state_home = office.session().write.state_home,
                                               .pins = {},
                                               .older_notes = {},
                                               .skip = {}},
                                              service::Depth::all);
    std::string out;
    for (const auto& check : found.checks) {
      if (check.status != ledger::CheckStatus::fail) continue;
      out += (out.empty() ? "" : "; ") + check.name + ": " + check.detail;
    }
    return out.empty() && found.verdict == ledger::Verdict::valid ? "valid" : out;
  }

  Office office;

 private:
  void add(const std::string& name, authority::Role role, std::vector<std::string> actors,
           const std::optional<service::Signatory>& signatory) {
    const auto& key =
        keys_.emplace(name, crypto::SecretKey::generate(office.session().entropy)).first->second;
    (void)service::add_operator(office.node(),
                                {.id = name,
                                 .public_key = crypto::SshSigner{false, key.public_key()}.text(),
                                 .role = role,
                                 .actors = std::move(actors)},
                                signatory, office.session());
  }

  std::map<std::string, crypto::SecretKey> keys_;
};

}  // namespace lexecon::test
