#include "ledger/head.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/node.hpp"

using namespace lexecon;
using test::error_of;
using test::Node;

namespace {

Error error_of_open(Node& node) {
  return error_of([&] { static_cast<void>(node.open()); });
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Sets a variable for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* const before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

// What replace_file() fills first; a folder of that name keeps it from it.
Path temporary_of(const Path& path) { return path.string() + ".new." + std::to_string(::getpid()); }

}  // namespace

TEST_SUITE("ledger/head") {
  TEST_CASE(
      "a database set back is refused, with both sizes, by head.note and by the user's copy") {
    Node node;
    node.create();
    const Path yesterday = node.folder / "yesterday.db";
    std::filesystem::copy(node.files.database(), yesterday);
    const std::string old_note = test::slurp(node.files.head_note());
    node.write({Node::plain_draft("a"), Node::plain_draft("b")});
    std::filesystem::copy(yesterday, node.files.database(),
                          std::filesystem::copy_options::overwrite_existing);
    const Error by_note = error_of_open(node);
    CHECK(by_note.code() == ErrorCode::integrity);
    CHECK(contains(by_note.message(), "1 entries"));
    CHECK(contains(by_note.message(), "3"));

    // The directory whole, as a backup would restore it.
    replace_file(node.files.head_note(), old_note, Access::as_umask);
    const Error by_copy = error_of_open(node);
    CHECK(by_copy.code() == ErrorCode::integrity);
    CHECK(contains(by_copy.message(), "the user's copy"));

    // Nothing inside is left to tell: only what is kept elsewhere would.
    std::filesystem::remove_all(node.options.state_home);
    CHECK_NOTHROW(static_cast<void>(node.open()));
  }

  TEST_CASE("head.note may be missing beside one checkpoint, and comes back") {
    Node node;
    const std::string note = node.create();
    std::filesystem::remove(node.files.head_note());
    static_cast<void>(node.open());
    CHECK(test::slurp(node.files.head_note()) == note);
  }

  TEST_CASE("head.note missing beside two checkpoints is refused") {
    Node node;
    node.create();
    node.write({Node::plain_draft("a")});
    std::filesystem::remove(node.files.head_note());
    const Error error = error_of_open(node);
    CHECK(error.code() == ErrorCode::integrity);
    CHECK(contains(error.hint(), "lexecon-ledger(5)"));
  }

  TEST_CASE("heads behind the database are brought forward by the next writer") {
    Node node;
    const std::string old_note = node.create();
    const std::string new_note = node.write({Node::plain_draft("a")});
    replace_file(node.files.head_note(), old_note, Access::as_umask);
    std::filesystem::remove_all(node.options.state_home);
    static_cast<void>(node.open());
    CHECK(test::slurp(node.files.head_note()) == new_note);
    CHECK(test::slurp(ledger::user_head(node.options.state_home, node.origin)) == new_note);
  }

  TEST_CASE("a head of another history, of another log or in pieces is refused") {
    Node node;
    node.create();
    const Path copy = node.folder / "fork";
    test::copy_folder(node.files.folder, copy);
    const std::string note = node.write({Node::plain_draft("a")});

    // The copy goes another way from the same beginning, under the same key.
    Node fork(2);
    test::copy_folder(copy, fork.files.folder);
    auto other = ledger::Writer(fork.files, node.key, node.now, fork.entropy, fork.options);
    other.append(Node::plain_draft("b"));
    const std::string forked = other.commit();
    REQUIRE(forked != note);

    for (const std::string& head : {forked, note.substr(0, note.size() - 1), std::string(),
                                    note + "x", note.substr(0, 4) + "z" + note.substr(5)}) {
      CAPTURE(head);
      replace_file(node.files.head_note(), head, Access::as_umask);
      CHECK(error_of_open(node).code() == ErrorCode::integrity);
      replace_file(node.files.head_note(), note, Access::as_umask);
      replace_file(ledger::user_head(node.options.state_home, node.origin), head,
                   Access::private_to_owner);
      CHECK(error_of_open(node).code() == ErrorCode::integrity);
      replace_file(ledger::user_head(node.options.state_home, node.origin), note,
                   Access::private_to_owner);
    }
    CHECK_NOTHROW(static_cast<void>(node.open()));
  }

  TEST_CASE("a head is never written to a smaller size") {
    Node node;
    const std::string small = node.create();
    const std::string large = node.write({Node::plain_draft("a")});
    const auto write = [&](const std::string& note) {
      ledger::write_heads(node.files, node.options.state_home, node.origin, note);
    };
    CHECK(error_of([&] { write(small); }).code() == ErrorCode::integrity);
    CHECK(test::slurp(node.files.head_note()) == large);
  }

  TEST_CASE("a commit whose head cannot be written is not acknowledged, and is mended later") {
    Node node;
    node.create();
    auto writer = node.open();
    writer.append(Node::plain_draft("a"));
    // A folder in the place of the user's heads: no permission stops root, this does.
    std::filesystem::remove_all(node.options.state_home);
    write_new_file(node.options.state_home, "", Access::private_to_owner);
    CHECK(error_of([&] { writer.commit(); }).code() == ErrorCode::io);
    std::filesystem::remove(node.options.state_home);
    { const ledger::Writer closed = std::move(writer); }
    auto next = node.open();
    CHECK(next.append(Node::plain_draft("b")).entry.seq == 2);
    next.commit();
    CHECK(std::filesystem::exists(ledger::user_head(node.options.state_home, node.origin)));
  }

  TEST_CASE("a ledger whose first head cannot be written was not created") {
    Node node;
    write_new_file(node.options.state_home, "", Access::private_to_owner);
    CHECK(error_of([&] { node.create(); }).code() == ErrorCode::cannot_create);
    CHECK(std::filesystem::is_empty(node.files.folder));
  }

  TEST_CASE("of a log whose first head cannot be written there is no copy") {
    Node node;
    const Path in_the_way = temporary_of(node.files.head_note());
    std::filesystem::create_directory(in_the_way);
    CHECK_THROWS_AS(node.create(), Error);
    CHECK_FALSE(std::filesystem::exists(ledger::user_head(node.options.state_home, node.origin)));
    std::filesystem::remove(in_the_way);
    node.create();
  }

  TEST_CASE("a copy that is ahead of a head which could not be written is caught up with") {
    Node node;
    node.create();
    auto writer = node.open();
    writer.append(Node::plain_draft("a"));
    const Path in_the_way = temporary_of(node.files.head_note());
    std::filesystem::create_directory(in_the_way);
    CHECK_THROWS_AS(writer.commit(), Error);
    const auto copy = ledger::user_head(node.options.state_home, node.origin);
    CHECK(test::slurp(copy) != test::slurp(node.files.head_note()));
    std::filesystem::remove(in_the_way);
    { const ledger::Writer closed = std::move(writer); }
    auto next = node.open();
    CHECK(test::slurp(copy) == test::slurp(node.files.head_note()));
    CHECK(next.append(Node::plain_draft("b")).entry.seq == 2);
    const auto note = next.commit();
    CHECK(test::slurp(copy) == note);
    CHECK(test::slurp(node.files.head_note()) == note);
  }

  TEST_CASE("the user's copy follows XDG and is left out without a usable home") {
    const test::TempFolder home;
    const Variable set_home("HOME", home.path().string());
    {
      const Variable state("XDG_STATE_HOME", (home / "state").string());
      CHECK(ledger::default_state_home() == home.path() / "state" / "lexecon");
    }
    const Variable state("XDG_STATE_HOME", "relative");
    CHECK(ledger::default_state_home() == home.path() / ".local" / "state" / "lexecon");
    const Variable none("HOME", "/nonexistent");
    CHECK(ledger::default_state_home().empty());
    const Variable empty("HOME", "");
    CHECK(ledger::default_state_home().empty());
  }

  TEST_CASE("a head that is no regular file is an altered head, for writers and the verifier") {
    Node node;
    node.create();
    const std::string note = node.write({Node::plain_draft("a")});
    const Path copy = ledger::user_head(node.options.state_home, node.origin);
    const Path elsewhere = node.folder / "elsewhere";
    write_new_file(elsewhere, note, Access::private_to_owner);
    ledger::VerifyOptions options;
    options.state_home = node.options.state_home;
    for (const Path& head : {node.files.head_note(), copy}) {
      for (const int kind : {0, 1, 2, 3}) {
        CAPTURE(head);
        CAPTURE(kind);
        std::filesystem::remove(head);
        if (kind == 0) std::filesystem::create_directory(head);
        if (kind == 1) std::filesystem::create_symlink(elsewhere, head);
        if (kind == 2) std::filesystem::create_symlink("/nonexistent", head);
        if (kind == 3) write_new_file(head, std::string(70'000, 'x'), Access::private_to_owner);
        CHECK(error_of_open(node).code() == ErrorCode::integrity);
        CHECK(ledger::verify(node.files, options).verdict == ledger::Verdict::invalid);
        std::filesystem::remove(head);
        write_new_file(head, note, Access::private_to_owner);
      }
    }
    CHECK_NOTHROW(static_cast<void>(node.open()));
  }

  TEST_CASE("a copy that cannot be replaced is read all the same, and stops every append") {
    Node node;
    node.create();
    const Path copy = ledger::user_head(node.options.state_home, node.origin);
    const auto as_owner_without_root = [&](const auto& action) {
      const bool is_root = ::geteuid() == 0;
      constexpr unsigned nobody = 65'534;
      if (is_root) {
        ::chmod(node.folder.path().c_str(), 0755);
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(node.folder.path())) {
          REQUIRE(::lchown(entry.path().c_str(), nobody, nobody) == 0);
        }
        REQUIRE(::seteuid(nobody) == 0);
      }
      std::filesystem::permissions(copy.parent_path(), std::filesystem::perms(0500));
      action();
      std::filesystem::permissions(copy.parent_path(), std::filesystem::perms(0700));
      if (is_root) REQUIRE(::seteuid(0) == 0);
    };
    as_owner_without_root([&] {
      const Error error = error_of_open(node);
      CHECK(error.code() == ErrorCode::io);
      CHECK(contains(error.message(), "cannot be replaced"));
      CHECK(ledger::read_heads(node.files, node.options.state_home, node.origin).user);
    });
    const std::string note = test::slurp(copy);
    std::filesystem::remove(copy);
    as_owner_without_root([&] { CHECK_NOTHROW(static_cast<void>(node.open())); });
    CHECK_FALSE(std::filesystem::exists(copy));
    CHECK_NOTHROW(static_cast<void>(node.open()));
    CHECK(test::slurp(copy) == note);
  }

  TEST_CASE("what others that died left in the node goes with the next writer, and nothing else") {
    Node node;
    node.create();
    const auto put = [&node](const std::string& name) {
      if (name.starts_with("head")) {
        write_new_file(node.files.folder / name, "half", Access::private_to_owner);
        return;
      }
      make_folder(node.files.folder / name, Access::private_to_owner);
      write_new_file(node.files.folder / name / "ledger.db", "half", Access::private_to_owner);
    };
    const auto left = {"head.note.new.4194305", "recover.4194305", "restore.4194305"};
    for (const auto* name : left) put(name);
    const auto others = {"replaced.2026-01-01T00:00:00.000000Z", "restore.sh", "recover.notes"};
    for (const auto* name : others) put(name);
    static_cast<void>(node.open());
    for (const auto* name : left) {
      CAPTURE(name);
      CHECK_FALSE(std::filesystem::exists(node.files.folder / name));
    }
    for (const auto* name : others) {
      CAPTURE(name);
      CHECK(std::filesystem::exists(node.files.folder / name));
    }
  }

  TEST_CASE("head.note is missed beside several transactions though their checkpoints are gone") {
    Node node;
    node.create();
    node.write({Node::plain_draft("a")});
    std::filesystem::remove(node.files.head_note());
    store::Database(node.files.database(), store::OpenMode::read_write)
        .execute("DELETE FROM checkpoints WHERE tree_size = 1");
    CHECK(error_of_open(node).code() == ErrorCode::integrity);
  }
}
