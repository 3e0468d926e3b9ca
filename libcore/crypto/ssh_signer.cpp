#include "crypto/ssh_signer.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "crypto/ssh_wire.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view plain_type = "ssh-ed25519";
constexpr std::string_view hardware_type = "sk-ssh-ed25519@openssh.com";

[[noreturn]] void refuse(const std::string& where) {
  throw Error(ErrorCode::bad_input,
              "expected a public key `ssh-ed25519` or `sk-ssh-ed25519@openssh.com`", where,
              "ssh-keygen -t ed25519, or -t ed25519-sk for a FIDO2 token, makes one; name its .pub "
              "file");
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::string_view SshSigner::type() const { return is_hardware ? hardware_type : plain_type; }

std::string SshSigner::blob() const {
  const auto plain = ssh_string(type()) + ssh_string(key.view());
  return is_hardware ? plain + ssh_string(ssh_application) : plain;
}

std::string SshSigner::text() const { return std::string(type()) + " " + to_base64(blob()); }

SshSigner parse_ssh_signer(std::string_view text, const std::string& where) {
  const auto type = text.substr(0, text.find(' '));
  if (type.size() == text.size() || (type != plain_type && type != hardware_type)) refuse(where);
  const auto blob = from_base64(text.substr(type.size() + 1));
  const auto strings = blob ? ssh_strings(*blob) : std::nullopt;
  if (!strings || strings->size() < 2) refuse(where);
  SshSigner out{type == hardware_type, public_key(strings->at(1), where)};
  // Writing it again and comparing leaves one type, one application and no trailing byte.
  if (out.text() != text) refuse(where);
  return out;
}

SshSigner parse_ssh_signer_file(std::string_view bytes, const std::string& where) {
  std::string_view line = bytes;
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (std::any_of(line.begin(), line.end(), is_control)) refuse(where);
  const auto type_ends = line.find(' ');
  const auto key_ends =
      type_ends == std::string_view::npos ? type_ends : line.find(' ', type_ends + 1);
  return parse_ssh_signer(line.substr(0, key_ends), where);
}

}  // namespace lexecon::crypto
