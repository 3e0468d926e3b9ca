#include "profile_options.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "question.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view yes_or_no = "yes|no";
constexpr std::string_view day = "DATE";

/// What is sealed beside the entry, and is no member of its data.
bool is_text(std::string_view option) {
  return option == "--name" || option == "--purpose" || option == "--reason";
}

/// The member of profile.set that an option says.
std::string member_of(std::string_view option) {
  static const std::map<std::string_view, std::string, std::less<>> lists{
      {"--actor", "actors"}, {"--exception", "exceptions"}, {"--member-state", "member_states"},
      {"--model", "models"}, {"--of-tenant", "tenants"},    {"--role", "roles"},
      {"--tool", "tools"}};
  if (const auto found = lists.find(option); found != lists.end()) return found->second;
  std::string out(option.substr(2));
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

/// What was typed for the first member of a pointer into data; of all of them together nothing is named.
std::string typed_at(const std::string& pointer) {
  const auto parts = split(pointer, '/');
  if (parts.size() < 3) return {};
  for (const auto& option : profile_options()) {
    if (member_of(option.name) == parts[2]) return std::string(option.name);
  }
  return "SYSTEM";
}

/// `agent:reader` is `actor:agent:reader`, as in every other command.
std::string actor_pattern(const std::string& typed) {
  return typed == "*" || typed.starts_with("actor:") ? typed : "actor:" + typed;
}

Json value_of(const Option& option, std::vector<std::string> said) {
  if (option.repeats) {
    if (option.name == "--actor") {
      std::transform(said.begin(), said.end(), said.begin(), actor_pattern);
    }
    return std::set<std::string>(said.begin(), said.end());
  }
  if (said.empty()) return nullptr;
  if (option.choices == yes_or_no) return said.front() == "yes";
  return said.front();
}

std::vector<std::string> texts_of(const Json& value) {
  if (value.is_array()) return value.get<std::vector<std::string>>();
  if (value.is_boolean()) return {value.get<bool>() ? "yes" : "no"};
  if (value.is_string()) return {value.get<std::string>()};
  return {};
}

std::vector<std::string> said(const Answers& answers, std::string_view option) {
  const auto found = answers.find(option);
  return found == answers.end() ? std::vector<std::string>() : found->second;
}

bool has_said(const Answers& answers, std::string_view option, const std::string& value) {
  const auto all = said(answers, option);
  return std::find(all.begin(), all.end(), value) != all.end();
}

/// Whether a question is one, after the answers before it.
bool applies(std::string_view option, const Answers& answers) {
  const bool is_annex_iii = has_said(answers, "--route", "annex_iii");
  if (option == "--annex-iii" || option == "--profiling") return is_annex_iii;
  if (option == "--exception") return is_annex_iii && has_said(answers, "--profiling", "no");
  if (option == "--changed-on") return !said(answers, "--placed-on").empty();
  if (option == "--systemic-risk") return has_said(answers, "--role", "gpai_provider");
  return true;
}

std::optional<std::string> answer_fault(const Option& option,
                                        const std::vector<std::string>& answer) {
  const auto known = choices_of(option.choices);
  for (const auto& each : answer) {
    if (!known.empty() && std::find(known.begin(), known.end(), each) == known.end()) {
      return "expected " + join(known, ", ");
    }
    if (option.value == day && !parse_date(each)) return "expected a day YYYY-MM-DD";
  }
  const bool is_needed = option.name == "--role" || option.name == "--route";
  if (is_needed && answer.empty()) return "expected " + std::string(option.name);
  return std::nullopt;
}

std::string question_of(const Option& option, const std::vector<std::string>& before) {
  auto out = std::string(option.name.substr(2)) + ": " + std::string(option.help);
  if (!option.choices.empty()) out += " (" + join(choices_of(option.choices), ", ") + ")";
  return out + (before.empty() ? "" : " [" + printable(join(before, " ")) + "]");
}

/// What was typed: words, of a single value all of it; nothing leaves what was there, `-` leaves nothing.
std::vector<std::string> answer_in(const Option& option, const std::string& line,
                                   const std::vector<std::string>& before) {
  std::vector<std::string> words;
  for (auto& word : split(line, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  if (words.empty()) return before;
  if (words == std::vector<std::string>{"-"}) return {};
  return option.repeats ? words : std::vector<std::string>{line};
}

std::vector<std::string> ask_for(const Option& option, const std::vector<std::string>& before) {
  for (;;) {
    const auto line = ask_line(question_of(option, before));
    if (!line) {
      throw Error(ErrorCode::usage, "the questions were not answered to the end", {},
                  "nothing was recorded");
    }
    auto answer = answer_in(option, *line, before);
    const auto fault = answer_fault(option, answer);
    if (!fault) return answer;
    std::cerr << *fault << '\n';
  }
}

std::optional<std::string> text_said(const Answers& answers, std::string_view option) {
  const auto all = said(answers, option);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

}  // namespace

std::vector<Option> profile_options() {
  return {
      {"--actor", "PATTERN", "Whose decisions are about it; a * at the end is any rest", true},
      {"--model", "PATTERN", "And by which model", true},
      {"--tool", "PATTERN", "And with which tool", true},
      {"--of-tenant", "PATTERN", "And for which tenant", true},
      {"--role", "ROLE", "What you are to it, Art. 3(3) to (8), 25(4) and Chapter V", true,
       "authorised_representative|deployer|distributor|gpai_provider|importer|"
       "product_manufacturer|provider|third_party"},
      {"--route", "ROUTE", "Why the law reaches it: Art. 6(2), Art. 6(1), Chapter V, Art. 50 alone",
       false, "annex_iii|annex_i|gpai|transparency|none"},
      {"--annex-iii", "POINT", "The use that Annex III names, as in 5(b)", true,
       "1(a)|1(b)|1(c)|2|3(a)|3(b)|3(c)|3(d)|4(a)|4(b)|5(a)|5(b)|5(c)|5(d)|6(a)|6(b)|6(c)|6(d)|"
       "6(e)|7(a)|7(b)|7(c)|7(d)|8(a)|8(b)"},
      {"--profiling", "ANSWER", "Whether it profiles natural persons, Art. 6(3)", false, yes_or_no},
      {"--exception", "POINT", "Why it is not high-risk all the same, Art. 6(3)(a) to (d)", true,
       "a|b|c|d"},
      {"--transparency", "WHAT", "What Art. 50 asks to be told of it", true,
       "interaction|synthetic_content|emotion_or_categorisation|deep_fake|public_text"},
      {"--placed-on", day, "When it was placed on the market or put into service, Art. 111"},
      {"--changed-on", day, "When its design last changed significantly since then, Art. 111(2)"},
      {"--size-class", "CLASS", "Of your enterprise, Art. 11(1) and 99(6)", false, "sme|smc|large"},
      {"--public-body", "ANSWER", "Whether you are a public body or serve the public, Art. 27(1)",
       false, yes_or_no},
      {"--financial-institution", "ANSWER",
       "Whether Union law on financial services governs you, Art. 17(4) and 26(5)", false,
       yes_or_no},
      {"--law-enforcement", "ANSWER", "Whether it is used for law enforcement, Art. 26(10)", false,
       yes_or_no},
      {"--systemic-risk", "ANSWER", "Whether your model has systemic risk, Art. 51", false,
       yes_or_no},
      {"--member-state", "CC", "Where it is on the market or in use, as in DE", true},
      {"--name", "TEXT", "What people call it; sealed"},
      {"--purpose", "TEXT", "What it is intended for, Art. 3(12); sealed"},
      {"--reason", "TEXT", "Why it is classified so; sealed"},
  };
}

Answers answers_in(const Arguments& given) {
  Answers out;
  for (const auto& option : profile_options()) {
    if (given.has(option.name)) out[std::string(option.name)] = given.texts(option.name);
  }
  return out;
}

Answers answers_of(const Json& document) {
  Answers out;
  for (const auto& option : profile_options()) {
    const auto member = member_of(option.name);
    const auto& from = is_text(option.name) ? document : document.at("profile");
    auto texts = texts_of(from.at(member));
    if (!texts.empty()) out[std::string(option.name)] = std::move(texts);
  }
  return out;
}

Answers ask_for(const Answers& known) {
  if (!can_ask()) {
    throw Error(ErrorCode::usage, "expected a terminal to ask at", "--ask",
                "without --ask the options say all of it");
  }
  std::cerr << "Enter leaves what stands in [], - leaves nothing; several words where several are "
               "possible\n";
  Answers out;
  for (const auto& option : profile_options()) {
    if (!applies(option.name, out)) continue;
    out[std::string(option.name)] = ask_for(option, said(known, option.name));
  }
  return out;
}

service::NewProfile profile_from(const std::string& system, const Answers& answers) {
  Json data{{"system", system}};
  for (const auto& option : profile_options()) {
    auto answer = said(answers, option.name);
    if (const auto fault = answer_fault(option, answer)) {
      throw Error(ErrorCode::usage, *fault, std::string(option.name));
    }
    if (!is_text(option.name)) data[member_of(option.name)] = value_of(option, std::move(answer));
  }
  try {
    static_cast<void>(chain::check_event("profile.set", data, 1));
  } catch (const Error& error) {
    throw Error(error.code(), error.message(), typed_at(error.where()), error.hint());
  }
  return {.profile = compliance::profile_from(data),
          .name = text_said(answers, "--name"),
          .purpose = text_said(answers, "--purpose"),
          .reason = text_said(answers, "--reason")};
}

}  // namespace lexecon::cli
