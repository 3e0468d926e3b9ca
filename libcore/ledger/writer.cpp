#include "ledger/writer.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "ledger/clock.hpp"
#include "ledger/frontier.hpp"
#include "ledger/ground.hpp"
#include "ledger/head.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/read_back.hpp"
#include "ledger/standing.hpp"
#include "store/schema.hpp"

namespace lexecon::ledger {
namespace {

// Removes what create() made, unless commit() returned.
class Undo {
 public:
  Undo() = default;
  ~Undo() {
    std::error_code ignored;
    for (const Path& path : made_) std::filesystem::remove(path, ignored);
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void add(const Path& path) { made_.push_back(path); }
  void keep() { made_.clear(); }
  [[nodiscard]] bool is_needed() const { return !made_.empty(); }

 private:
  std::vector<Path> made_;
};

}  // namespace

// Members go from the last to the first: the database is closed, then what create() made is removed,
// and only then is the lock released.
struct Writer::State {
  State(const NodeFiles& node, Entropy& source, const WriteOptions& given, store::OpenMode mode)
      : files(node),
        options(given),
        entropy(source),
        made_lock(mode == store::OpenMode::create && !std::filesystem::exists(node.lock())),
        lock(node.lock(), given.patience),
        database(open_database(mode)),
        transaction(database, store::Transaction::Kind::write) {
    store::migrate(database);
    store::check_schema(database);
  }

  store::Database open_database(store::OpenMode mode);
  void begin(const Signer& signer, Timestamp now);
  void begin_new(const crypto::SecretKey& first, const std::string& origin,
                 const std::string& node_id, Timestamp now);
  void begin_recovery(const crypto::SecretKey& next, Timestamp now);
  void go_on(Timestamp now);
  [[nodiscard]] Place place() const;
  [[nodiscard]] chain::Checkpoint checkpoint() const;
  [[nodiscard]] Draft clock_draft() const;
  void insert(const Appended& appended);
  void require_usable() const;
  void require_may_follow(const chain::Entry& entry) const;

