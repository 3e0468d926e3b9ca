#include "export/export.hpp"

#include <algorithm>
#include <map>

#include "base/descriptor.hpp"
#include "crypto/hash.hpp"
#include "crypto/key_file.hpp"
#include "json/parse.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence_files.hpp"
#include "package/digests.hpp"
#include "package/names.hpp"
#include "service/act.hpp"
#include "service/evidence.hpp"
#include "service/rotate.hpp"
#include "support/shell.hpp"
#include "unit/export/desk.hpp"

namespace lexecon {
namespace {

using package::Disclosure;
using test::code_of;
using test::Desk;
using test::files_of;
using test::Office;
using test::slurp;

/// What any reader can find out about a bag without a verifier.
void check_bag(const Path& folder, const exporting::Exported& made) {
  const auto files = files_of(folder);
  std::vector<std::string> payload;
  std::vector<package::FileDigest> digests;
  std::uint64_t bytes = 0;
  for (const auto& [name, content] : files) {
    if (!name.starts_with("data/")) continue;
    payload.push_back(name);
    digests.push_back({name, crypto::sha256(content)});
    bytes += content.size();
  }
  CHECK_FALSE(package::fault_of_names(payload).has_value());
  CHECK(files.size() == payload.size() + 6);
  CHECK(files.at("manifest-sha256.txt") == package::digest_lines(digests));
  CHECK(made.payload.bytes == bytes);
  CHECK(made.payload.files == payload.size());
  std::erase_if(digests, [](const auto& each) { return each.path == package::manifest_name; });
  const auto lines = package::digest_lines(digests);
  package::PackageName package_name(chain::checkpoint_text(made.manifest.checkpoint));
  package_name.add(lines);
  const auto names = package_name.finish();
  CHECK(made.manifest.root_checksum == names.root_checksum);
  CHECK(made.manifest.export_id == names.export_id);
  CHECK(files.at("data/manifest.json") == package::to_bytes(made.manifest));
  std::string tags;
  for (const auto& name : package::listed_tag_files) {
    tags += package::digest_line({std::string(name), crypto::sha256(files.at(std::string(name)))});
  }
  CHECK(files.at("tagmanifest-sha256.txt") == tags);
  const auto key = crypto::parse_public_pem(files.at("data/keys/ledger.pub.pem"));
  CHECK(crypto::verify(key, tags, files.at("tagmanifest-sha256.txt.sig")));
  for (const auto& [name, content] : files) {
    if (name == package::manifest_name || !name.starts_with("data/")) continue;
    CHECK(content.find(made.manifest.export_id) == std::string::npos);
  }
}

}  // namespace

TEST_SUITE("export/export") {
  TEST_CASE("a package holds the tree, line by line, and its making is on record") {
    Desk desk;
    const auto evidence = desk.add_evidence("a picture");
    desk.decide();
    const auto before = desk.office().bodies();
    const auto made = desk.make(desk.options("bag"));
    check_bag(desk.folder / "bag", made);
    const auto files = files_of(desk.folder / "bag");
    std::string entries;
    std::string leaves;
    for (const auto& body : before) {
      entries += body + "\n";
      leaves += chain::leaf_hash(body).hex() + "\n";
    }
    CHECK(files.at("data/ledger/entries.jsonl") == entries);
    CHECK(files.at("data/ledger/leaves.txt") == leaves);
    CHECK(files.at("data/evidence/" + evidence) == "a picture");
    CHECK(files.at("data/keys/ledger.vkey") == made.ledger_vkey + "\n");
    CHECK(std::count(files.at("data/keys/allowed_signers").begin(),
                     files.at("data/keys/allowed_signers").end(), '\n') == 4);
    CHECK(made.manifest.checkpoint.tree_size == before.size());
    CHECK(made.manifest.head_entry_hash == chain::entry_hash(before.back()));
    CHECK(made.manifest.contents.entries == before.size());
    CHECK(made.manifest.contents.decisions == 1);
    CHECK(made.manifest.contents.evidence == 1);
    CHECK(made.manifest.contents.withheld_sealed == 0);
    CHECK(made.requested_seq == before.size());
    CHECK(made.sealed_seq == before.size() + 1);
    const auto after = desk.office().bodies();
    REQUIRE(after.size() == before.size() + 2);
    const auto asked = chain::parse_entry(after[before.size()]);
    CHECK(asked.event_type == "export.requested");
    CHECK(asked.actor == "operator:bob");
    CHECK(asked.data.at("tree_size") == before.size());
    const auto sealed = chain::parse_entry(after.back());
    CHECK(sealed.data.at("export_id") == made.manifest.export_id);
    CHECK(sealed.data.at("request") == before.size());
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("the same size, request and time give the same bytes, whatever came since") {
    Desk desk;
    const auto size = desk.decide() + 1;
    auto options = desk.options("one");
    options.wish.size = size;
    (void)desk.make(options);
    desk.decide();
    options.path = desk.folder / "two";
    (void)desk.make(options);
    CHECK(files_of(desk.folder / "one") == files_of(desk.folder / "two"));
    options.path = desk.folder / "one.tar";
    options.format = exporting::Format::tar;
    const auto made = desk.make(options);
    options.path = desk.folder / "two.tar";
    (void)desk.make(options);
    CHECK(slurp(desk.folder / "one.tar") == slurp(desk.folder / "two.tar"));
    CHECK(desk.bureau.deep() == "valid");
    if (!test::has_program("tar")) return;
    CHECK(test::run("tar xf " + test::word(desk.folder / "one.tar") + " -C " +
                    test::word(desk.folder.path()))
              .output.empty());
    CHECK(files_of(desk.folder / made.manifest.export_id) == files_of(desk.folder / "one"));
  }

  TEST_CASE("without disclosure there is no sealed content, and it says how much is withheld") {
    Desk desk;
    const auto evidence = desk.add_evidence("a picture");
    desk.decide();
    auto options = desk.options("bag");
    options.wish.disclosure = Disclosure::none;
    const auto made =
        exporting::export_package(desk.node(), options, std::nullopt, desk.office().session());
    check_bag(desk.folder / "bag", made);
    const auto files = files_of(desk.folder / "bag");
    CHECK_FALSE(files.contains("data/ledger/sealed.jsonl"));
    CHECK_FALSE(files.contains("data/evidence/" + evidence));
    CHECK(made.manifest.contents.sealed == 0);
    CHECK(made.manifest.contents.evidence == 0);
    CHECK(made.manifest.contents.withheld_sealed == 2);
    CHECK(desk.bureau.deep() == "valid");
  }

  TEST_CASE("sealed content takes an operator's signature once there are operators") {
    Desk desk;
    const auto before = desk.office().entries();
    CHECK(code_of([&] {
            (void)exporting::export_package(desk.node(), desk.options("bag"), std::nullopt,
                                            desk.office().session());
          }) == ErrorCode::not_permitted);
    CHECK(desk.office().entries() == before);
    CHECK(code_of([&] {
            (void)exporting::export_package(desk.node(), desk.options("bag"), desk.bureau.by("vic"),
                                            desk.office().session());
          }) == ErrorCode::not_permitted);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "bag"));

    Office lone;
    const test::TempFolder folder;
    exporting::ExportOptions options;
    options.path = folder / "bag";
    options.wish.disclosure = Disclosure::sealed;
    options.generator = "lexecon/0";
    (void)exporting::export_package(lone.node(), options, std::nullopt, lone.session());
    CHECK(lone.verified() == "valid");
  }

