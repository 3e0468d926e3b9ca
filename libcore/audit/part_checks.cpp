#include <map>

#include "audit/package_checks.hpp"
#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/entry_reading.hpp"
#include "package/request.hpp"
#include "package/scope.hpp"

namespace lexecon::audit {
namespace {

using ledger::Check;
using ledger::Evidence;
using ledger::Seen;

// What is shown is what was asked for: of what a filter chose, it chooses all. That nothing else would have
// fitted rests on the exporter.
class ScopeCheck final : public Check {
 public:
  explicit ScopeCheck(const Package& package) : package_(package) {}

  void start(Evidence& /*evidence*/) override {
    const auto& word = package_.bag.word;
    if (!word) return;
    try {
      const auto request = package::parse_request(word->request);
      if (request.rule != package::scope_rule) return remark("engine_unknown");
      choice_.emplace(request.filter);
      if (request.filter.takes_all()) return;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      return fail(std::nullopt, "the request in the manifest is none: " + error.message());
    }
    package_.rows.each_line([this](std::string_view line) {
      const auto reading = ledger::read_bytes(line);
      if (reading.view) choice_->survey(*reading.view, line);
    });
    choice_->settle();
  }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (!choice_ || seen.entry == nullptr) return;
    saw();
    if (choice_->shows(*seen.entry, seen.row.body)) return;
    fail(seen.row.seq, "nothing that was asked for shows " + chain::entry_id(seen.row.seq));
  }

 private:
  const Package& package_;
  std::optional<package::Choice> choice_;
};

// The readable sections, made again.
class SectionsCheck final : public Check {
 public:
  explicit SectionsCheck(Package& package) : package_(package) {}

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr || seen.item.sealed_fault) return;
    try {
      writer_.take(*seen.entry, seen.row.body, seen.item.sealed);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;
      fail(seen.row.seq, error.message());
    }
  }

  void end(Evidence& /*evidence*/) override {
    for (auto& [section, digest] : digests_) {
      saw();
      package_.sections.insert(section);
      const auto name = package::section_name(section);
      const auto* const member = package_.container.find(name);
      const auto expected = digest.finish();
      if (member != nullptr && digest_of(package_.container, *member) == expected) continue;
      fail(std::nullopt, "`" + name + "` is not what the entries say");
    }
  }

 private:
  Package& package_;
  std::map<package::Section, crypto::Sha256> digests_;
  package::SectionWriter writer_{[this](package::Section section, std::string_view bytes) {
    digests_[section].update(bytes);
  }};
};

}  // namespace

std::unique_ptr<Check> new_scope_check(const Package& package) {
  return std::make_unique<ScopeCheck>(package);
}
std::unique_ptr<Check> new_sections_check(Package& package) {
  return std::make_unique<SectionsCheck>(package);
}

}  // namespace lexecon::audit
