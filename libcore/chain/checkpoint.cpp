#include "chain/checkpoint.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "malformed checkpoint: expected " + expected);
}

}  // namespace

std::string derived_origin(const crypto::PublicKey& genesis_key) {
  return std::string(derived_origin_prefix) +
         crypto::sha256(genesis_key.view()).hex().substr(0, 32);
}

bool is_origin_of(std::string_view origin, const crypto::PublicKey& genesis_key) {
  return is_origin(origin) &&
         (!origin.starts_with(derived_origin_prefix) || origin == derived_origin(genesis_key));
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.tree_size) + "\n" +
         to_base64(checkpoint.root.view()) + "\n";
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SecretKey& key) {
  if (!is_origin(checkpoint.origin)) malformed("an origin [a-z0-9][a-z0-9._/-]{0,199}");
  return sign_note(checkpoint_text(checkpoint), checkpoint.origin, key);
}

Checkpoint parse_checkpoint(const Note& note) {
  const std::vector<std::string> lines = split(note.text, '\n');
  if (lines.size() != 4 || !lines.back().empty()) malformed("exactly three lines");
  if (!is_origin(lines[0])) malformed("an origin [a-z0-9][a-z0-9._/-]{0,199}");
  const auto size = parse_integer(lines[1]);
  if (!size || *size < 0 || *size > json::max_integer) malformed("a tree size in decimal");
  const auto root = from_base64(lines[2]);
  const auto hash = root ? hash_from_bytes(*root) : std::nullopt;
  if (!hash) malformed("base64 of a root of 32 bytes");
  return {lines[0], static_cast<std::uint64_t>(*size), *hash};
}

Checkpoint open_checkpoint(std::string_view note, const crypto::Identity& log) {
  const Note parsed = parse_note(note);
  Checkpoint out = parse_checkpoint(parsed);
  if (out.origin != log.name) {
    throw Error(ErrorCode::integrity,
                "expected a checkpoint of `" + log.name + "`, got one of `" + out.origin + "`");
  }
  const Note::Line& first = parsed.lines.front();
  if (!is_by(first, log) || !crypto::verify(log.key, parsed.text, first.signature)) {
    throw Error(ErrorCode::integrity, "the checkpoint is not signed by the key of `" + log.name +
                                          "` in its first signature line");
  }
  const bool twice = std::any_of(parsed.lines.begin() + 1, parsed.lines.end(),
                                 [&](const auto& line) { return is_by(line, log); });
  if (twice) malformed("one signature line by each key");
  return out;
}

}  // namespace lexecon::chain
