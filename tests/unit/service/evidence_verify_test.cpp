#include "service/evidence_verify.hpp"

#include "base/descriptor.hpp"
#include "office.hpp"
#include "service/act.hpp"
#include "service/evidence.hpp"

namespace lexecon {
namespace {

using service::EvidenceVerdict;
using test::code_of;
using test::Office;

namespace fs = std::filesystem;

struct Shelf {
  service::Evidence add(const std::string& bytes) {
    office.pass(1);
    const Path source = office.node().files.folder.parent_path() / "source";
    replace_file(source, bytes, Access::private_to_owner);
    const Descriptor input = open_regular(source);
    return service::add_evidence(office.node(), {.type = "audit_trail"}, input.get(), "source",
                                 office.session());
  }
  [[nodiscard]] service::EvidenceVerification verify(
      const std::vector<std::string>& ids = {}) const {
    return service::verify_evidence(office.node(), ids);
  }
  /// "" or the one thing that failed.
  [[nodiscard]] std::string fault() const {
    const auto found = verify();
    std::string out;
    for (const auto& each : found.evidence) {
      if (each.status == service::EvidenceStatus::fail) out += each.detail;
    }
    for (const auto& each : found.strays) {
      if (!each.harmless) out += each.path + ": " + each.what;
    }
    CHECK((found.verdict() == EvidenceVerdict::invalid) == !out.empty());
    return out;
  }
  [[nodiscard]] Path path_of(const service::Evidence& evidence) const {
    return oversight::evidence_path(office.node().files.evidence(), evidence.file->sha256);
  }
  void sql(const std::string& statement) const {
    store::Database database(office.node().files.database(), store::OpenMode::read_write);
    database.execute("PRAGMA foreign_keys=OFF");
    database.execute(statement);
  }

  Office office;
};

std::string id_of(const service::Evidence& evidence) {
  return evidence.entry.data.at("evidence_id").get<std::string>();
}

}  // namespace

TEST_SUITE_BEGIN("service/evidence_verify");

TEST_CASE("where nothing was added there is nothing to check") {
  Shelf shelf;
  CHECK(shelf.verify().verdict() == EvidenceVerdict::nothing_to_check);
  fs::create_directory(shelf.office.node().files.evidence());
  write_new_file(shelf.office.node().files.evidence() / "x", "x", Access::private_to_owner);
  CHECK(shelf.verify().verdict() == EvidenceVerdict::invalid);
}

TEST_CASE("evidence that is whole is valid, the same bytes twice too") {
  Shelf shelf;
  (void)shelf.add("one");
  (void)shelf.add("one");
  const auto last = shelf.add("two");
  const auto found = shelf.verify();
  CHECK(found.verdict() == EvidenceVerdict::valid);
  CHECK(found.count(service::EvidenceStatus::pass) == 3);
  CHECK(found.strays.empty());
  CHECK(shelf.verify({id_of(last)}).count(service::EvidenceStatus::pass) == 1);
  CHECK(code_of([&] { (void)shelf.verify({"evd_audit_trail_" + std::string(32, '0')}); }) ==
        ErrorCode::not_found);
  CHECK(code_of([&] { (void)shelf.verify({"entry_3"}); }) == ErrorCode::bad_input);
}

TEST_CASE("each way in which a file can be wrong is a failure of its own evidence alone") {
  Shelf shelf;
  const auto good = shelf.add("good");
  const auto bad = shelf.add("bad");
  const auto path = shelf.path_of(bad);
  replace_file(path, "baD", Access::private_to_owner);
  CHECK(shelf.fault() == "the file of this evidence has other bytes than were added");
  CHECK(shelf.verify({id_of(good)}).verdict() == EvidenceVerdict::valid);
  CHECK(shelf.verify({id_of(bad)}).verdict() == EvidenceVerdict::invalid);
  replace_file(path, "bad ", Access::private_to_owner);
  CHECK(shelf.fault() == "the file of this evidence is longer than 3 bytes");
  fs::remove(path);
  CHECK(shelf.fault() == "the file of this evidence is missing");
  (void)shelf.add("bad");
  CHECK(shelf.fault().empty());
  fs::permissions(path, fs::perms::others_read, fs::perm_options::add);
  CHECK(shelf.fault().ends_with("open to group or others"));
}

TEST_CASE("what no evidence names is told, and spoils nothing") {
  Shelf shelf;
  (void)shelf.add("one");
  const auto other = Hash{};
  const auto path = oversight::evidence_path(shelf.office.node().files.evidence(), other);
  make_folder(path.parent_path(), Access::private_to_owner);
  write_new_file(path, "x", Access::private_to_owner);
  const auto found = shelf.verify();
  CHECK(found.verdict() == EvidenceVerdict::valid);
  REQUIRE(found.strays.size() == 1);
  CHECK(found.strays.front().path == "evidence/00/" + other.hex());
  CHECK(found.strays.front().what == "named by no evidence");
}

TEST_CASE("an entry or sealed content that was altered is a failure, and no table is asked") {
  Shelf shelf;
  const auto evidence = shelf.add("one");
  const auto seq = std::to_string(evidence.entry.seq);
  shelf.sql("DELETE FROM evidence");
  CHECK(shelf.verify().count(service::EvidenceStatus::pass) == 1);
  shelf.sql(
      "UPDATE sealed SET body = CAST(replace(CAST(body AS TEXT), '\"size\":3', '\"size\":4') "
      "AS BLOB) WHERE seq = " +
      seq);
  CHECK(!shelf.fault().empty());
  shelf.sql("DELETE FROM sealed WHERE seq = " + seq);
  CHECK(shelf.fault() == "the sealed content of this evidence is missing and was never erased");
  shelf.sql(
      "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'audit', 'audio') AS BLOB) "
      "WHERE seq = " +
      seq);
  CHECK(!shelf.fault().empty());
  CHECK(!shelf.verify().evidence.front().evidence_id);
}

TEST_CASE("what was erased on record is counted, and is no failure") {
  Shelf shelf;
  const auto kept = shelf.add("kept");
  const auto erased = shelf.add("erased");
  {
    service::Act act(shelf.office.node(), shelf.office.session());
    (void)act.append({.event_type = "sealed.erased",
                      .actor = "operator:alice",
                      .data = {{"legal_basis", "gdpr.art17"},
                               {"requested_at", to_text(act.at())},
                               {"seqs", {erased.entry.seq}}},
                      .sealed = std::nullopt});
    (void)act.commit();
  }
  const auto forget = [&](const service::Evidence& evidence) {
    shelf.sql("DELETE FROM sealed WHERE seq = " + std::to_string(evidence.entry.seq));
  };
  forget(erased);
  const auto found = shelf.verify();
  CHECK(found.verdict() == EvidenceVerdict::valid);
  CHECK(found.count(service::EvidenceStatus::pass) == 1);
  CHECK(found.count(service::EvidenceStatus::erased) == 1);
  // Its file is no evidence's any more, and who looks is told.
  REQUIRE(found.strays.size() == 1);
  CHECK(found.strays.front().what == "named by no evidence");
  forget(kept);
  CHECK(shelf.fault() == "the sealed content of this evidence is missing and was never erased");
}

TEST_SUITE_END();

}  // namespace lexecon
