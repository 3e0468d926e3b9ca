#include "compliance/rulebook.hpp"
#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

/// What no entry, no document and no declaration holds: it is the provider's to write, and never this program's.
class ToComplete final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    auto section = new_section("to-complete", "What the provider has to complete");
    auto& list = section["to_complete"];
    for (const auto& row : ground.rows) {
      if (is_whole(row)) continue;
      const auto& rulebook = compliance::rulebook(row.at("rulebook").get<std::string>());
      const auto* const item = rulebook.find(row.at("id").get<std::string>());
      list.push_back({{"item", row.at("id")},
                      {"title", row.at("title")},
                      {"fields", item == nullptr ? std::vector<std::string>() : item->fields},
                      {"by", "provider"}});
    }
    section["text"].push_back(
        list.empty() ? "Something is on record for each item. Whether it is enough is not for "
                       "this report to say."
                     : "Of these items of Annex IV something is missing. The words in brackets are "
                       "what an answer would tell; nothing is filled in from the program itself.");
    return section;
  }
};

}  // namespace

bool is_whole(const Json& row) {
  const auto& evidence = row.at("evidence");
  const auto& state = evidence.at("state");
  const bool is_there = state == "present" || state == "external" || state == "declared";
  return is_there && evidence.at("lacks").empty();
}

std::unique_ptr<Section> to_complete() { return std::make_unique<ToComplete>(); }

}  // namespace lexecon::reporting
