#include "crypto/minisig.hpp"

#include "base/error.hpp"
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

}  // namespace lexecon::crypto
