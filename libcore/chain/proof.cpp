#include "chain/proof.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";
constexpr std::size_t max_text_bytes = 131'072;
constexpr std::size_t max_hashes = 64;

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "malformed inclusion proof: expected " + expected);
}

std::uint64_t parse_index(std::string_view line) {
  if (!line.starts_with(index_mark)) malformed("a line `index N`");
  const auto index = parse_integer(line.substr(index_mark.size()));
  if (!index || *index < 0 || *index > json::max_integer) malformed("an index in decimal");
  return static_cast<std::uint64_t>(*index);
}

Hash parse_hash(std::string_view line) {
  const auto bytes = from_base64(line);
  const auto hash = bytes ? hash_from_bytes(*bytes) : std::nullopt;
  if (!hash) malformed("base64 of a hash of 32 bytes in each line");
  return *hash;
}

}  // namespace

std::string to_text(const InclusionProof& proof) {
  std::string out(first_line);
  out += "\nindex " + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.hashes) out += to_base64(hash.view()) + "\n";
  return out + "\n" + proof.checkpoint;
}

InclusionProof parse_inclusion_proof(std::string_view text) {
  if (text.size() > max_text_bytes) malformed("at most 128 KiB");
  const std::size_t gap = text.find("\n\n");
  if (gap == std::string_view::npos) malformed("an empty line before the checkpoint");
  const std::vector<std::string> lines = split(text.substr(0, gap), '\n');
  if (lines.front() != first_line) malformed("`" + std::string(first_line) + "`");
  std::size_t at = 1;
  // Nobody signed the extra line: it must be well formed, and is dropped.
  if (at < lines.size() && lines[at].starts_with(extra_mark)) {
    if (!from_base64(std::string_view(lines[at]).substr(extra_mark.size()))) {
      malformed("base64 after `extra`");
    }
    ++at;
  }
  if (at == lines.size()) malformed("a line `index N`");
  InclusionProof out;
  out.index = parse_index(lines[at]);
  if (lines.size() - at - 1 > max_hashes) malformed("at most 64 hashes");
  for (++at; at < lines.size(); ++at) out.hashes.push_back(parse_hash(lines[at]));
  out.checkpoint = text.substr(gap + 2);
  if (out.index >= parse_checkpoint(parse_note(out.checkpoint)).tree_size) {
    malformed("an index below the tree size");
  }
  return out;
}

}  // namespace lexecon::chain
