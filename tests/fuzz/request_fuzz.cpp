#include <string>

#include "decision/facts.hpp"
#include "decision/judge.hpp"
#include "decision/prohibited.hpp"
#include "decision/request.hpp"
#include "fuzz/targets.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"

void lexecon::fuzz::request(std::string_view bytes) {
  const auto request = decision::parse_request(json::parse(bytes));
  const auto text = json::canonical(request.canonical);
  const auto again = decision::parse_request(json::parse_canonical(text));
  require(json::canonical(again.canonical) == text, "a canonical request is not canonical");
  const auto screened = decision::screen(request, decision::OnProhibited::deny);
  require(screened.found.has_value() == screened.is_denied, "what was found was not denied");
  require(decision::redacted(screened.request).canonical == screened.request.canonical,
          "something prohibited was left");
  const auto verdict = decision::judge(request, nullptr, {}, Timestamp{});
  require(verdict.outcome == lexecon::policy::Outcome::denied, "no set approved");
}
