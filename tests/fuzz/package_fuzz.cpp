#include <fstream>
#include <string>

#include "audit/container.hpp"
#include "audit/verify.hpp"
#include "base/error.hpp"
#include "fuzz/targets.hpp"
#include "support/support.hpp"

namespace {

using namespace lexecon;

/// The key that the package itself names, so that nothing ends with a key that is not pinned.
std::vector<crypto::Pin> own_key(const Path& package) {
  try {
    const auto text = audit::open_tar(package)->read("data/keys/ledger.vkey", 4'096);
    return {crypto::parse_pin(text.value_or(""))};
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

/// A package from somebody else, as one file.
void lexecon::fuzz::package(std::string_view bytes) {
  static const test::TempFolder folder;
  const auto file = folder / "package.tar";
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  audit::AuditOptions options;
  options.verify.pins = own_key(file);
  const auto found = audit::verify_package(file, options);
  static_cast<void>(audit::to_json(found));
  if (found.log.verdict != findings::Verdict::valid) {
    throw Error(ErrorCode::integrity, "an altered package");
  }
  require(found.manifest.has_value(), "a package is valid and says nothing");
  require(found.log.entries_verified == found.manifest->contents.entries,
          "not as many entries as were verified");
}
