// OpenSSH's public keys, one line each.
#include <algorithm>

#include "base/error.hpp"
#include "crypto/identity.hpp"
#include "crypto/ssh_signer.hpp"

namespace lexecon::crypto {
namespace {

bool is_comment(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

}  // namespace

std::string ssh_public_key(const PublicKey& key, std::string_view comment) {
  if (!is_comment(comment)) throw Error(ErrorCode::bad_input, "expected a comment of one line");
  auto out = SshSigner{false, key}.text();
  if (!comment.empty()) out.append(" ").append(comment);
  return out;
}

PublicKey parse_ssh_public_key(std::string_view text, const std::string& where) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!text.starts_with("ssh-ed25519 ") || !is_comment(text)) {
    throw Error(ErrorCode::bad_input, "expected one line `ssh-ed25519 AAAA... comment`", where);
  }
  return parse_ssh_signer_file(text, where).key;
}

}  // namespace lexecon::crypto