  TEST_CASE("erased content is in no package, and a size before the erasure has none") {
    Desk desk;
    const auto seq = desk.decide();
    const auto size = seq + 1;
    desk.append("sealed.erased", {{"legal_basis", "gdpr_17"},
                                  {"requested_at", to_text(desk.office().session().now)},
                                  {"seqs", {seq}}});
    desk.sql("DELETE FROM sealed WHERE seq = " + std::to_string(seq));
    const auto made = desk.make(desk.options("bag"));
    CHECK(made.manifest.contents.erased == 1);
    CHECK(made.manifest.contents.sealed == 0);
    CHECK(files_of(desk.folder / "bag").at("data/ledger/sealed.jsonl").empty());
    auto options = desk.options("earlier");
    options.wish.size = size;
    const auto entries = desk.office().entries();
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::bad_input);
    CHECK(desk.office().entries() == entries);
    options.wish.disclosure = Disclosure::none;
    CHECK(desk.make(options).manifest.contents.withheld_sealed == 1);
  }

  TEST_CASE("each older key's last note is in the package, which the key in force signs") {
    Desk desk;
    desk.decide();
    const auto old = desk.office().entries();
    desk.office().pass(1);
    const auto rotated = service::rotate_ledger_key(desk.node(), "scheduled", desk.bureau.by("bob"),
                                                    desk.office().session());
    const auto made = desk.make(desk.options("bag"));
    check_bag(desk.folder / "bag", made);
    const auto files = files_of(desk.folder / "bag");
    CHECK(files.at("data/ledger/rotations/" + std::to_string(old + 1)) == rotated.note);
    CHECK(files.at("data/keys/ledger.vkey") == crypto::vkey(rotated.key) + "\n");
    auto options = desk.options("older");
    options.wish.size = old;
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::bad_input);
    options.wish.size = old + 1;
    check_bag(options.path, desk.make(options));
  }

  TEST_CASE("nothing is written over, and nothing is left where no package can be made") {
    Desk desk;
    const auto evidence = desk.add_evidence("a picture");
    write_new_file(desk.folder / "taken", "mine", Access::as_umask);
    CHECK(code_of([&] { (void)desk.make(desk.options("taken")); }) == ErrorCode::cannot_create);
    auto options = desk.options("bag");
    options.wish.size = 2;
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::not_found);
    options = desk.options("bag");
    options.wish.purpose = "not a code";
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::usage);
    const auto entries = desk.office().entries();
    std::filesystem::remove(
        oversight::evidence_path(desk.node().files.evidence(), *hash_from_hex(evidence)));
    CHECK(code_of([&] { (void)desk.make(desk.options("bag")); }) == ErrorCode::integrity);
    CHECK(desk.office().entries() == entries + 1);  // the request stays on record
    desk.sql("UPDATE sealed SET body = x'00' WHERE seq > 1");
    CHECK(code_of([&] { (void)desk.make(desk.options("bag")); }) == ErrorCode::integrity);
    std::size_t left = 0;
    for (const auto& each : std::filesystem::directory_iterator(desk.folder.path())) {
      left += each.path().filename() == "taken" ? 0U : 1U;
    }
    CHECK(left == 0);
    CHECK(slurp(desk.folder / "taken") == "mine");
  }

  TEST_CASE("what is erased while a package is made is in none") {
    Desk desk;
    const auto seq = desk.decide();
    auto options = desk.options("bag");
    bool done = false;
    options.clock = [&] {
      if (!std::exchange(done, true)) {
        desk.append("sealed.erased", {{"legal_basis", "gdpr_17"},
                                      {"requested_at", to_text(desk.office().session().now)},
                                      {"seqs", {seq}}});
      }
      return desk.office().session().now;
    };
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::busy);
    CHECK_FALSE(std::filesystem::exists(options.path));
  }

  TEST_CASE("an entry that was altered is in no package") {
    Desk desk;
    desk.decide();
    desk.sql("UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE seq = 3");
    auto options = desk.options("bag");
    options.wish.disclosure = Disclosure::none;
    CHECK(code_of([&] { (void)desk.make(options); }) == ErrorCode::integrity);
  }
}

}  // namespace lexecon
