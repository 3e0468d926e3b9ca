#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

bool is_activation(const Seen& seen) {
  return seen.whole != nullptr && seen.whole->event_type == "policy.activated";
}

// The hash of a set is that of its files, and names the set in force before it.
class PolicySetsCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (!is_activation(seen)) return;
    const auto files = files_of(*seen.whole);
    if (!files) return;
    saw();
    const Json& data = seen.whole->data;
    const std::string policy_hash = decision::set_hash(*files).hex();
    if (data.value("policy_hash", Json()) != policy_hash) {
      fail(seen.row.seq,
           "the files of " + chain::entry_id(seen.row.seq) + " do not give its policy hash");
    }
    if (data.value("previous_hash", Json()) != previous_) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + " does not name the set before it");
    }
    previous_ = data.value("policy_hash", Json());
  }

  Json previous_;  // null before the first
};

// The bytes of every set ever activated are on record, and no others.
class PolicyFilesCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (!is_activation(seen)) return;
    for (const auto& file : files_of(*seen.whole).value_or(std::vector<decision::FileDigest>{})) {
      awaited_.emplace(file.sha256, Awaited{seen.row.seq, file.name, false});
    }
  }

  void end(Evidence& evidence) override {
    evidence.records.each_policy_file([this](std::string_view sha256, std::string_view body) {
      saw();
      const auto named = hash_from_bytes(sha256);
      const auto awaited = named ? awaited_.find(*named) : awaited_.end();
      if (awaited == awaited_.end()) {
        return fail(std::nullopt, "a policy file on record is of no set: " + to_hex(sha256));
      }
      awaited->second.found = true;
      if (crypto::sha256(body) == *named) return;
      fail(awaited->second.seq, "the bytes on record of `" + awaited->second.name +
                                    "` are not those that were activated");
    });
    for (const auto& [sha256, awaited] : awaited_) {
      if (!awaited.found) {
        fail(awaited.seq, "the bytes of `" + awaited.name + "`, " + sha256.hex() + ", are missing");
      }
    }
  }

  struct Awaited {
    std::uint64_t seq = 0;
    std::string name;
    bool found = false;
  };
  std::map<Hash, Awaited> awaited_;
};

}  // namespace

NewCheck new_policy_sets_check() { return std::make_unique<PolicySetsCheck>(); }
NewCheck new_policy_files_check() { return std::make_unique<PolicyFilesCheck>(); }

}  // namespace lexecon::ledger
