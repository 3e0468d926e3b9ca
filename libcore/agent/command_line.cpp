#include "agent/command_line.hpp"

#include <algorithm>
#include <array>

namespace lexecon::agent {
namespace {

/// Words that begin something else than a plain command, in one of the usual shells.
constexpr std::array<std::string_view, 25> reserved{
    "!",      "case", "coproc",  "do",    "done",     "elif", "else",      "end",    "esac",
    "fi",     "for",  "foreach", "if",    "function", "in",   "nocorrect", "noglob", "repeat",
    "select", "then", "time",    "until", "while",    "-",    "."};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<CommandLine> read() {
    while (good_ && at_ < text_.size()) step();
    if (!words_.empty() || redirected_ || needs_more_) end_command();
    if (!good_ || out_.commands.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  [[nodiscard]] char here(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = here();
    if (is_blank(c)) {
      ++at_;
    } else if (c == '\n' || c == ';' || c == '&' || c == '|') {
      join();
    } else if (c == '<' || c == '>') {
      redirect();
    } else {
      const auto word = take_word();
      const bool names_descriptor = (here() == '<' || here() == '>') && !quoted_ &&
                                    word.find_first_not_of("0123456789") == std::string::npos;
      // Of several digits some shells make a word, others a descriptor.
      if (names_descriptor && word.size() > 1) good_ = false;
      if (names_descriptor) return;
      add(word);
    }
  }

  void add(const std::string& word) {
    const bool is_first = words_.empty();
    if (is_first && (word.empty() || (!quoted_ && is_special_first(word)))) good_ = false;
    words_.push_back(word);
  }

  /// An assignment, or a word that a shell reads as more than the name of a program.
  static bool is_special_first(const std::string& word) {
    return word.find('=') != std::string::npos ||
           std::find(reserved.begin(), reserved.end(), word) != reserved.end();
  }

  void join() {
    const char c = here();
    if (c == '&' && here(1) == '>') return redirect();
    const bool doubled = (c == '&' || c == '|') && here(1) == c;
    const bool both = c == '|' && here(1) == '&';
    at_ += doubled || both ? 2 : 1;
    if (c == '\n' && words_.empty() && !redirected_) return;
    end_command();
    needs_more_ = doubled || c == '|';
  }

  void end_command() {
    if (words_.empty()) {
      good_ = false;
      return;
    }
    redirected_ = false;
    out_.commands.push_back(std::move(words_));
    words_.clear();
  }

  void redirect() {
    redirected_ = true;
    const bool both = here() == '&';
    if (both) ++at_;
    const char c = here();
    ++at_;
    if (!both && here() == '&') return duplicate();
    if (c == '>' && here() == '>') ++at_;
    // Here-documents, <>, >| and process substitutions.
    if (here() == '<' || here() == '>' || here() == '|' || here() == '(' || here() == '&') {
      good_ = false;
      return;
    }
    while (is_blank(here())) ++at_;
    const auto target = take_word();
    // bash opens a connection for these.
    if (target.empty() || target.starts_with("/dev/tcp/") || target.starts_with("/dev/udp/")) {
      good_ = false;
    }
    out_.redirections.push_back(target);
  }

  /// 2>&1, <&-
  void duplicate() {
    ++at_;
    const auto target = take_word();
    if (target != "-" &&
        (target.empty() || target.find_first_not_of("0123456789") != std::string::npos)) {
      good_ = false;
    }
  }

  std::string take_word() {
    std::string word;
    quoted_ = false;
    const auto start = at_;
    for (; good_ && at_ < text_.size(); ++at_) {
      const char c = here();
      if (is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' || c == '>')
        break;
      if (c == '\'' || c == '"') {
        word += take_quoted(c);
      } else if (is_plain(c, at_ == start ? '=' : text_[at_ - 1], at_ == start)) {
        word += c;
      } else {
        good_ = false;
      }
    }
    if (at_ == start) good_ = false;
    return word;
  }

  static bool is_plain(char c, char before, bool first) {
    if (is_letter_or_digit(c)) return true;
    // A home folder, also where a word looks like an assignment.
    if (c == '~') return before != '=' && before != ':';
    // At the start of a word these are a path to look up and a job.
    if (c == '=' || c == '%') return !first;
    return std::string_view("_./:,@+-").find(c) != std::string_view::npos;
  }

  /// Leaves the closing quote for the caller to step over.
  std::string take_quoted(char quote) {
    quoted_ = true;
    const auto begin = at_ + 1;
    const auto end = text_.find(quote, begin);
    const auto inner = text_.substr(begin, end == std::string_view::npos ? 0 : end - begin);
    const bool expands = quote == '"' && inner.find_first_of("$`\\!") != std::string_view::npos;
    if (end == std::string_view::npos || expands || inner.find('\0') != std::string_view::npos) {
      good_ = false;
      return {};
    }
    at_ = end;
    return std::string(inner);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
  bool quoted_ = false;      // the word taken last had quotes
  bool redirected_ = false;  // the command has a redirection
  bool needs_more_ = false;  // something has to follow
  std::vector<std::string> words_;
  CommandLine out_;
};

}  // namespace

std::optional<CommandLine> read_command_line(std::string_view text) { return Reader(text).read(); }

std::vector<std::string> programs_of(const CommandLine& line) {
  std::vector<std::string> programs;
  for (const auto& words : line.commands) {
    if (std::find(programs.begin(), programs.end(), words.front()) == programs.end()) {
      programs.push_back(words.front());
    }
  }
  return programs;
}

}  // namespace lexecon::agent
