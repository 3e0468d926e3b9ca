#include "chain/export_shapes.hpp"

#include <array>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view export_prefix = "exp_";
constexpr std::size_t export_digits = 16;

void export_id(const Json& value, const Place& at) {
  line(value, at);
  const std::string_view id = value.get_ref<const std::string&>();
  if (!id.starts_with(export_prefix) || !is_hex(id.substr(export_prefix.size()), export_digits)) {
    refuse("`exp_` and 16 hex digits", at);
  }
}

void disclosure(const Json& value, const Place& at) {
  one_of({"none", "sealed"}, "none or sealed", value, at);
}

void scope(const Json& value, const Place& at) {
  one_of({"all", "decisions", "risk", "escalations", "overrides", "evidence", "compliance",
          "oversight"},
         "a scope of packages", value, at);
}

/// Of a tree that was there before the entry.
void earlier_size(const Json& value, const Place& at) {
  positive(value, at);
  if (value.get<std::uint64_t>() > at.seq) refuse("a size that the log had before", at);
}

constexpr auto export_requested = std::to_array<Member>({
    {"actor", or_null<line>},
    {"disclosure", disclosure},
    {"from", or_null<entry_instant>},
    {"purpose", or_null<code>},
    {"scope", scope},
    {"tenant", or_null<free_identifier>},
    {"to", or_null<entry_instant>},
    {"tree_size", earlier_size},
});
constexpr auto export_approved = std::to_array<Member>({{"request", earlier_seq}});
constexpr auto export_sealed = std::to_array<Member>({
    {"export_id", export_id},
    {"request", earlier_seq},
    {"root_checksum", hex_64},
});
constexpr auto ledger_archived = std::to_array<Member>({
    {"archived", positive},
    {"entries_sha256", hex_64},
    {"export_id", export_id},
    {"seqs_sha256", hex_64},
    {"tree_size", earlier_size},
});

void note(const Json& value, const Place& at) {
  if (!value.is_string()) refuse("a signed note", at);
}

void contents(const Json& value, const Place& at) {
  one_of({"all", "filtered"}, "all or filtered", value, at);
}

void signed_head(const Json& data, const Place& at) {
  try {
    static_cast<void>(open_imported_head(data));
  } catch (const Error& error) {
    refuse("a checkpoint that its log signed: " + error.message(), at.below("note"));
  }
}

constexpr auto imported = std::to_array<Member>({
    {"decisions", count},
    {"export_id", export_id},
    {"log_vkey", ledger_vkey},
    {"note", note},
    {"redecided", count},
    {"root_checksum", hex_64},
    {"scope", contents},
});

}  // namespace

ImportedHead open_imported_head(const Json& data) {
  ImportedHead out{.log = crypto::parse_vkey(data.at("log_vkey").get_ref<const std::string&>()),
                   .note = data.at("note").get<std::string>(),
                   .checkpoint = {}};
  out.checkpoint = open_checkpoint(out.note, out.log);
  if (parse_note(out.note).lines.size() != 1) {
    throw Error(ErrorCode::bad_input, "expected one signature line");
  }
  return out;
}

std::span<const EventShape> export_shapes() {
  using enum Signing;
  static const auto table = std::to_array<EventShape>({
      {"export.requested", export_requested, by_operator},
      {"export.approved", export_approved, by_operator},
      {"export.sealed", export_sealed},
      {"ledger.archived", ledger_archived, by_operator},
      {log_imported, imported, never, signed_head},
  });
  return table;
}

}  // namespace lexecon::chain
