#include <deque>

#include "chain/entry.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_listed = 500;

bool is_change(std::string_view type) {
  return type == "policy.activated"sv || type == "override.enacted"sv ||
         type.starts_with("model."sv) || type.starts_with("prompt."sv) ||
         type.starts_with("operator."sv) || type.starts_with("key."sv) || type == "profile.set"sv;
}

/// The id of what changed.
std::string_view what_of(const Seen& seen) {
  for (const auto member : {"model"sv, "prompt"sv, "policy_hash"sv, "operator"sv, "kid"sv,
                            "system"sv, "override_id"sv, "reason"sv}) {
    if (const auto text = text_of(seen, member); !text.empty()) return text;
  }
  return {};
}

class Changes final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!counts(seen) || !is_change(seen.entry.event_type)) return;
    types_.add(seen.entry.event_type, seen);
    if (seen.entry.event_type.ends_with(".approved"sv)) {
      const auto answer = text_of(seen, "provider_change");
      (answer == "no"sv ? same_ : turns_).add("", seen);
    }
    if (newest_.size() == most_listed) newest_.pop_front();
    newest_.push_back({seen.entry.seq,
                       {to_text_seconds(seen.entry.timestamp), std::string(seen.entry.event_type),
                        std::string(what_of(seen)), std::string(seen.entry.actor),
                        std::string(text_of(seen, "provider_change"))}});
    ++all_;
  }

  [[nodiscard]] Json tell(const Ground& /*ground*/, Book& book) override {
    auto section = new_section("changes", "What became different");
    section["text"].push_back(
        "Changes of policies, models, prompts, people and keys that went through this node. A "
        "model that its "
        "supplier changed under the same name is in no entry.");
    for (const auto& [type, set] : types_.take_all())
      add_fact(section, type, set, "entries " + type, book);
    add_fact(section, "Approvals that answer Art. 25(1) with no", same_.take(""),
             "approvals whose signer answered Art. 25(1) with no", book);
    add_fact(section, "Approvals that answer Art. 25(1) with a ground to be a provider",
             turns_.take(""), "approvals whose signer answered Art. 25(1) otherwise", book);
    if (all_ > newest_.size()) {
      section["text"].push_back("The newest " + std::to_string(newest_.size()) + " of " +
                                std::to_string(all_) + " changes are listed.");
    }
    auto table = new_table({"when", "event", "what", "by", "Art. 25(1)"});
    for (const auto& [seq, cells] : newest_) add_row(table, cells, seq);
    section["table"] = std::move(table);
    return section;
  }

 private:
  Tally types_;
  Tally same_;
  Tally turns_;
  std::deque<std::pair<std::uint64_t, std::vector<std::string>>> newest_;
  std::size_t all_ = 0;
};

}  // namespace

std::unique_ptr<Section> changes() { return std::make_unique<Changes>(); }

}  // namespace lexecon::reporting