  NodeFiles files;
  WriteOptions options;
  const crypto::SecretKey* key = nullptr;  // set when the transaction begins
  Entropy& entropy;
  bool made_lock;
  FileLock lock;
  Undo undo;
  store::Database database;
  store::Transaction transaction;
  Standing standing;
  EntryTime time;
  ReadBack written;
  bool is_recovery = false;
  bool is_ended = false;  // nothing may follow the last entry in this transaction
  bool is_signed = false;
  bool usable = true;  // false once a statement failed half way, and from commit() on
};

store::Database Writer::State::open_database(store::OpenMode mode) {
  if (made_lock) undo.add(files.lock());
  if (mode == store::OpenMode::create) {
    const std::array made{files.head_note(), files.database(),
                          Path(files.database().string() + "-journal")};
    for (const Path& path : made) refuse_what_stands_there(path);
    for (const Path& path : made) undo.add(path);
  }
  return {files.database(), mode, options.patience};
}

void Writer::State::begin(const Signer& signer, Timestamp now) {
  standing = read_standing(database);
  const std::string& name = standing.genesis.log.name;
  if (standing.last.event_type == "log.closed") {
    throw Error(ErrorCode::not_permitted, "the log `" + name + "` was closed",
                files.folder.string());
  }
  check_heads(database, standing, read_heads(files, options.state_home, name));
  go_on(now);
  remove_left_over(files);
  // A crash or a full disk may have left the heads behind the last commit.
  write_heads(files, options.state_home, name, standing.note);
  // After the heads: the older of two keys is destroyed only where the log is whole.
  const crypto::PublicKey in_force = standing.keys.in_force().key;
  key = &signer(in_force);
  if (key->public_key() == in_force) return;
  throw Error(ErrorCode::not_permitted,
              "the log `" + name + "` is kept with the key " + in_force.kid() + ", this one is " +
                  key->public_key().kid(),
              files.ledger_key().string(), "use the ledger key of this node");
}

void Writer::State::begin_recovery(const crypto::SecretKey& next, Timestamp now) {
  standing = read_standing(database);
  go_on(now);
  key = &next;
  is_recovery = true;
}

void Writer::State::go_on(Timestamp now) {
  time = entry_time_of(now, standing.last.timestamp, options.accept_clock);
  written = ReadBack(standing.range, standing.last.sealed_hash);
}

void Writer::State::begin_new(const crypto::SecretKey& first, const std::string& origin,
                              const std::string& node_id, Timestamp now) {
  key = &first;
  standing.genesis = {
      .log = {.name = origin, .key = first.public_key()}, .node_id = node_id, .at = now};
  time = {now, std::nullopt};
  const Draft genesis{
      .event_type = "genesis",
      .actor = "node:" + node_id,
      .data = {{"ledger_vkey", crypto::vkey(standing.genesis.log)}, {"node_id", node_id}},
      .sealed = std::nullopt};
  const Appended appended = make_entry(genesis, place(), entropy);
  static_cast<void>(read_genesis(appended.entry));
  insert(appended);
}

Place Writer::State::place() const {
  return {standing.genesis.log.name, standing.range.size(), standing.last_hash, time.at};
}

chain::Checkpoint Writer::State::checkpoint() const {
  return {standing.genesis.log.name, standing.range.size(), standing.range.root()};
}

Draft Writer::State::clock_draft() const {
  return {.event_type = "clock.accepted",
          .actor = "node:" + standing.genesis.node_id,
          .data = {{"behind_seconds", *time.behind_seconds}},
          .sealed = std::nullopt};
}

void Writer::State::insert(const Appended& appended) {
  written.expect(appended);
  insert_entry(database, appended);
  standing.before_last = standing.range;
  standing.range.append(chain::leaf_hash(appended.bytes));
  standing.last_hash = appended.hash;
}

void Writer::State::require_usable() const {
  if (!usable) throw Error(ErrorCode::internal, "a ledger transaction was used after its end");
}

// SECURITY: a recovery is signed by the key that it names, any other transaction by the one before.
void Writer::State::require_may_follow(const chain::Entry& entry) const {
  const auto require = [](bool holds, const char* expected) {
    if (!holds) throw Error(ErrorCode::internal, expected);
  };
  require(!is_ended, "an entry was appended behind the last of its transaction");
  const auto rotation = rotation_in(entry);
  require(!is_recovery || rotation, "expected a recovery to be one key.rotated");
  if (!rotation) return;
  require(rotation->lost.has_value() == is_recovery, "expected what was lost in recoveries alone");
  require(rotation->next.name == standing.genesis.log.name &&
              !standing.keys.sizes_of(rotation->next.key),
          "expected a key of this log that it never had");
  require(!is_recovery || rotation->next.key == key->public_key(),
          "expected a recovery to name its own key");
}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Writer::Writer(const NodeFiles& files, const crypto::SecretKey& key, Timestamp now,
               Entropy& entropy, const WriteOptions& options)
    : Writer(
          files, [&key](const auto&) -> const crypto::SecretKey& { return key; }, now, entropy,
          options) {}

Writer::Writer(const NodeFiles& files, const Signer& signer, Timestamp now, Entropy& entropy,
               const WriteOptions& options) {
  refuse_network_filesystem(files.folder, options.allow_network_filesystem);
  if (!std::filesystem::exists(files.database())) {
    throw Error(ErrorCode::not_found, "no such ledger", files.database().string(),
                "run lexecon init");
  }
  state_ = std::make_unique<State>(files, entropy, options, store::OpenMode::read_write);
  state_->begin(signer, now);
}

Writer Writer::recover(const NodeFiles& files, const crypto::SecretKey& key, Timestamp now,
                       Entropy& entropy, const WriteOptions& options) {
  auto state = std::make_unique<State>(files, entropy, options, store::OpenMode::read_write);
  state->begin_recovery(key, now);
  return Writer(std::move(state));
}

Writer Writer::create(const NodeFiles& files, const crypto::SecretKey& key,
                      const std::string& origin, const std::string& node_id, Timestamp now,
                      Entropy& entropy, const WriteOptions& options) {
  refuse_network_filesystem(files.folder, options.allow_network_filesystem);
  if (!chain::is_origin_of(origin, key.public_key())) {
    throw Error(ErrorCode::bad_input, "`" + printable(origin) + "` is not a name for a log", {},
                "use [a-z0-9][a-z0-9._/-]{0,199}; names below lexecon.internal/log/ are derived "
                "from keys, never given");
  }
  refuse_another_log_of_that_name(options.state_home, origin);
  auto state = std::make_unique<State>(files, entropy, options, store::OpenMode::create);
  state->begin_new(key, origin, node_id, now);
  return Writer(std::move(state));
}

Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;

Timestamp Writer::at() const { return state_->time.at; }
const std::string& Writer::origin() const { return state_->standing.genesis.log.name; }
const std::string& Writer::node_id() const { return state_->standing.genesis.node_id; }
const crypto::PublicKey& Writer::key() const { return state_->key->public_key(); }
std::uint64_t Writer::size() const { return state_->standing.range.size(); }
store::Database& Writer::database() { return state_->database; }

Appended Writer::append(Draft draft) {
  State& state = *state_;
  state.require_usable();
  Place place = state.place();
  std::optional<Appended> clock;
  // A recovery is at the seq that its checkpoint ends at; the next transaction accepts the clock.
  if (state.time.behind_seconds && !state.is_recovery) {
    clock = make_entry(state.clock_draft(), place, state.entropy);
    ++place.seq;
    place.previous_hash = clock->hash;
  }
  Appended appended = make_entry(std::move(draft), place, state.entropy);
  state.require_may_follow(appended.entry);
  state.usable = false;
  if (clock) state.insert(*clock);
  state.time.behind_seconds.reset();
  state.insert(appended);
  state.is_ended =
      appended.entry.event_type == "key.rotated" || appended.entry.event_type == "log.closed";
  state.usable = true;
  return appended;
}

std::string Writer::sign() {
  State& state = *state_;
  state.require_usable();
  Standing& standing = state.standing;
  if (state.written.empty() || state.is_signed) return standing.note;
  state.usable = false;
  const auto checkpoint = state.checkpoint();
  standing.note = chain::sign_checkpoint(checkpoint, *state.key);
  state.database.prepare("INSERT INTO checkpoints(tree_size, note) VALUES(?1, ?2)")
      .bind(1, static_cast<std::int64_t>(checkpoint.tree_size))
      .bind(2, std::string_view(standing.note))
      .run();
  write_frontier(state.database, standing.before_last);
  state.is_signed = true;
  state.is_ended = true;
  state.usable = true;
  return standing.note;
}

std::string Writer::commit() {
  State& state = *state_;
  auto note = sign();
  state.usable = false;
  if (state.written.empty()) return note;
  state.transaction.commit();
  try {
    state.written.check(state.database, state.checkpoint(), note);
    write_heads(state.files, state.options.state_home, origin(), note);
  } catch (const Error& error) {
    if (state.undo.is_needed()) throw;
    throw behind_the_commit(error);
  }
  state.undo.keep();
  return note;
}

}  // namespace lexecon::ledger
