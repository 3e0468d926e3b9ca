#include "ledger/append.hpp"

#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "json/parse.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::size_t salt_bytes = 16;

}  // namespace

Appended make_entry(Draft draft, const Place& place, Entropy& entropy) {
  if (place.seq > static_cast<std::uint64_t>(json::max_integer)) {
    throw Error(ErrorCode::bad_input, "a ledger holds at most 2^53 entries");
  }
  Appended appended;
  appended.sealed = std::move(draft.sealed_bytes);
  if (draft.sealed) appended.sealed = chain::seal(*draft.sealed, entropy);
  appended.entry = {.actor = std::move(draft.actor),
                    .data = std::move(draft.data),
                    .event_type = std::move(draft.event_type),
                    .origin = place.origin,
                    .previous_hash = place.previous_hash,
                    .salt = to_hex(entropy.bytes(salt_bytes)),
                    .sealed_hash = std::nullopt,
                    .seq = place.seq,
                    .timestamp = place.at};
  if (appended.sealed) appended.entry.sealed_hash = crypto::sha256(*appended.sealed);
  // SECURITY: the answer is only whether the type is listed; what is listed and wrong throws.
  static_cast<void>(chain::check_entry(appended.entry));
  appended.bytes = chain::to_bytes(appended.entry);
  appended.hash = chain::entry_hash(appended.bytes);
  return appended;
}

void insert_entry(store::Database& database, const Appended& appended) {
  const auto seq = static_cast<std::int64_t>(appended.entry.seq);
  database
      .kept(
          "INSERT INTO entries(seq, event_type, actor, timestamp, entry_hash, body) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
      .bind(1, seq)
      .bind(2, std::string_view(appended.entry.event_type))
      .bind(3, std::string_view(appended.entry.actor))
      .bind(4, std::string_view(to_text(appended.entry.timestamp)))
      .bind_blob(5, appended.hash.view())
      .bind_blob(6, appended.bytes)
      .run();
  if (!appended.sealed) return;
  database.kept("INSERT INTO sealed(seq, body) VALUES(?1, ?2)")
      .bind(1, seq)
      .bind_blob(2, *appended.sealed)
      .run();
}

}  // namespace lexecon::ledger
