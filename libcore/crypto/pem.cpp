#include "crypto/pem.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "crypto/sodium.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_of_mark = "-----";

std::string mark(std::string_view verb, std::string_view label) {
  return "-----" + std::string(verb) + " " + std::string(label) + "-----\n";
}

}  // namespace

std::string pem_text(std::string_view label, std::string_view body, std::size_t columns) {
  std::string encoded = to_base64(body);
  std::string out = mark("BEGIN", label);
  out.reserve(2 * out.size() + encoded.size() + encoded.size() / columns + 1);
  for (std::size_t at = 0; at < encoded.size(); at += columns) {
    out.append(encoded, at, columns).push_back('\n');
  }
  out += mark("END", label);
  sodium_memzero(encoded.data(), encoded.size());
  return out;
}

std::optional<std::string_view> pem_label(std::string_view text) {
  if (!text.starts_with(begin_mark)) return std::nullopt;
  text.remove_prefix(begin_mark.size());
  const std::string_view line = text.substr(0, text.find('\n'));
  if (!line.ends_with(end_of_mark)) return std::nullopt;
  return line.substr(0, line.size() - end_of_mark.size());
}

std::optional<std::string> pem_body(std::string_view text, std::string_view label,
                                    std::size_t columns) {
  const std::string head = mark("BEGIN", label);
  const std::string foot = mark("END", label);
  if (text.size() < head.size() + foot.size() || !text.starts_with(head) || !text.ends_with(foot)) {
    return std::nullopt;
  }
  std::string encoded(text.substr(head.size(), text.size() - head.size() - foot.size()));
  std::erase(encoded, '\n');
  auto body = from_base64(encoded);
  sodium_memzero(encoded.data(), encoded.size());
  if (!body) return std::nullopt;
  // Writing it again and comparing leaves no second spelling of the same bytes.
  std::string again = pem_text(label, *body, columns);
  const bool same = again == text;
  sodium_memzero(again.data(), again.size());
  if (same) return body;
  sodium_memzero(body->data(), body->size());
  return std::nullopt;
}

std::string parse_pem(std::string_view text, std::string_view label, const std::string& where) {
  if (auto body = pem_body(text, label)) return std::move(*body);
  throw Error(ErrorCode::bad_input,
              "expected one PEM block `" + std::string(label) + "` as openssl writes it", where);
}

}  // namespace lexecon::crypto
