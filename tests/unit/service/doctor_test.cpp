#include "service/doctor.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "ledger/head.hpp"
#include "office.hpp"
#include "service/activate.hpp"
#include "service/doctor_checks.hpp"

namespace lexecon {
namespace {

using service::Health;
using test::Office;

using Ailing = std::map<std::string, Health>;

service::Diagnosis diagnosis_of(Office& office) {
  return service::examine(office.made().folder, office.session().write.state_home,
                          office.session().now);
}

/// Every finding that is not ok; those that were not run are left out when `reached` is false.
Ailing ailing(const service::Diagnosis& diagnosis) {
  Ailing found;
  for (const auto& finding : diagnosis.findings) {
    CHECK_FALSE(finding.detail.empty());
    if (finding.health != Health::ok) found[finding.name] = finding.health;
  }
  const bool failed = std::any_of(found.begin(), found.end(),
                                  [](const auto& each) { return each.second == Health::fail; });
  CHECK(service::is_sound(diagnosis) != failed);
  return found;
}

Ailing ailing(Office& office) { return ailing(diagnosis_of(office)); }

/// A check that keeps the ledger closed, and those that are not reached therefore.
Ailing keeps_ledger_closed(const std::string& name) {
  Ailing expected{{name, Health::fail}};
  for (const auto* each :
       {"ledger", "ledger_key", "token_key", "clock", "heads", "active_set", "draft", "cache"}) {
    expected[each] = Health::not_run;
  }
  return expected;
}

std::string mend_of(Office& office, const std::string& name) {
  for (const auto& finding : diagnosis_of(office).findings) {
    if (finding.name == name) return finding.mend;
  }
  return "no such check";
}

void allow(const Path& path, unsigned mode) { REQUIRE(::chmod(path.c_str(), mode) == 0); }

/// One byte of a file becomes another.
void overwrite(const Path& path, std::size_t at, char byte) {
  auto bytes = test::slurp(path);
  bytes.at(at) = byte;
  replace_file(path, bytes, Access::private_to_owner);
}

}  // namespace

TEST_SUITE("service/doctor") {
  TEST_CASE("a fresh node is well, and so is one in use") {
    Office office;
    CHECK(ailing(office).empty());
    (void)office.decide(test::paying());
    CHECK(ailing(office).empty());
    const auto document = service::to_json(diagnosis_of(office));
    CHECK(document.at("sound") == true);
    CHECK(document.at("findings").size() == 18);
    CHECK(document.at("findings")[0].at("mend").is_null());
  }

  TEST_CASE("what others may write to is found, with the command that mends it") {
    Office office;
    const auto& files = office.node().files;
    allow(files.folder, 0777);
    CHECK(ailing(office) == Ailing{{"folder", Health::fail}});
    CHECK(mend_of(office, "folder") == "chmod go-w -- " + files.folder.string());
    allow(files.folder, 0755);
    CHECK(ailing(office).empty());
    allow(files.head_note(), 0666);
    CHECK(ailing(office) == keeps_ledger_closed("files"));
    CHECK(mend_of(office, "files") == "chmod go-w -- " + files.head_note().string());
    allow(files.folder, 0700);  // nobody reaches it any more
    CHECK(ailing(office).empty());
  }

  TEST_CASE("a private key that is open, linked or absent is found") {
    Office office;
    const auto& files = office.node().files;
    allow(files.token_key(), 0640);
    CHECK(ailing(office) == keeps_ledger_closed("private_keys"));
    CHECK(mend_of(office, "private_keys") == "chmod go-rwx -- " + files.token_key().string());
    allow(files.token_key(), 0600);
    allow(files.keys(), 0755);
    CHECK(ailing(office) == keeps_ledger_closed("private_keys"));
    allow(files.keys(), 0700);
    std::filesystem::create_hard_link(files.token_key(), files.folder / "second");
    CHECK(ailing(office) == keeps_ledger_closed("private_keys"));
    std::filesystem::remove(files.folder / "second");
    CHECK(ailing(office).empty());
    std::filesystem::remove(files.ledger_key());
    CHECK(ailing(office).at("private_keys") == Health::warn);
  }

  TEST_CASE("the ledger behind a link is not opened") {
    Office office;
    const auto& files = office.node().files;
    std::filesystem::rename(files.database(), files.folder / "elsewhere");
    std::filesystem::create_symlink("elsewhere", files.database());
    const auto found = ailing(office);
    CHECK(found.at("files") == Health::fail);
    CHECK(found.at("ledger") == Health::not_run);
  }

  TEST_CASE("a database of another kind, schema or journal mode is not opened") {
    Office office;
    const auto path = office.node().files.database();
    const auto good = test::slurp(path);
    overwrite(path, 18, 2);  // the version that writes: WAL
    CHECK(ailing(office) == keeps_ledger_closed("database"));
    CHECK(mend_of(office, "database") ==
          "sqlite3 " + path.string() + " 'PRAGMA journal_mode=DELETE'");
    CHECK_FALSE(std::filesystem::exists(path.string() + "-wal"));
    replace_file(path, good, Access::private_to_owner);
    overwrite(path, 63, 99);  // user_version
    CHECK(ailing(office) == keeps_ledger_closed("database"));
    replace_file(path, good, Access::private_to_owner);
    overwrite(path, 68, 0);  // application_id
    CHECK(ailing(office) == keeps_ledger_closed("database"));
    replace_file(path, "", Access::private_to_owner);
    CHECK(ailing(office) == keeps_ledger_closed("database"));
    std::filesystem::remove(path);
    CHECK(ailing(office) == keeps_ledger_closed("database"));
  }

  TEST_CASE("a journal that a crash left is named and left as it is") {
    Office office;
    const Path journal = office.node().files.database().string() + "-journal";
    const std::string bytes = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + std::string(504, '\0');
    write_new_file(journal, bytes, Access::private_to_owner);
    CHECK(ailing(office) == keeps_ledger_closed("journal"));
    CHECK(test::slurp(journal) == bytes);
    {
      const FileLock writer(office.node().files.lock(), std::chrono::milliseconds(0));
      CHECK(mend_of(office, "journal").empty());  // it belongs to a writer at work
    }
    replace_file(journal, "", Access::private_to_owner);  // one that was committed
    CHECK(ailing(office).empty());
  }

  TEST_CASE("room is judged by bytes, inodes and whether anything is recorded") {
    constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
    const auto health = [](const service::Room& room) {
      return service::judge_room(room, "/a b").health;
    };
    CHECK(health({.bytes = 256 * mebibyte}) == Health::ok);
    CHECK(health({.bytes = 256 * mebibyte - 1}) == Health::warn);
    CHECK(health({.bytes = 4 * mebibyte - 1}) == Health::fail);
    CHECK(health({.bytes = 256 * mebibyte, .has_inodes = false}) == Health::fail);
    CHECK(health({.bytes = 0, .has_inodes = false, .read_only = true}) == Health::warn);
    CHECK(service::judge_room({.bytes = 0}, "/a b").mend == "df -h '/a b'");
  }

  TEST_CASE("what writers left half written is listed, but not that of a living one") {
    Office office;
    office.write("head.note.new.999999999", "half");
    CHECK(ailing(office) == Ailing{{"leftovers", Health::warn}});
    CHECK(mend_of(office, "leftovers") ==
          "rm -r -- " + (office.made().folder / "head.note.new.999999999").string());
    office.remove("head.note.new.999999999");
    office.write("head.note.new." + std::to_string(::getpid()), "at work");
    CHECK(ailing(office).empty());
    for (const auto* name : {"recover.999999999", "restore.999999999"}) {
      make_folder(office.made().folder / name, Access::private_to_owner);
      CHECK(ailing(office) == Ailing{{"leftovers", Health::warn}});
      office.remove(name);
    }
    make_folder(office.made().folder.parent_path() / ".node.init-0011", Access::as_umask);
    CHECK(ailing(office) == Ailing{{"leftovers", Health::warn}});
  }

  TEST_CASE("a state home that is none is found") {
    Office office;
    const auto& home = office.session().write.state_home;
    std::filesystem::remove_all(home);
    CHECK(ailing(office) == Ailing{{"heads", Health::warn}});  // there is no second copy
    write_new_file(home, "a file", Access::as_umask);
    CHECK(ailing(office).at("state_home") == Health::fail);
    const auto without = service::examine(office.made().folder, {}, office.session().now);
    CHECK(ailing(without) == Ailing{{"state_home", Health::warn}});
  }

  TEST_CASE("keys of another node are found") {
    Office office;
    const Office other(2);
    const auto copy = [&](const Path& from, const Path& to) {
      replace_file(to, test::slurp(from), Access::private_to_owner);
    };
    copy(other.node().files.ledger_pub(), office.node().files.ledger_pub());
    CHECK(ailing(office) == Ailing{{"ledger_key", Health::fail}});
    copy(office.node().files.ledger_key(), office.node().files.token_key());
    CHECK(ailing(office) == Ailing{{"ledger_key", Health::fail}, {"token_key", Health::fail}});
  }

  TEST_CASE("a clock behind the last entry is a warning, and further behind a failure") {
    Office office;
    office.pass(-60);
    CHECK(ailing(office) == Ailing{{"clock", Health::warn}});
    office.pass(-1);
    CHECK(ailing(office) == Ailing{{"clock", Health::fail}});
    office.pass(400 * 86'400);
    CHECK(ailing(office).empty());
  }

  TEST_CASE("a ledger behind its heads, and a head that is gone") {
    Office office;
    const auto old = test::slurp(office.node().files.database());
    (void)office.decide(test::reading());
    replace_file(office.node().files.database(), old, Access::private_to_owner);
    CHECK(ailing(office) == Ailing{{"heads", Health::fail}});
    Office other(2);
    std::filesystem::remove(other.node().files.head_note());
    CHECK(ailing(other) == Ailing{{"heads", Health::fail}});
  }

  TEST_CASE("files that are not in force are a warning") {
    Office office;
    office.write("risk.yaml", "threshold: 70\n");
    CHECK(ailing(office) == Ailing{{"draft", Health::warn}});
    CHECK(mend_of(office, "draft") ==
          "lexecon policy activate --node " + office.made().folder.string());
    office.remove("risk.yaml");
    CHECK(ailing(office) == Ailing{{"draft", Health::warn}});
  }

  TEST_CASE("an active set that does not load is a failure") {
    Office office;
    {
      store::Database database(office.node().files.database(), store::OpenMode::read_write);
      database.execute("UPDATE policy_files SET body = CAST('threshold: 1' AS BLOB)");
    }
    CHECK(ailing(office) == Ailing{{"active_set", Health::fail}});
  }

  TEST_CASE("a cache that would not be used is a warning") {
    Office office;
    (void)office.decide(test::reading());
    const auto cache = office.node().files.cache();
    const auto kept = cache / office.made().policy_hash.hex();
    REQUIRE(std::filesystem::exists(kept));
    allow(cache, 0755);
    CHECK(ailing(office) == Ailing{{"cache", Health::warn}});
    allow(cache, 0700);
    overwrite(kept, 40, '\x7f');
    CHECK(ailing(office) == Ailing{{"cache", Health::warn}});
    CHECK(mend_of(office, "cache") == "rm -- " + kept.string());
    std::filesystem::remove(kept);
    CHECK(ailing(office).empty());
  }

  TEST_CASE("an altered genesis keeps the node from being opened") {
    Office office;
    {
      store::Database database(office.node().files.database(), store::OpenMode::read_write);
      database.execute("UPDATE entries SET body = CAST('{}' AS BLOB) WHERE seq = 0");
    }
    const auto found = ailing(office);
    CHECK(found.at("ledger") == Health::fail);
    CHECK(found.at("clock") == Health::not_run);
    CHECK(mend_of(office, "ledger") ==
          "lexecon ledger verify --node " + office.made().folder.string());
  }

  TEST_CASE("a folder that is no node is told as everywhere") {
    const test::TempFolder folder;
    const auto look = [&folder] { (void)service::examine(folder / ".", {}, Timestamp{}); };
    CHECK(test::code_of(look) == ErrorCode::not_found);
    write_new_file(folder / "node.yaml", "id: a\n", Access::as_umask);
    CHECK(test::code_of(look) == ErrorCode::configuration);
  }
}

}  // namespace lexecon
