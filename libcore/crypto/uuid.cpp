#include "crypto/uuid.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t sha1_bytes = 20;

std::string bytes_of(std::string_view uuid) {
  std::string hex(uuid);
  hex.erase(std::remove(hex.begin(), hex.end(), '-'), hex.end());
  auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != uuid_bytes) {
    throw Error(ErrorCode::bad_input, "expected a UUID as the namespace of UUIDs");
  }
  return std::move(*bytes);
}

std::string sha1(std::string_view bytes) {
  const std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> algorithm(EVP_MD_fetch(nullptr, "SHA1", nullptr),
                                                             EVP_MD_free);
  std::array<unsigned char, sha1_bytes> out{};
  unsigned int size = 0;
  if (algorithm == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm.get(), nullptr) != 1 ||
      size != out.size()) {
    throw Error(ErrorCode::internal, "libcrypto could not make a UUID");
  }
  return {out.begin(), out.end()};
}

}  // namespace

std::string uuid_of(std::string_view space, std::string_view name) {
  auto bytes = sha1(bytes_of(space) + std::string(name)).substr(0, uuid_bytes);
  const auto set = [&bytes](std::size_t at, unsigned keep, unsigned bits) {
    bytes[at] = static_cast<char>((static_cast<unsigned char>(bytes[at]) & keep) | bits);
  };
  set(6, 0x0FU, 0x50U);
  set(8, 0x3FU, 0x80U);
  auto text = to_hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, "-");
  return text;
}

}  // namespace lexecon::crypto
