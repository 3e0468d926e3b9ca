#include "chain/entry.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "chain/depth.hpp"
#include "chain/term.hpp"
#include "crypto/hash.hpp"
#include "json/ordered.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::chain {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view genesis_id = "genesis";
constexpr std::string_view id_prefix = "entry_";
constexpr std::size_t salt_digits = 32;
constexpr std::size_t usual_bytes =
    2'048;  // of a decision, so that its text is not moved as it grows

[[noreturn]] void fail(const std::string& expected, const std::string& pointer) {
  throw Error(ErrorCode::bad_input, "expected " + expected, pointer);
}

bool is_actor(std::string_view text) {
  for (const auto prefix : {"operator:"sv, "node:"sv}) {
    if (text.starts_with(prefix)) return is_node_id(text.substr(prefix.size()));
  }
  return is_term(text, "actor:");
}

void require_size(std::size_t size) {
  if (size > max_entry_bytes) {
    fail("an entry of at most 65,535 bytes, got " + std::to_string(size), "");
  }
}

/// Everything that the types of the members leave open.
void require_shape(const Entry& entry) {
  if (!is_actor(entry.actor)) fail("`actor:<id>`, `operator:<id>` or `node:<id>`", "/actor");
  if (!entry.data.is_object()) fail("an object", "/data");
  if (!is_event_type(entry.event_type)) fail("an event type", "/event_type");
  if (!is_origin(entry.origin)) fail("the name of a log", "/origin");
  if (!is_hex(entry.salt, salt_digits)) fail("32 lower-case hex digits", "/salt");
  if (entry.seq > static_cast<std::uint64_t>(json::max_integer)) {
    fail("a seq of at most 2^53-1", "/seq");
  }
  if (entry.seq == 0 && entry.previous_hash != Hash{}) {
    fail("64 zeros in the first entry", "/previous_hash");
  }
  json::require_plain(entry.data, "/data");
  require_depth(entry.data, json::max_depth - 1);
}

Hash read_hash(json::Reader& reader, std::string_view name) {
  const auto hash = hash_from_hex(reader.text(name));
  if (!hash) fail("64 lower-case hex digits", reader.pointer(name));
  return *hash;
}

Timestamp read_time(json::Reader& reader, std::string_view name) {
  const auto time = entry_time(reader.text(name));
  if (!time) fail("a real time `YYYY-MM-DDTHH:MM:SS.ffffffZ`", reader.pointer(name));
  return *time;
}

}  // namespace

std::string entry_id(std::uint64_t seq) {
  return seq == 0 ? std::string(genesis_id) : std::string(id_prefix) + std::to_string(seq);
}

std::optional<std::uint64_t> seq_of(std::string_view entry_id) {
  if (entry_id == genesis_id) return 0;
  if (!entry_id.starts_with(id_prefix)) return std::nullopt;
  const auto seq = parse_integer(entry_id.substr(id_prefix.size()));
  if (!seq || *seq < 1 || *seq > json::max_integer) return std::nullopt;
  return static_cast<std::uint64_t>(*seq);
}

std::string to_bytes(const Entry& entry) {
  require_shape(entry);
  if (entry_time(to_text(entry.timestamp)) != entry.timestamp) {
    fail("a time from 1970 to 9999", "/timestamp");
  }
  // INVARIANT: the members stand in the order of JCS, so these are the canonical bytes of the whole.
  json::Ordered out(usual_bytes);
  out.text("actor", entry.actor);
  out.member("data", entry.data);
  out.text("entry_id", entry_id(entry.seq));
  out.text("event_type", entry.event_type);
  out.text("origin", entry.origin);
  out.text("previous_hash", entry.previous_hash.hex());
  out.text("salt", entry.salt);
  out.member("sealed_hash", entry.sealed_hash ? Json(entry.sealed_hash->hex()) : Json());
  out.member("seq", Json(entry.seq));
  out.text("timestamp", to_text(entry.timestamp));
  out.text("v", entry_version);
  auto bytes = std::move(out).take();
  require_size(bytes.size());
  return bytes;
}

Entry parse_entry(std::string_view bytes) {
  require_size(bytes.size());
  Json value = json::parse_canonical(bytes, "entry");
  if (!value.is_object()) fail("an entry, which is an object", "");
  json::Reader reader(value);
  Entry out;
  if (reader.text("v") != entry_version) fail("`lexecon-entry/1`", "/v");
  out.actor = reader.text("actor");
  static_cast<void>(reader.member("data"));
  out.event_type = reader.text("event_type");
  out.origin = reader.text("origin");
  out.previous_hash = read_hash(reader, "previous_hash");
  out.salt = reader.text("salt");
  if (!reader.member("sealed_hash").is_null()) out.sealed_hash = read_hash(reader, "sealed_hash");
  out.seq = static_cast<std::uint64_t>(reader.integer("seq", 0, json::max_integer));
  out.timestamp = read_time(reader, "timestamp");
  if (reader.text("entry_id") != entry_id(out.seq)) fail("the id of this seq", "/entry_id");
  reader.finish();
  out.data = std::move(value.at("data"));
  require_shape(out);
  return out;
}

Hash entry_hash(std::string_view bytes) { return crypto::sha256(bytes); }

Hash leaf_hash(std::string_view bytes) { return crypto::sha256({"\0"sv, bytes}); }

}  // namespace lexecon::chain
