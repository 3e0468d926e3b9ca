#include "reporting/cited.hpp"

#include <algorithm>

namespace lexecon::reporting {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// Reads a sentence from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  /// Behind the next word that announces articles; false when there is none.
  bool find_articles() {
    while (!rest_.empty()) {
      const auto at = rest_.find("Art");
      if (at == std::string_view::npos) return false;
      const bool begins_word = at == 0 || !is_letter(rest_[at - 1]);
      rest_.remove_prefix(at + 3);
      if (!begins_word) continue;
      for (const std::string_view ending : {"icles ", "icle ", "s. ", ". "}) {
        if (skip(ending)) return true;
      }
    }
    return false;
  }

  /// "26(5)", "4a", "14(4)(e)"
  bool read(Citation& citation) {
    citation = {};
    while (!rest_.empty() && is_digit(rest_.front())) citation.article += take();
    if (citation.article.empty()) return false;
    if (!rest_.empty() && is_lower(rest_.front()) && (rest_.size() == 1 || !is_letter(rest_[1]))) {
      citation.article += take();
    }
    if (!skip("(")) return true;
    while (!rest_.empty() && rest_.front() != ')') citation.paragraph += take();
    skip(")");
    while (skip("(")) {
      citation.paragraph += '(';
      while (!rest_.empty() && rest_.front() != ')') citation.paragraph += take();
      skip(")");
      citation.paragraph += ')';
    }
    return true;
  }

  bool skip(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

 private:
  static bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
};

/// "5 first sent." -> "5"
std::string_view without_words(std::string_view paragraph) {
  return paragraph.substr(0, paragraph.find(' '));
}

bool is_at_or_below(std::string_view lower, std::string_view upper) {
  return upper.empty() || lower == upper ||
         (lower.starts_with(upper) && lower.substr(upper.size()).starts_with('('));
}

}  // namespace

std::vector<Citation> citations(std::string_view sentence) {
  std::vector<Citation> out;
  Reader reader(sentence);
  while (reader.find_articles()) {
    Citation citation;
    while (reader.read(citation)) {
      out.push_back(citation);
      if (!reader.skip(" and ") && !reader.skip(", ") && !reader.skip(" to ")) break;
    }
  }
  return out;
}

bool cites(std::string_view sentence, std::string_view article, std::string_view paragraph) {
  const auto wanted = without_words(paragraph);
  const auto all = citations(sentence);
  return std::any_of(all.begin(), all.end(), [&](const Citation& each) {
    return each.article == article &&
           (is_at_or_below(wanted, each.paragraph) || is_at_or_below(each.paragraph, wanted));
  });
}

}  // namespace lexecon::reporting
