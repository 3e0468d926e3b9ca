#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "compliance/rulebook.hpp"

namespace lexecon::compliance {
namespace {

// The law first, then frameworks by how often reports are asked of them.
constexpr auto order = std::to_array<const char*>({
    "eu_ai_act",
    "annex_iv",
    "soc2",
    "iso27001",
    "iso42001",
    "gdpr",
    "hipaa",
    "pci_dss",
    "nist_csf",
    "nist_ai_rmf",
});

const EmbeddedFile& file_of(const std::string& id) {
  const auto path = "policies/rulebooks/" + id + ".yaml";
  const auto files = embedded_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.path == path; });
  if (found == files.end()) throw Error(ErrorCode::internal, "no rulebook `" + id + "` here");
  return *found;
}

void check_known(const std::string& id) {
  const auto known = rulebook_ids();
  if (std::find(known.begin(), known.end(), id) != known.end()) return;
  const auto near = did_you_mean(id, known);
  throw Error(ErrorCode::not_found, "there is no rulebook `" + printable(id) + "`", {},
              near ? "did you mean `" + *near + "`?" : "rulebooks: " + join(known, ", "));
}

/// Reads a file when somebody asks for it: a report needs one or two, and the law is long.
class Shelf {
 public:
  const Rulebook& book(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = books_.find(id);
    if (found != books_.end()) return found->second;
    if (kinds_.empty()) kinds_ = read("evidence_kinds", {}).kinds;
    return books_.emplace(id, read(id, kinds_)).first->second;
  }

 private:
  static Rulebook read(const std::string& id, std::span<const EvidenceKind> shared) {
    const auto& file = file_of(id);
    return read_rulebook(file.bytes, std::string(file.path), shared);
  }

  std::mutex mutex_;
  std::vector<EvidenceKind> kinds_;
  std::map<std::string, Rulebook> books_;
};

}  // namespace

std::vector<std::string> rulebook_ids() { return {order.begin(), order.end()}; }

const Rulebook& rulebook(const std::string& id) {
  static Shelf shelf;
  check_known(id);
  return shelf.book(id);
}

}  // namespace lexecon::compliance
