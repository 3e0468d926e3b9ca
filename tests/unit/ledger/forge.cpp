#include "unit/ledger/forge.hpp"

#include "chain/checkpoint.hpp"
#include "chain/merkle.hpp"
#include "crypto/hash.hpp"
#include "crypto/identity.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "ledger/frontier.hpp"
#include "store/schema.hpp"

namespace lexecon::test {

void Forge::add(const std::string& event_type, const Json& data,
                const std::function<void(Json&)>& change,
                const std::optional<std::string>& sealed) {
  const Hash previous = entries_.empty() ? Hash{} : crypto::sha256(entries_.back().body);
  Json entry{{"actor", "node:node-1"},
             {"data", data},
             {"entry_id", chain::entry_id(next_seq_)},
             {"event_type", event_type},
             {"origin", node_.origin},
             {"previous_hash", previous.hex()},
             {"salt", to_hex(node_.entropy.bytes(16))},
             {"sealed_hash", sealed ? Json(crypto::sha256(*sealed).hex()) : Json()},
             {"seq", next_seq_},
             {"timestamp", to_text(now)},
             {"v", "lexecon-entry/1"}};
  if (change) change(entry);
  entries_.push_back({json::canonical(entry), sealed});
  seqs_.push_back(next_seq_++);
}

// All entries of a transaction have one time, and a later one has another.
void Forge::end_transaction() {
  sizes_.push_back(entries_.size());
  now.micros += 1'000;
}

void Forge::add_genesis(const std::function<void(Json&)>& change) {
  add("genesis",
      {{"ledger_vkey", crypto::vkey({node_.origin, node_.key.public_key()})},
       {"node_id", "node-1"}},
      change);
}

void Forge::spoil_bytes(const std::function<void(std::string&)>& change) {
  change(entries_.back().body);
}

void Forge::policy_file(const std::string& bytes) { policy_files_.push_back(bytes); }

std::string Forge::salted(const Json& value) {
  return json::canonical(Json{{"salt", to_hex(node_.entropy.bytes(32))}, {"value", value}});
}

const crypto::SecretKey& Forge::rotate(const Json& lost, const std::optional<std::string>& name) {
  return rotate_to(crypto::SecretKey::generate(node_.entropy), lost, name);
}

const crypto::SecretKey& Forge::rotate_to(crypto::SecretKey next, const Json& lost,
                                          const std::optional<std::string>& name) {
  add("key.rotated",
      {{"ledger_vkey", crypto::vkey({name.value_or(node_.origin), next.public_key()})},
       {"lost", lost},
       {"reason", "scheduled"}});
  const std::uint64_t first = entries_.size() + (lost.is_null() ? 1 : 0);
  sign_from(first, std::move(next));
  return key_at(first);
}

void Forge::sign_from(std::uint64_t size, crypto::SecretKey key) {
  later_keys_.erase(size);
  later_keys_.emplace(size, std::move(key));
}

const crypto::SecretKey& Forge::key_at(std::uint64_t size) const {
  const auto after = later_keys_.upper_bound(size);
  return after == later_keys_.begin() ? node_.key : std::prev(after)->second;
}

std::string Forge::note(std::uint64_t size) const { return note_by(key_at(size), size); }

std::string Forge::note_by(const crypto::SecretKey& key, std::uint64_t size) const {
  chain::CompactRange range;
  for (std::uint64_t i = 0; i < size; ++i) range.append(chain::leaf_hash(entries_.at(i).body));
  return chain::sign_checkpoint({node_.origin, size, range.root()}, key);
}

void Forge::build() {
  store::Database database(node_.files.database(), store::OpenMode::create);
  database.execute("PRAGMA synchronous=OFF");
  store::Transaction transaction(database, store::Transaction::Kind::write);
  store::migrate(database);
  chain::CompactRange before_last;
  chain::CompactRange range;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& [body, sealed] = entries_[i];
    const Json entry = json::parse(body);
    const auto seq = static_cast<std::int64_t>(seqs_[i]);
    database.prepare("INSERT INTO entries VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(1, seq)
        .bind(2, std::string_view(entry.at("event_type").get_ref<const std::string&>()))
        .bind(3, std::string_view(entry.at("actor").get_ref<const std::string&>()))
        .bind(4, std::string_view(entry.at("timestamp").get_ref<const std::string&>()))
        .bind_blob(5, crypto::sha256(body).view())
        .bind_blob(6, body)
        .run();
    if (sealed) {
      database.prepare("INSERT INTO sealed VALUES(?1, ?2)")
          .bind(1, seq)
          .bind_blob(2, *sealed)
          .run();
    }
    before_last = range;
    range.append(chain::leaf_hash(body));
  }
  for (const std::uint64_t size : sizes_) {
    database.prepare("INSERT INTO checkpoints VALUES(?1, ?2)")
        .bind(1, static_cast<std::int64_t>(size))
        .bind(2, std::string_view(note(size)))
        .run();
  }
  for (const auto& bytes : policy_files_) {
    database.prepare("INSERT INTO policy_files VALUES(?1, ?2)")
        .bind_blob(1, crypto::sha256(bytes).view())
        .bind_blob(2, bytes)
        .run();
  }
  ledger::write_frontier(database, before_last);
  transaction.commit();
  replace_file(node_.files.head_note(), note(sizes_.back()), Access::as_umask);
}

store::Database tamper(const Node& node) {
  store::Database database(node.files.database(), store::OpenMode::read_write);
  database.execute("PRAGMA foreign_keys=OFF");
  database.execute("PRAGMA synchronous=OFF");
  return database;
}

}  // namespace lexecon::test
