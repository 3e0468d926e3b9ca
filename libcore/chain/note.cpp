#include "chain/note.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace lexecon::chain {
namespace {

constexpr std::size_t max_lines = 16;
constexpr std::string_view line_mark = "\xE2\x80\x94 ";  // U+2014 and a space

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "malformed signed note: expected " + expected);
}

void require_plain_text(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || static_cast<unsigned char>(c) >= 0x20;
  });
  if (!is_plain || find_bad_utf8(text) != std::string_view::npos) {
    malformed("UTF-8 without control characters");
  }
}

Note::Line parse_line(std::string_view line) {
  if (!line.starts_with(line_mark)) malformed("a signature line after the empty line");
  line.remove_prefix(line_mark.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) malformed("a name and a signature in each line");
  Note::Line out;
  out.name = line.substr(0, space);
  if (!crypto::is_key_name(out.name)) malformed("a key name without white space and `+`");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= out.key_id.size()) {
    malformed("base64 of a key id and a signature");
  }
  std::copy_n(bytes->begin(), out.key_id.size(), out.key_id.begin());
  out.signature = bytes->substr(out.key_id.size());
  return out;
}

}  // namespace

std::string sign_note(std::string_view text, std::string_view name, const crypto::SecretKey& key) {
  if (!text.ends_with('\n')) malformed("a text that ends with a newline");
  require_plain_text(text);
  const crypto::Identity signer{std::string(name), key.public_key()};
  if (!crypto::is_key_name(name)) malformed("a key name without white space and `+`");
  return to_bytes({std::string(text), {{signer.name, crypto::key_id(signer), key.sign(text)}}});
}

Note parse_note(std::string_view bytes) {
  if (bytes.size() > max_note_bytes) malformed("at most 64 KiB");
  require_plain_text(bytes);
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos) malformed("a text, an empty line and signature lines");
  Note out;
  out.text = bytes.substr(0, gap + 1);
  std::string_view signatures = bytes.substr(gap + 2);
  if (!signatures.ends_with('\n')) malformed("signature lines that end with a newline");
  signatures.remove_suffix(1);
  const std::vector<std::string> lines = split(signatures, '\n');
  if (lines.size() > max_lines) malformed("at most 16 signature lines");
  for (const std::string& line : lines) out.lines.push_back(parse_line(line));
  return out;
}

std::string to_bytes(const Note& note) {
  std::string out = note.text + "\n";
  for (const Note::Line& line : note.lines) {
    const std::string id(line.key_id.begin(), line.key_id.end());
    out += std::string(line_mark) + line.name + " " + to_base64(id + line.signature) + "\n";
  }
  return out;
}

bool is_by(const Note::Line& line, const crypto::Identity& identity) {
  return line.name == identity.name && line.key_id == crypto::key_id(identity);
}

std::vector<crypto::Identity> verify_note(const Note& note,
                                          std::span<const crypto::Identity> known) {
  std::vector<crypto::Identity> out;
  for (const Note::Line& line : note.lines) {
    const auto signer = std::find_if(known.begin(), known.end(),
                                     [&](const auto& identity) { return is_by(line, identity); });
    if (signer == known.end()) continue;
    if (std::find(out.begin(), out.end(), *signer) != out.end()) {
      throw Error(ErrorCode::bad_input, "the note is signed twice by `" + signer->name + "`");
    }
    if (!crypto::verify(signer->key, note.text, line.signature)) {
      throw Error(ErrorCode::bad_input, "the note has a bad signature by `" + signer->name + "`");
    }
    out.push_back(*signer);
  }
  return out;
}

}  // namespace lexecon::chain
