// Provisions that a sentence names, as lawyers write them: "Art. 26(5)", "Arts. 14(4)(e) and 26(2)".
//
// Shapes   after "Art.", "Arts.", "Article" or "Articles" numbers with their paragraphs, joined by commas and "and";
//          a provision that is named with a paragraph stands for it and all below it
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lexecon::reporting {

struct Citation {
  std::string article;    // "26"
  std::string paragraph;  // "5", "4(e)"; empty: the whole article
  friend bool operator==(const Citation&, const Citation&) = default;
};
[[nodiscard]] std::vector<Citation> citations(std::string_view sentence);
/// Whether one of them is of this paragraph ("5.a" and "5(a)" are the same), of one above it or below it.
[[nodiscard]] bool cites(std::string_view sentence, std::string_view article,
                         std::string_view paragraph);

}  // namespace lexecon::reporting
