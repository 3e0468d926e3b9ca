#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "fuzz/targets.hpp"
#include "policy/term.hpp"

// The last of these throws for a text that is no term; the others answer with nothing.
void lexecon::fuzz::text(std::string_view bytes) {
  if (const auto at = parse_time(bytes)) {
    require(parse_time(to_text(*at)) == at, "a time is not stable");
  }
  static_cast<void>(parse_span(bytes));
  static_cast<void>(parse_integer(bytes));
  if (const auto raw = from_hex(bytes)) require(to_hex(*raw) == bytes, "hex is not stable");
  if (const auto raw = from_base64(bytes))
    require(to_base64(*raw) == bytes, "base64 is not stable");
  if (const auto raw = from_base64url(bytes)) {
    require(to_base64url(*raw) == bytes, "base64url is not stable");
  }
  for (const char c : printable(bytes)) {
    require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "a control character got through");
  }
  require(shell_quote(bytes).size() >= bytes.size(), "quoting lost something");
  const auto term = lexecon::policy::request_term(lexecon::policy::TermType::resource, bytes);
  require(lexecon::policy::request_term(lexecon::policy::TermType::resource, term) == term,
          "a term with its long prefix changed");
}
