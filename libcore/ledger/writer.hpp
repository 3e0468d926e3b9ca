// One write transaction on a ledger: lock, check the heads, append, checkpoint, commit, publish the head.
//
// Shapes   flock on `lock` from before BEGIN IMMEDIATE until head.note was replaced
// Errors   Error{busy} when the lock is held; Error{integrity} when the database is behind a head or
//          was altered; Error{configuration} when the clock is over 60 s behind, or on a network file
//          system; Error{io} when the disk says no. After any of them the ledger is as before
// Source   lexecon-ledger(5), Appending
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/entropy.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "crypto/ed25519.hpp"
#include "json/json.hpp"
#include "ledger/node_files.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct Draft {
  std::string event_type;
  std::string actor;
  Json data = Json::object();
  std::optional<Json> sealed;  // the value; the writer salts and seals it
};

struct Appended {
  chain::Entry entry;
  std::string bytes;
  Hash hash;
  std::optional<std::string> sealed;  // the bytes S
};

struct WriteOptions {
  std::chrono::milliseconds patience = std::chrono::seconds(10);
  Path state_home;
  bool accept_clock = false;
  bool allow_network_filesystem = false;
};

class Writer {
 public:
  /// `key` and `entropy` must outlive the writer. `now` is the caller's clock.
  Writer(const NodeFiles& files, const crypto::SecretKey& key, Timestamp now, Entropy& entropy,
         const WriteOptions& options);
  /// Creates the database and its genesis entry; nothing may stand in its place.
  [[nodiscard]] static Writer create(const NodeFiles& files, const crypto::SecretKey& key,
                                     const std::string& origin, const std::string& node_id,
                                     Timestamp now, Entropy& entropy, const WriteOptions& options);
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) = delete;

  /// The timestamp that every entry of this transaction will carry.
  [[nodiscard]] Timestamp at() const;
  [[nodiscard]] const std::string& origin() const;
  [[nodiscard]] const std::string& node_id() const;
  [[nodiscard]] store::Database& database();

  /// Appends one entry; data of a listed type must have its shape.
  Appended append(const Draft& draft);
  /// Signs the checkpoint, commits, reads the last entry again, replaces the heads. Returns the note.
  /// With nothing appended it rolls back and returns the last note.
  std::string commit();

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lexecon::ledger
