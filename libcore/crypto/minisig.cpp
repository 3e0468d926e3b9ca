#include "crypto/minisig.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/sodium.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view algorithm = "ED";  // of hashed bytes; "Ed" signs the bytes themselves

std::string blake2b_512(std::string_view bytes) {
  use_sodium();
  std::string out(crypto_generichash_BYTES_MAX, '\0');
  crypto_generichash(writable(out), out.size(), octets(bytes), bytes.size(), nullptr, 0);
  return out;
}

void require_line(std::string_view comment) {
  if (comment.find_first_of("\r\n") == std::string_view::npos) return;
  throw Error(ErrorCode::bad_input, "expected a comment of one line");
}

}  // namespace

std::string minisig(const SecretKey& key, std::string_view bytes, const MinisigComments& comments) {
  require_line(comments.untrusted);
  require_line(comments.trusted);
  const auto key_id = from_hex(key.public_key().kid()).value();
  const auto signature = key.sign(blake2b_512(bytes));
  const auto whole = key.sign(signature + std::string(comments.trusted));
  return "untrusted comment: " + std::string(comments.untrusted) + "\n" +
         to_base64(std::string(algorithm) + key_id + signature) +
         "\ntrusted comment: " + std::string(comments.trusted) + "\n" + to_base64(whole) + "\n";
}

bool minisig_holds(const PublicKey& key, std::string_view bytes, const MinisigComments& comments,
                   std::string_view text) {
  const auto lines = split(text, '\n');
  if (lines.size() != 5 || !lines[4].empty()) return false;
  const auto signed_by = from_base64(lines[1]);
  const auto whole = from_base64(lines[3]);
  if (!signed_by || !whole) return false;
  const auto start = std::string(algorithm) + from_hex(key.kid()).value();
  if (!signed_by->starts_with(start)) return false;
  const auto signature = signed_by->substr(start.size());
  return lines[0] == "untrusted comment: " + std::string(comments.untrusted) &&
         lines[2] == "trusted comment: " + std::string(comments.trusted) &&
         verify(key, blake2b_512(bytes), signature) &&
         verify(key, signature + std::string(comments.trusted), *whole);
}

}  // namespace lexecon::crypto
