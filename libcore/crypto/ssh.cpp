// OpenSSH's public keys, one line each.
#include <algorithm>

#include "base/error.hpp"
#include "crypto/identity.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view plain_type = "ssh-ed25519";
constexpr std::string_view hardware_type = "sk-ssh-ed25519@openssh.com";

/// A string as RFC 4251 writes it: its length in four bytes, big-endian, and its bytes.
std::string ssh_string(std::string_view bytes) {
  std::string out(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) {
    out[3 - i] = static_cast<char>(bytes.size() >> (8 * i) & 0xFFU);
  }
  return out.append(bytes);
}

bool is_comment(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

/// The key in a blob that is `type`, the 32 bytes, and `tail`, and nothing else.
PublicKey key_in_blob(std::string_view encoded, std::string_view type, std::string_view tail,
                      const std::string& where) {
  const std::string head = ssh_string(type) + std::string("\0\0\0\x20", 4);
  const auto blob = from_base64(encoded);
  if (!blob || blob->size() != head.size() + 32 + tail.size() || !blob->starts_with(head) ||
      !blob->ends_with(tail)) {
    throw Error(ErrorCode::bad_input,
                "expected base64 of one `" + std::string(type) + "` public key", where);
  }
  return public_key(std::string_view(*blob).substr(head.size(), 32), where);
}

}  // namespace

std::string ssh_public_key(const PublicKey& key, std::string_view comment) {
  if (!is_comment(comment)) throw Error(ErrorCode::bad_input, "expected a comment of one line");
  std::string out(plain_type);
  out += " " + to_base64(ssh_string(plain_type) + ssh_string(key.view()));
  if (!comment.empty()) out.append(" ").append(comment);
  return out;
}

PublicKey parse_ssh_public_key(std::string_view text, const std::string& where) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!text.starts_with(std::string(plain_type) + " ") || !is_comment(text)) {
    throw Error(ErrorCode::bad_input, "expected one line `ssh-ed25519 AAAA... comment`", where);
  }
  const std::string_view rest = text.substr(plain_type.size() + 1);
  return key_in_blob(rest.substr(0, rest.find(' ')), plain_type, {}, where);
}

PublicKey parse_ssh_signer(std::string_view text, const std::string& where) {
  const std::size_t space = text.find(' ');
  const std::string_view type = text.substr(0, space);
  const std::string_view blob =
      space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  if (type == plain_type) return key_in_blob(blob, plain_type, {}, where);
  if (type == hardware_type) return key_in_blob(blob, hardware_type, ssh_string("ssh:"), where);
  throw Error(ErrorCode::bad_input, "expected a key `ssh-ed25519` or `sk-ssh-ed25519@openssh.com`",
              where);
}

}  // namespace lexecon::crypto
