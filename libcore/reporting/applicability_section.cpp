#include "reporting/facts.hpp"
#include "reporting/sections.hpp"

namespace lexecon::reporting {
namespace {

/// Told by the rows alone: no entry is a control's.
class StatementOfApplicability final : public Section {
 public:
  [[nodiscard]] Json tell(const Ground& ground, Book& /*book*/) override {
    auto section = new_section("applicability", "Statement of applicability");
    auto table =
        new_table({"control", "title", "applies", "because", "evidence on record", "conclusion"});
    std::size_t left_out = 0;
    for (const auto& row : ground.rows) {
      const auto& applicability = row.at("applicability");
      const bool applies = applicability.at("state") == "applies";
      if (!applies) ++left_out;
      add_row(table, {row.at("id").get<std::string>(), row.at("title").get<std::string>(),
                      applies ? "yes" : "no", applicability.at("reason").get<std::string>(),
                      row.at("evidence").at("state").get<std::string>(),
                      conclusion_of(row.at("conclusion"))});
    }
    section["text"].push_back(std::to_string(ground.rows.size() - left_out) + " controls apply, " +
                              std::to_string(left_out) +
                              " were left out by name. Why is sealed beside the statement. "
                              "Evidence on record is not the conclusion that "
                              "a control is in place.");
    section["table"] = std::move(table);
    return section;
  }

 private:
  static std::string conclusion_of(const Json& conclusion) {
    if (conclusion.is_null()) return "none";
    const auto by = ", " + conclusion.at("by").get<std::string>();
    if (conclusion.at("expired") == true) return "expired" + by;
    return (conclusion.at("satisfied") == true ? "satisfied" : "not satisfied") + by;
  }
};

}  // namespace

std::unique_ptr<Section> statement_of_applicability() {
  return std::make_unique<StatementOfApplicability>();
}

}  // namespace lexecon::reporting
