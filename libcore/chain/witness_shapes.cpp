#include "chain/witness_shapes.hpp"

#include <array>

#include "base/error.hpp"

namespace lexecon::chain {
namespace {

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "expected " + expected);
}

void witness_vkey(const Json& value, const Place& at) {
  line(value, at);
  try {
    static_cast<void>(
        crypto::parse_vkey(value.get_ref<const std::string&>(), {}, crypto::KeyType::witness));
  } catch (const Error&) {
    refuse("the vkey of a witness", at);
  }
}

void note(const Json& value, const Place& at) {
  if (!value.is_string()) refuse("a signed note", at);
}

void two_signatures(const Json& data, const Place& at) {
  try {
    static_cast<void>(open_cosigned_head(data));
  } catch (const Error& error) {
    refuse("a checkpoint that its log and the witness signed: " + error.message(),
           at.below("note"));
  }
}

constexpr auto cosigned = std::to_array<Member>({
    {"log_vkey", ledger_vkey},
    {"note", note},
    {"witness_vkey", witness_vkey},
});

}  // namespace

std::span<const EventShape> witness_shapes() {
  static const auto table =
      std::to_array<EventShape>({{witness_cosigned, cosigned, Signing::never, two_signatures}});
  return table;
}

CosignedHead parse_cosigned_head(const Json& data) {
  const auto text = [&](const char* name) { return data.at(name).get<std::string>(); };
  CosignedHead out{
      .log = crypto::parse_vkey(text("log_vkey")),
      .witness = crypto::parse_vkey(text("witness_vkey"), {}, crypto::KeyType::witness),
      .note = text("note"),
      .checkpoint = {},
      .at = {}};
  const Note parsed = parse_note(out.note);
  if (parsed.lines.size() != 2 || to_bytes(parsed) != out.note) malformed("two signature lines");
  if (out.log.key == out.witness.key) malformed("a witness with a key of its own");
  const auto at = cosigned_at(parsed.lines.back(), out.witness);
  if (!at) malformed("a cosignature of the witness");
  out.at = *at;
  out.checkpoint = parse_checkpoint(parsed);
  return out;
}

CosignedHead open_cosigned_head(const Json& data) {
  auto out = parse_cosigned_head(data);
  static_cast<void>(open_checkpoint(out.note, out.log));
  static_cast<void>(verify_cosignatures(parse_note(out.note), std::span(&out.witness, 1)));
  return out;
}

}  // namespace lexecon::chain
