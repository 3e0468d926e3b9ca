// The verifier of packages: whether a stranger may believe one, without its node and without a network.
//
// Shapes   the checks of any log that entries and proofs can answer, and those of a package; every disclosed
//          decision is judged again
// Errors   what is wrong with a package is an answer; Error{not_found}, Error{io}
// Source   lexecon-package(5), Verification
#pragma once

#include <optional>

#include "audit/container.hpp"
#include "crypto/identity.hpp"
#include "json/fwd.hpp"
#include "ledger/verify.hpp"
#include "package/manifest.hpp"

namespace lexecon::audit {

struct PackageVerification {
  ledger::Verification log;
  std::optional<package::Manifest>
      manifest;  // as far as it could be computed again; not as it says
  bool is_tar = false;
  std::optional<crypto::Identity>
      signer;        // of a package that could be read; vouched for by a pin alone
  std::string note;  // its checkpoint
};

struct AuditOptions {
  ledger::VerifyOptions verify;  // pins, older notes, skip and progress
  /// Undecidable unless every decision shown was judged again, but for those whose content was erased.
  bool require_redecide = false;
};

[[nodiscard]] PackageVerification verify_package(const Path& path, const AuditOptions& options);
[[nodiscard]] PackageVerification verify_container(const Container& container,
                                                   const AuditOptions& options);
[[nodiscard]] Json to_json(const PackageVerification& verification);
/// The log that a package says it is of; nothing where it says none.
[[nodiscard]] std::optional<std::string> origin_of(const Path& path);
/// The names of all checks, in the order of the report.
[[nodiscard]] std::vector<std::string> package_check_names();

}  // namespace lexecon::audit
