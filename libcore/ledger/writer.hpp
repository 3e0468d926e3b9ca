// One write transaction on a ledger: lock, check the heads, append, checkpoint, commit, publish the head.
//
// Shapes   flock on `lock` from before BEGIN IMMEDIATE until head.note was replaced; key.rotated and
//          log.closed are the last entry of their transaction
// Errors   Error{busy} when the lock is held; Error{integrity} when the database is behind a head or
//          was altered; Error{not_permitted} for a key that is not the log's, or a closed log;
//          Error{configuration} when the clock is over 60 s behind, or on a network file system;
//          Error{io} when the disk says no. After any of them the ledger is as before, with one
//          exception: commit() may fail after the commit itself, when the heads cannot be written.
//          Then nothing is acknowledged, and the next writer brings the heads forward
// Source   lexecon-ledger(5), Appending
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/entropy.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/append.hpp"
#include "ledger/node_files.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct WriteOptions {
  std::chrono::milliseconds patience = std::chrono::seconds(10);
  Path state_home;
  bool accept_clock = false;
  bool allow_network_filesystem = false;
};

/// Gives the key in force, which the log names once the lock is held: another process may have rotated
/// it. What it gives must outlive the writer.
using Signer = std::function<const crypto::SecretKey&(const crypto::PublicKey& in_force)>;

class Writer {
 public:
  Writer(const NodeFiles& files, const Signer& signer, Timestamp now, Entropy& entropy,
         const WriteOptions& options);
  /// `key` and `entropy` must outlive the writer. `now` is the caller's clock.
  Writer(const NodeFiles& files, const crypto::SecretKey& key, Timestamp now, Entropy& entropy,
         const WriteOptions& options);
  /// Creates the database and its genesis entry; nothing may stand in its place, and unless commit()
  /// returns nothing will.
  [[nodiscard]] static Writer create(const NodeFiles& files, const crypto::SecretKey& key,
                                     const std::string& origin, const std::string& node_id,
                                     Timestamp now, Entropy& entropy, const WriteOptions& options);
  /// Goes on where a stored checkpoint ends, by a key that nothing before vouches for: the first and
  /// only entry must be key.rotated to `key`, with what was lost. Heads are not asked.
  [[nodiscard]] static Writer recover(const NodeFiles& files, const crypto::SecretKey& key,
                                      Timestamp now, Entropy& entropy, const WriteOptions& options);
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) = delete;

  /// The timestamp that every entry of this transaction will carry.
  [[nodiscard]] Timestamp at() const;
  [[nodiscard]] const std::string& origin() const;
  [[nodiscard]] const std::string& node_id() const;
  /// The key that signs this transaction.
  [[nodiscard]] const crypto::PublicKey& key() const;
  /// How many entries the log has, those of this transaction too.
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] store::Database& database();

  /// Appends one entry; data of a listed type must have its shape. A refused draft (bad_input) leaves
  /// the transaction as it was; after any other Error it can only be rolled back.
  Appended append(Draft draft);
  /// Signs and stores the checkpoint of what was appended, behind which nothing can be appended. Returns
  /// the note, the last one with nothing appended; it is worth nothing before commit() returned.
  std::string sign();
  /// Signs unless that was done, commits, reads back what was written, replaces the heads. Returns the
  /// note. With nothing appended it rolls back and returns the last note.
  std::string commit();

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lexecon::ledger
