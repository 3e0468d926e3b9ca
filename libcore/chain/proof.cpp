#include "chain/proof.hpp"

#include <span>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";
constexpr std::string_view old_mark = "old ";
constexpr std::size_t max_hashes = 64;

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "malformed proof: expected " + expected);
}

std::uint64_t parse_number(std::string_view line, std::string_view mark) {
  if (!line.starts_with(mark)) malformed("a line `" + std::string(mark) + "N`");
  const auto number = parse_integer(line.substr(mark.size()));
  if (!number || *number < 0 || *number > json::max_integer) malformed("a number in decimal");
  return static_cast<std::uint64_t>(*number);
}

Hash parse_hash(std::string_view line) {
  const auto bytes = from_base64(line);
  const auto hash = bytes ? hash_from_bytes(*bytes) : std::nullopt;
  if (!hash) malformed("base64 of a hash of 32 bytes in each line");
  return *hash;
}

struct Halves {
  std::vector<std::string> lines;
  std::string checkpoint;
};

Halves halves_of(std::string_view text) {
  if (text.size() > max_proof_bytes) malformed("at most 128 KiB");
  const std::size_t gap = text.find("\n\n");
  if (gap == std::string_view::npos) malformed("an empty line before the checkpoint");
  return {split(text.substr(0, gap), '\n'), std::string(text.substr(gap + 2))};
}

std::vector<Hash> parse_hashes(std::span<const std::string> lines) {
  if (lines.size() > max_hashes) malformed("at most 64 hashes");
  std::vector<Hash> out;
  for (const std::string& line : lines) out.push_back(parse_hash(line));
  return out;
}

std::uint64_t size_of(const std::string& checkpoint) {
  return parse_checkpoint(parse_note(checkpoint)).tree_size;
}

std::string lines_of(const std::vector<Hash>& hashes) {
  std::string out;
  for (const Hash& hash : hashes) out += to_base64(hash.view()) + "\n";
  return out;
}

}  // namespace

std::string to_text(const InclusionProof& proof) {
  return std::string(first_line) + "\n" + std::string(index_mark) + std::to_string(proof.index) +
         "\n" + lines_of(proof.hashes) + "\n" + proof.checkpoint;
}

InclusionProof parse_inclusion_proof(std::string_view text) {
  const Halves halves = halves_of(text);
  const auto& lines = halves.lines;
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
  const InclusionProof out{parse_number(lines[at], index_mark),
                           parse_hashes(std::span(lines).subspan(at + 1)), halves.checkpoint};
  if (out.index >= size_of(out.checkpoint)) malformed("an index below the tree size");
  return out;
}

std::string to_text(const ConsistencyProof& proof) {
  return std::string(old_mark) + std::to_string(proof.old_size) + "\n" + lines_of(proof.hashes) +
         "\n" + proof.checkpoint;
}

ConsistencyProof parse_consistency_proof(std::string_view text) {
  const Halves halves = halves_of(text);
  const ConsistencyProof out{parse_number(halves.lines.front(), old_mark),
                             parse_hashes(std::span(halves.lines).subspan(1)), halves.checkpoint};
  if (out.old_size == 0 || out.old_size > size_of(out.checkpoint)) {
    malformed("an old size from 1 to the tree size");
  }
  return out;
}

}  // namespace lexecon::chain
