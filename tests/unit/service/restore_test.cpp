#include "service/restore.hpp"

#include <iostream>
#include <set>

#include "office.hpp"
#include "service/backup.hpp"
#include "service/verify.hpp"
#include "unit/store/faulty_vfs.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::FaultPlan;
using test::FaultyVfs;
using test::Office;
using test::Operation;

const std::vector<Operation> all_writing{Operation::open, Operation::write, Operation::truncate,
                                         Operation::sync, Operation::remove};

service::RestoreFrom plain(const Path& file) {
  return {.file = file, .pins = {}, .older_notes = {}};
}

std::set<std::string> names_in(const Path& folder) {
  std::set<std::string> names;
  for (const auto& each : std::filesystem::directory_iterator(folder)) {
    names.insert(each.path().filename().string());
  }
  return names;
}

struct Kept {
  Kept() {
    (void)office.decide(test::reading());
    (void)office.decide(test::paying());
    bodies = office.bodies();
    (void)make(file);
  }

  [[nodiscard]] service::BackedUp make(const Path& target) {
    return service::backup(office.node(), target, office.session().write.state_home);
  }
  [[nodiscard]] service::Restored restore() {
    return service::restore(office.node().files.folder, plain(file), office.session());
  }
  void lose() const { office.remove("ledger.db"); }

  Office office;
  test::TempFolder folder;
  Path file = folder / "kept";
  std::vector<std::string> bodies;
};

}  // namespace

TEST_SUITE("service/restore") {
  TEST_CASE("what was backed up is restored, entry for entry and row for row") {
    Kept kept;
    const auto rows = kept.office.projections();
    kept.lose();
    const auto restored = kept.restore();
    CHECK(restored.head.tree_size == kept.bodies.size());
    CHECK_FALSE(restored.replaced);
    CHECK(restored.missing_keys.empty());
    CHECK(kept.office.bodies() == kept.bodies);
    CHECK(kept.office.projections() == rows);
    CHECK(kept.office.verified() == "valid");
    (void)kept.office.decide(test::reading());
    CHECK(kept.office.verified() == "valid");
  }

  TEST_CASE("no byte of a backup can be changed so that something else is restored") {
    Kept kept;
    const auto good = test::slurp(kept.file);
    kept.lose();
    int refused = 0;
    int same = 0;
    for (std::size_t at = 0; at < good.size(); at += 1 + at % 977) {
      CAPTURE(at);
      auto bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 4);
      replace_file(kept.file, bad, Access::private_to_owner);
      const auto code = code_of([&] { (void)kept.restore(); });
      if (code) {
        ++refused;
        CHECK_FALSE(std::filesystem::exists(kept.office.node().files.database()));
        continue;
      }
      ++same;
      CHECK(kept.office.bodies() == kept.bodies);
      CHECK(kept.office.verified() == "valid");
      kept.lose();
    }
    CHECK(refused > 10);
    std::cout << "restore, bytes flipped: " << refused << " refused, " << same
              << " without a meaning\n";
  }

  TEST_CASE("a disk that fails at any operation of a backup leaves no file, or a whole one") {
    FaultyVfs vfs;
    Kept kept;
    const auto before = names_in(kept.folder.path());
    int faults = 0;
    for (int n = 1;; ++n) {
      CAPTURE(n);
      vfs.plan({all_writing, n, SQLITE_IOERR_WRITE, n % 2 == 0});
      const auto code = code_of([&] { (void)kept.make(kept.folder / "new"); });
      const bool was_triggered = vfs.was_triggered();
      vfs.heal();
      if (code) {
        CHECK(code == ErrorCode::io);
        CHECK(names_in(kept.folder.path()) == before);
      } else {
        std::filesystem::remove(kept.folder / "new");
      }
      if (!was_triggered) {
        CHECK_FALSE(code);
        break;
      }
      ++faults;
      REQUIRE(n < 500);
    }
    CHECK(faults > 3);
    CHECK(kept.office.verified() == "valid");
    std::cout << "backup, faults: " << faults << " places\n";
  }

  TEST_CASE(
      "a disk that fails at any operation of a restore leaves the node as it was, or restored") {
    FaultyVfs vfs;
    Kept kept;
    int faults = 0;
    for (int n = 1;; ++n) {
      CAPTURE(n);
      kept.lose();
      const auto before = names_in(kept.office.node().files.folder);
      vfs.plan({all_writing, n, SQLITE_IOERR_WRITE, n % 2 == 0});
      const auto code = code_of([&] { (void)kept.restore(); });
      const bool was_triggered = vfs.was_triggered();
      vfs.heal();
      if (code) {
        CHECK((code == ErrorCode::io || code == ErrorCode::busy));
        CHECK(names_in(kept.office.node().files.folder) == before);
        (void)kept.restore();
      }
      CHECK(kept.office.verified() == "valid");
      if (!was_triggered) {
        CHECK_FALSE(code);
        break;
      }
      ++faults;
      REQUIRE(n < 500);
    }
    CHECK(faults > 3);
    std::cout << "restore, faults: " << faults << " places\n";
  }

  TEST_CASE("what a killed restore left goes with the next one") {
    Kept kept;
    kept.lose();
    const auto left = kept.office.node().files.folder / "restore.1";
    make_folder(left, Access::private_to_owner);
    write_new_file(left / "ledger.db", "half", Access::private_to_owner);
    (void)kept.restore();
    CHECK_FALSE(std::filesystem::exists(left));
  }
}

}  // namespace lexecon
