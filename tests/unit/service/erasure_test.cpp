#include "service/erasure.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/descriptor.hpp"
#include "bureau.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "json/parse.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence_files.hpp"
#include "service/decisions.hpp"
#include "service/erasing.hpp"
#include "service/evidence.hpp"
#include "service/rebuild.hpp"

namespace lexecon {
namespace {

namespace fs = std::filesystem;
using test::code_of;

/// A node with people, and requests that say something that no entry may say.
struct Desk {
  test::Bureau bureau;

  [[nodiscard]] const service::Node& node() const { return bureau.office.node(); }
  service::Session& session() { return bureau.office.session(); }
  std::uint64_t decide(const std::string& marker, std::size_t bytes = 40) {
    Json request = test::reading();
    request["intent"] = marker + std::string(bytes, 'x');
    bureau.office.pass(1);
    return *bureau.office.decide(request).seq;
  }
  std::uint64_t add_file(const std::string& bytes) {
    bureau.office.pass(1);
    const Path source = node().files.folder.parent_path() / "source";
    replace_file(source, bytes, Access::private_to_owner);
    const Descriptor input = open_regular(source);
    return service::add_evidence(node(), {.type = "attestation", .name = "of " + bytes},
                                 input.get(), "source", session())
        .entry.seq;
  }
  [[nodiscard]] Path path_of(const std::string& bytes) const {
    return oversight::evidence_path(node().files.evidence(), crypto::sha256(bytes));
  }
  service::Erased erase(std::vector<std::uint64_t> seqs, const std::string& by = "bob") {
    bureau.office.pass(1);
    return service::erase(node(), of(std::move(seqs)), bureau.by(by), session());
  }
  [[nodiscard]] service::Erasure of(std::vector<std::uint64_t> seqs) {
    return {.seqs = std::move(seqs), .legal_basis = "gdpr:17", .requested_at = session().now};
  }
  /// The files below the node that hold the text.
  [[nodiscard]] std::vector<std::string> holders(const std::string& text) const {
    std::vector<std::string> out;
    for (const auto& each : fs::recursive_directory_iterator(node().files.folder)) {
      if (!each.is_regular_file()) continue;
      if (test::slurp(each.path()).find(text) != std::string::npos) {
        out.push_back(each.path().lexically_relative(node().files.folder).string());
      }
    }
    return out;
  }
  [[nodiscard]] std::string sentence(std::vector<std::uint64_t> seqs) {
    try {
      (void)erase(std::move(seqs));
    } catch (const Error& error) {
      return error.message();
    }
    return "erased";
  }
  [[nodiscard]] std::vector<service::Stays> stays(const std::vector<std::uint64_t>& seqs) const {
    auto database = service::open_ledger(node());
    return service::what_stays(
        database, {.seqs = seqs, .legal_basis = "gdpr:17", .requested_at = bureau.now()},
        bureau.now());
  }
  void sql(const std::string& statement) const {
    store::Database database(node().files.database(), store::OpenMode::read_write);
    database.execute(statement);
  }
};

const std::vector<std::string> nowhere;

}  // namespace

TEST_SUITE("service/erasure") {
  TEST_CASE("what is erased is in no file any more, and the ledger says who erased it") {
    Desk desk;
    std::vector<std::uint64_t> seqs;
    for (std::size_t i = 0; i < 40; ++i) {
      seqs.push_back(desk.decide("marker-" + std::to_string(i) + "-", 200 + 150 * (i % 30)));
    }
    const auto before = desk.bureau.office.projections();
    std::vector<std::uint64_t> chosen;
    for (std::size_t i = 0; i < seqs.size(); i += 2) chosen.push_back(seqs[i]);
    const auto erased = desk.erase(chosen);
    CHECK(erased.seqs == chosen);
    CHECK(erased.entries.size() == 1);
    CHECK_FALSE(erased.unfinished);
    CHECK(erased.bytes_after < erased.bytes_before);
    CHECK(erased.approval.at("operator") == "bob");
    for (std::size_t i = 0; i < seqs.size(); ++i) {
      CAPTURE(i);
      const auto found = desk.holders("marker-" + std::to_string(i) + "-");
      CHECK(found == (i % 2 == 0 ? nowhere : std::vector<std::string>{"ledger.db"}));
    }
    CHECK_FALSE(fs::exists(desk.node().files.erasing()));
    CHECK_FALSE(fs::exists(desk.node().files.database().string() + "-journal"));
    const auto entry = json::parse(desk.bureau.office.bodies().back());
    CHECK(entry.at("event_type") == "sealed.erased");
    CHECK(entry.at("actor") == "operator:bob");
    CHECK(entry.at("data").at("seqs") == Json(chosen));
    CHECK(entry.at("data").at("approval").at("subject") == "sealed");
    CHECK(desk.bureau.deep() == "valid");
    CHECK(desk.bureau.office.projections() == before);
    CHECK_FALSE(service::rebuild(desk.node().files, desk.session().write).changed());
    CHECK(desk.decide("after") > erased.entries.back());
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("only what is sealed, is there and was not erased before can be erased") {
    Desk desk;
    const auto one = desk.decide("one");
    const auto two = desk.decide("two");
    (void)desk.erase({one});
    const auto entries = desk.bureau.office.entries();
    CHECK(desk.sentence({one, two}) ==
          "1 of 2 may not be erased: " + chain::entry_id(one) + " was erased before");
    CHECK(desk.sentence({0, two}) == "1 of 2 may not be erased: genesis has no sealed content");
    CHECK(desk.stays({0, one, two}).size() == 2);
    CHECK(desk.stays({0, one, two})[1].code == "erased_before");
    CHECK(code_of([&] { (void)desk.erase({9'999}); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)desk.erase({}); }) == ErrorCode::bad_input);
    auto odd = desk.of({two});
    odd.legal_basis = "because she asked";
    const auto run = [&] {
      (void)service::erase(desk.node(), odd, desk.bureau.by("bob"), desk.session());
    };
    CHECK(code_of(run) == ErrorCode::bad_input);
    odd = desk.of({two});
    odd.requested_at.micros += 1;
    CHECK(code_of(run) == ErrorCode::bad_input);
    CHECK(desk.bureau.office.entries() == entries);
    CHECK(desk.bureau.deep() == "valid");
    desk.sql("DELETE FROM sealed WHERE seq = " + std::to_string(two));
    CHECK(code_of([&] { (void)desk.erase({two}); }) == ErrorCode::integrity);
  }

  TEST_CASE("a compliance officer erases, and nobody below or unsigned") {
    Desk desk;
    const auto seq = desk.decide("text");
    CHECK(code_of([&] { (void)desk.erase({seq}, "vic"); }) == ErrorCode::not_permitted);
    const auto unsigned_act = [&] {
      (void)service::erase(desk.node(), desk.of({seq}), std::nullopt, desk.session());
    };
    CHECK(code_of(unsigned_act) == ErrorCode::not_permitted);
    CHECK(desk.holders("textx") == std::vector<std::string>{"ledger.db"});
    CHECK_FALSE(fs::exists(desk.node().files.erasing()));
    CHECK(desk.bureau.deep() == "valid");
    (void)desk.erase({seq}, "ann");
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("a file of evidence goes with the last evidence that names it") {
    Desk desk;
    const auto one = desk.add_file("the picture");
    const auto two = desk.add_file("the picture");
    CHECK(desk.erase({one}).files == 0);
    CHECK(fs::exists(desk.path_of("the picture")));
    CHECK(desk.erase({two}).files == 1);
    CHECK_FALSE(fs::exists(desk.path_of("the picture")));
    CHECK(desk.holders("of the picture") == nowhere);
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("what a crash left after the commit, the next act removes") {
    Desk desk;
    const auto seq = desk.decide("marker-of-a-crash");
    const auto file = desk.add_file("the picture");
    const auto kept = desk.add_file("another");
    const Path journal = desk.node().files.database().string() + "-journal";
    (void)desk.erase({seq, file});
    // As it is when the process ends right after the commit.
    replace_file(desk.path_of("the picture"), "the picture", Access::private_to_owner);
    replace_file(journal, std::string(512, '\0') + "marker-of-a-crash", Access::private_to_owner);
    service::begin_erasing(desk.node().files,
                           {crypto::sha256("the picture"), crypto::sha256("another")});
    CHECK(service::is_erasing(desk.node().files));
    CHECK(desk.bureau.deep() == "valid");
    SUBCASE("a decision does") { (void)desk.decide("next"); }
    SUBCASE("another erasure does") { (void)desk.erase({desk.decide("next")}); }
    CHECK_FALSE(service::is_erasing(desk.node().files));
    CHECK(desk.holders("marker-of-a-crash") == nowhere);
    CHECK(desk.holders("the picture") == nowhere);
    CHECK(fs::exists(desk.path_of("another")));
    CHECK(desk.bureau.deep() == "valid");
    (void)kept;
  }

  TEST_CASE("an erasure that did not come about removes nothing") {
    Desk desk;
    const auto file = desk.add_file("the picture");
    service::begin_erasing(desk.node().files, {crypto::sha256("the picture")});
    (void)desk.decide("next");
    CHECK(fs::exists(desk.path_of("the picture")));
    CHECK_FALSE(service::is_erasing(desk.node().files));
    CHECK(desk.erase({file}).files == 1);
  }

  TEST_CASE("a reader in the way is no failure of the erasure, and the next act ends it") {
    Desk desk;
    const auto seq = desk.decide("marker-of-a-reader");
    auto reader = service::open_ledger(desk.node());
    desk.session().write.patience = std::chrono::milliseconds(20);
    {
      const store::Transaction snapshot(reader, store::Transaction::Kind::read);
      CHECK(code_of([&] { (void)desk.erase({seq}); }) == ErrorCode::busy);
    }
    CHECK(desk.bureau.deep() == "valid");
    CHECK(desk.stays({seq}).empty());
    CHECK(service::is_erasing(desk.node().files));
    (void)desk.erase({seq});
    CHECK(desk.holders("marker-of-a-reader") == nowhere);
    CHECK_FALSE(service::is_erasing(desk.node().files));
  }

  TEST_CASE(
      "sealed content that is there although it was erased, or gone although not, is invalid") {
    Desk desk;
    const auto seq = desk.decide("text");
    const auto other = desk.decide("other");
    auto database = service::open_ledger(desk.node());
    const auto sealed = *ledger::read_sealed(database, ledger::read_entry(database, seq)->entry);
    (void)desk.erase({seq});
    CHECK(desk.bureau.deep() == "valid");
    desk.sql("INSERT INTO sealed VALUES(" + std::to_string(seq) + ", x'" + to_hex(sealed) + "')");
    CHECK(desk.bureau.deep() ==
          "sealed: the sealed content of " + chain::entry_id(seq) + " was erased and is there");
    desk.sql("DELETE FROM sealed WHERE seq >= " + std::to_string(seq));
    CHECK(desk.bureau.deep() == "sealed: the sealed content of " + chain::entry_id(other) +
                                    " is missing and was never erased");
  }

  TEST_CASE("what remains is named as far as the node knows it") {
    Desk desk;
    CHECK(service::what_remains(desk.node()).exports.empty());
    {
      service::Act act(desk.node(), desk.session());
      (void)act.append({.event_type = "export.sealed",
                        .actor = "node:office",
                        .data = {{"export_id", "exp_0123456789abcdef"},
                                 {"request", 1},
                                 {"root_checksum", std::string(64, 'a')}},
                        .sealed = std::nullopt});
      (void)act.commit();
    }
    make_folder(desk.node().files.folder / "replaced.2026-01-01", Access::private_to_owner);
    const auto remains = service::what_remains(desk.node());
    CHECK(remains.exports == std::vector<std::string>{"exp_0123456789abcdef"});
    CHECK(remains.copies == std::vector<std::string>{"replaced.2026-01-01"});
  }
}

}  // namespace lexecon
