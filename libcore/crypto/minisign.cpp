// The public half of minisign's formats.
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "crypto/identity.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view comment_mark = "untrusted comment: ";
constexpr std::string_view algorithm = "Ed";

std::string key_line(const PublicKey& key) {
  const auto id = from_hex(key.kid());
  return to_base64(std::string(algorithm) + id.value() + std::string(key.view()));
}

}  // namespace

std::string minisign_public_key(const PublicKey& key, std::string_view comment) {
  if (comment.find_first_of("\r\n") != std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "expected a comment of one line");
  }
  return std::string(comment_mark) + std::string(comment) + "\n" + key_line(key) + "\n";
}

PublicKey parse_minisign_public_key(std::string_view text, const std::string& where) {
  const auto fail = [&](const std::string& expected) {
    throw Error(ErrorCode::bad_input, "expected a minisign public key: " + expected, where);
  };
  const std::size_t line_end = text.find('\n');
  if (!text.starts_with(comment_mark) || line_end == std::string_view::npos) {
    fail("two lines, the first `untrusted comment: ...`");
  }
  std::string_view line = text.substr(line_end + 1);
  if (line.ends_with('\n')) line.remove_suffix(1);
  const auto body = from_base64(line);
  if (!body || body->size() != 42 || !body->starts_with(algorithm)) {
    fail("base64 of `Ed`, 8 bytes of key id and 32 of key");
  }
  const PublicKey key = public_key(std::string_view(*body).substr(10), where);
  if (key_line(key) != line) fail("the key id of this key");
  return key;
}

}  // namespace lexecon::crypto
