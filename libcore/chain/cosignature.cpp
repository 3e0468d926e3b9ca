#include "chain/cosignature.hpp"

#include <algorithm>
#include <cstdint>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace lexecon::chain {
namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::size_t max_lines = 16;
constexpr std::int64_t second = 1'000'000;
constexpr std::uint64_t max_seconds = 253'402'300'799;  // 9999-12-31T23:59:59Z

std::string signed_bytes(std::string_view text, std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

std::string big_endian(std::uint64_t value) {
  std::string out(time_bytes, '\0');
  for (std::size_t at = time_bytes; at-- > 0; value >>= 8U) {
    out[at] = static_cast<char>(value & 0xFFU);
  }
  return out;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char byte : bytes) out = out << 8U | static_cast<unsigned char>(byte);
  return out;
}

bool is_cosigned_by(const Note::Line& line, const crypto::Identity& witness) {
  return line.name == witness.name &&
         line.key_id == crypto::key_id(witness, crypto::KeyType::witness);
}

bool verifies(const Note::Line& line, std::string_view text, const crypto::PublicKey& key,
              Timestamp at) {
  const auto seconds = static_cast<std::uint64_t>(at.micros / second);
  return crypto::verify(key, signed_bytes(text, seconds),
                        std::string_view(line.signature).substr(time_bytes));
}

}  // namespace

crypto::Identity witness_of(const crypto::PublicKey& key) {
  return {"lexecon.internal/witness/" + crypto::sha256(key.view()).hex().substr(0, 32), key};
}

Note cosign(Note note, const crypto::Identity& witness, const crypto::SecretKey& key,
            Timestamp at) {
  std::erase_if(note.lines, [&](const auto& line) { return is_cosigned_by(line, witness); });
  if (note.lines.size() >= max_lines) {
    throw Error(ErrorCode::bad_input, "the note has 16 signature lines and takes no more");
  }
  const auto seconds = static_cast<std::uint64_t>(at.micros / second);
  note.lines.push_back({witness.name, crypto::key_id(witness, crypto::KeyType::witness),
                        big_endian(seconds) + key.sign(signed_bytes(note.text, seconds))});
  return note;
}

std::optional<Timestamp> cosigned_at(const Note::Line& line, const crypto::Identity& witness) {
  if (!is_cosigned_by(line, witness) || line.signature.size() <= time_bytes) return std::nullopt;
  const auto seconds = from_big_endian(std::string_view(line.signature).substr(0, time_bytes));
  if (seconds > max_seconds) return std::nullopt;
  return Timestamp{static_cast<std::int64_t>(seconds) * second};
}

std::vector<Cosignature> verify_cosignatures(const Note& note,
                                             std::span<const crypto::Identity> witnesses) {
  std::vector<Cosignature> out;
  for (const Note::Line& line : note.lines) {
    const auto witness =
        std::find_if(witnesses.begin(), witnesses.end(),
                     [&](const auto& identity) { return is_cosigned_by(line, identity); });
    if (witness == witnesses.end()) continue;
    const auto again = std::find_if(out.begin(), out.end(),
                                    [&](const auto& seen) { return seen.witness == *witness; });
    if (again != out.end()) {
      throw Error(ErrorCode::bad_input, "the note is cosigned twice by `" + witness->name + "`");
    }
    const auto at = cosigned_at(line, *witness);
    if (!at || !verifies(line, note.text, witness->key, *at)) {
      throw Error(ErrorCode::bad_input,
                  "the note has a bad cosignature by `" + witness->name + "`");
    }
    out.push_back({*witness, *at});
  }
  return out;
}

}  // namespace lexecon::chain
