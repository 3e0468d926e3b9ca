#include "crypto/identity.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "crypto/key_file.hpp"

namespace lexecon::crypto {
namespace {

/// The property White_Space of the Unicode Standard.
bool is_white_space(char32_t point) {
  switch (point) {
    case 0x20:
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return (point >= 0x09 && point <= 0x0D) || (point >= 0x2000 && point <= 0x200A);
  }
}

std::string_view without_newline(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

KeyId key_id(const Identity& identity, KeyType type) {
  const std::string kind{'\n', static_cast<char>(type)};
  const Hash digest = sha256({identity.name, kind, identity.key.view()});
  KeyId out{};
  std::copy_n(digest.bytes.begin(), out.size(), out.begin());
  return out;
}

std::string vkey(const Identity& identity, KeyType type) {
  if (!is_key_name(identity.name)) {
    throw Error(ErrorCode::bad_input, "expected a key name without white space and `+`");
  }
  const KeyId id = key_id(identity, type);
  return identity.name + "+" + to_hex({reinterpret_cast<const char*>(id.data()), id.size()}) + "+" +
         to_base64(static_cast<char>(type) + std::string(identity.key.view()));
}

Identity parse_vkey(std::string_view text, const std::string& where, KeyType type) {
  const auto fail = [&](const std::string& expected) {
    throw Error(ErrorCode::bad_input, "expected a vkey, `name+key id+key`: " + expected, where);
  };
  const std::size_t name_end = text.find('+');
  const std::size_t id_end =
      name_end == std::string_view::npos ? name_end : text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) fail("three parts joined by `+`");
  Identity out{std::string(text.substr(0, name_end)), {}};
  if (!is_key_name(out.name)) fail("a name without white space");
  const auto key = from_base64(text.substr(id_end + 1));
  if (!key || key->size() != 33 || key->front() != static_cast<char>(type)) {
    fail("base64 of the byte " + std::to_string(static_cast<int>(type)) +
         (type == KeyType::witness ? ", which marks a witness," : "") +
         " and an Ed25519 public key");
  }
  out.key = public_key(std::string_view(*key).substr(1), where);
  if (vkey(out, type) != text) fail("the key id of this name and key");
  return out;
}

bool is_key_name(std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t at = 0; at < name.size();) {
    const auto next = utf8_at(name, at);
    if (!next || next->point < 0x20 || next->point == '+' || is_white_space(next->point)) {
      return false;
    }
    at += next->length;
  }
  return true;
}

Pin parse_pin(std::string_view text, const std::string& where) {
  if (text.starts_with("-----BEGIN ")) {
    const std::string whole = std::string(without_newline(text)) + "\n";
    return {std::nullopt, parse_public_pem(whole, where)};
  }
  if (text.starts_with("untrusted comment:")) {
    return {std::nullopt, parse_minisign_public_key(text, where)};
  }
  if (text.starts_with("ssh-ed25519 ")) return {std::nullopt, parse_ssh_public_key(text, where)};
  Identity identity = parse_vkey(without_newline(text), where);
  return {std::move(identity.name), identity.key};
}

}  // namespace lexecon::crypto
