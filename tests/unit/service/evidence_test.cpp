#include "service/evidence.hpp"

#include <unistd.h>

#include "base/descriptor.hpp"
#include "crypto/hash.hpp"
#include "office.hpp"
#include "oversight/evidence_files.hpp"
#include "service/act.hpp"
#include "service/activate.hpp"
#include "service/rebuild.hpp"
#include "service/verify.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

struct Archive {
  Archive() { office.pass(1); }

  service::Evidence add(const std::string& bytes, const service::NewEvidence& added) {
    office.pass(1);
    const Path source = office.node().files.folder.parent_path() / "source";
    replace_file(source, bytes, Access::private_to_owner);
    const Descriptor input = open_regular(source);
    return service::add_evidence(office.node(), added, input.get(), "source", office.session());
  }
  service::Evidence link(const std::string& id, const service::EvidenceUse& use) {
    office.pass(1);
    return service::link_evidence(office.node(), id, use, office.session());
  }
  [[nodiscard]] std::string decide(const Json& request) {
    office.pass(1);
    return office.decide(request).data.at("decision_id").get<std::string>();
  }
  [[nodiscard]] std::vector<std::uint64_t> list(const oversight::EvidenceFilter& filter) const {
    std::vector<std::uint64_t> seqs;
    service::each_evidence(office.node(), filter,
                           [&](const service::Evidence& each) { seqs.push_back(each.entry.seq); });
    return seqs;
  }
  [[nodiscard]] std::string bytes_of(const std::string& id) const {
    std::string out;
    (void)service::read_evidence(office.node(), id, [&](std::string_view piece) { out += piece; });
    return out;
  }
  [[nodiscard]] std::string deep() {
    const auto found = service::verify_ledger(office.node().files,
                                              {.state_home = office.session().write.state_home,
                                               .pins = {},
                                               .older_notes = {},
                                               .skip = {}},
                                              service::Depth::all);
    for (const auto& check : found.checks) {
      if (check.status == ledger::CheckStatus::fail) return check.name + ": " + check.detail;
    }
    return found.verdict == ledger::Verdict::valid ? "valid" : "undecided";
  }
  void sql(const std::string& statement) const {
    store::Database database(office.node().files.database(), store::OpenMode::read_write);
    database.execute(statement);
  }

  Office office;
};

std::string id_of(const service::Evidence& evidence) {
  return evidence.entry.data.at("evidence_id").get<std::string>();
}

service::NewEvidence screenshot() {
  return {.type = "screenshot", .name = "screen.png", .description = "what was shown"};
}

}  // namespace

TEST_SUITE_BEGIN("service/evidence");

TEST_CASE("a file is on record with what it is for, and nothing of it stands in an entry") {
  Archive archive;
  const auto decision = archive.decide(test::reading());
  auto added = screenshot();
  added.media_type = "image/png";
  added.retention = "ten_years";
  added.use = {decision, "iso42001:A.6.2.4"};
  const auto evidence = archive.add("the bytes", added);
  const auto hash = crypto::sha256("the bytes");
  REQUIRE(evidence.file);
  CHECK(evidence.file->sha256 == hash);
  CHECK(evidence.file->size == 9);
  CHECK(id_of(evidence) == "evd_screenshot_" + evidence.entry.sealed_hash->hex().substr(0, 32));
  CHECK(evidence.entry.actor == service::node_actor(archive.office.node()));
  REQUIRE(evidence.links.size() == 1);
  CHECK(evidence.links.front().decision_id == decision);
  CHECK(evidence.links.front().control == "iso42001:A.6.2.4");
  CHECK(archive.bytes_of(id_of(evidence)) == "the bytes");
  // SECURITY: what may have to be erased stands in the sealed content alone.
  for (const auto& body : archive.office.bodies()) {
    for (const auto& secret : {hash.hex(), std::string("screen.png"), std::string("what was shown"),
                               std::string("image/png"), std::string("ten_years")}) {
      CHECK(body.find(secret) == std::string::npos);
    }
  }
  const auto shown = service::show_evidence(archive.office.node(), id_of(evidence));
  CHECK(service::to_json(shown) == service::to_json(evidence));
  CHECK(service::to_json(shown).at("file") == Json{{"sha256", hash.hex()},
                                                   {"size", 9},
                                                   {"media_type", "image/png"},
                                                   {"name", "screen.png"},
                                                   {"description", "what was shown"},
                                                   {"retention", "ten_years"}});
  CHECK(archive.deep() == "valid");
}

TEST_CASE("the same bytes twice are two entries and one file") {
  Archive archive;
  const auto first = archive.add("bytes", screenshot());
  const auto second = archive.add("bytes", screenshot());
  CHECK(id_of(first) != id_of(second));
  CHECK(oversight::scan_evidence(archive.office.node().files.evidence()).files.size() == 1);
  CHECK(archive.list({}) == std::vector<std::uint64_t>{first.entry.seq, second.entry.seq});
}

TEST_CASE("what may not stand there is refused before the file is kept") {
  Archive archive;
  const auto before = archive.office.entries();
  const auto refused = [&](const std::function<void(service::NewEvidence&)>& spoil) {
    auto added = screenshot();
    spoil(added);
    const auto code = code_of([&] { (void)archive.add("bytes", added); });
    const auto found = oversight::scan_evidence(archive.office.node().files.evidence());
    CHECK(found.files.empty());
    CHECK(found.strays.empty());
    return code;
  };
  using enum ErrorCode;
  CHECK(refused([](auto& added) { added.type = "rumour"; }) == bad_input);
  CHECK(refused([](auto& added) { added.media_type = "png"; }) == bad_input);
  CHECK(refused([](auto& added) { added.media_type = "image/"; }) == bad_input);
  CHECK(refused([](auto& added) { added.media_type = "image/png; x=1"; }) == bad_input);
  CHECK(refused([](auto& added) { added.retention = "Ten Years"; }) == bad_input);
  CHECK(refused([](auto& added) { added.name = ""; }) == bad_input);
  CHECK(refused([](auto& added) { added.name = std::string(256, 'n'); }) == bad_input);
  CHECK(refused([](auto& added) { added.name = "\xff"; }) == bad_input);
  CHECK(refused([](auto& added) { added.description = std::string("a\0b", 3); }) == bad_input);
  CHECK(refused([](auto& added) { added.description = std::string(4097, 'd'); }) == bad_input);
  CHECK(refused([](auto& added) { added.use.control = "a b"; }) == bad_input);
  CHECK(refused([](auto& added) { added.use.decision_id = "dec_1"; }) == bad_input);
  CHECK(refused([](auto& added) { added.use.decision_id = "dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"; }) ==
        not_found);
  CHECK(archive.office.entries() == before);
}

TEST_CASE("a link says something new, of a decision that is there") {
  Archive archive;
  const auto one = archive.decide(test::reading());
  const auto two = archive.decide(test::dropping());
  auto added = screenshot();
  added.use = {one, "c1"};
  const auto id = id_of(archive.add("bytes", added));
  using enum ErrorCode;
  const auto refused = [&](const service::EvidenceUse& use) {
    return code_of([&] { (void)archive.link(id, use); });
  };
  CHECK(refused({one, "c1"}) == bad_input);
  CHECK(refused({one, {}}) == bad_input);
  CHECK(refused({{}, "c1"}) == bad_input);
  CHECK(refused({"dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B", {}}) == not_found);
  CHECK(code_of([&] { (void)archive.link(one, {{}, "c1"}); }) == not_found);
  CHECK(code_of([&] {
          (void)archive.link("evd_screenshot_" + std::string(32, '0'), {{}, "c1"});
        }) == not_found);
  CHECK(archive.link(id, {two, {}}).links.size() == 2);
  CHECK(archive.link(id, {two, "c1"}).links.size() == 3);
  CHECK(archive.link(id, {{}, "c2"}).links.size() == 4);
  CHECK(refused({{}, "c2"}) == bad_input);
  CHECK(archive.deep() == "valid");
}

TEST_CASE("lists show files, and entries where they are asked for") {
  Archive archive;
  const auto first = archive.decide(test::reading());
  const auto between = archive.office.session().now;
  archive.office.write("policies/extra.yaml", "policy_id: pol_extra_v1\nrelations: []\n");
  archive.office.pass(1);
  (void)service::activate(archive.office.node(), std::nullopt, {}, archive.office.session());
  const auto second = archive.decide(test::dropping());
  auto added = screenshot();
  added.use = {second, "c1"};
  const auto file = archive.add("bytes", added).entry.seq;
  auto snapshot = screenshot();
  snapshot.type = "policy_snapshot";
  const auto other = archive.add("more bytes", snapshot).entry.seq;
  const auto seq_of = [&](const std::string& id) {
    return service::show_evidence(archive.office.node(), id).entry.seq;
  };
  using Seqs = std::vector<std::uint64_t>;
  const auto decided = seq_of(second);
  CHECK(archive.list({}) == Seqs{file, other});
  CHECK(archive.list({.type = "decision_log"}) == Seqs{seq_of(first), decided});
  CHECK(archive.list({.type = "policy_snapshot"}) == Seqs{2, decided - 1, other});
  CHECK(archive.list({.type = "policy_snapshot", .limit = 2, .reverse = true}) ==
        Seqs{other, decided - 1});
  CHECK(archive.list({.decision_id = first}) == Seqs{2, seq_of(first)});
  CHECK(archive.list({.decision_id = second}) == Seqs{decided - 1, decided, file});
  CHECK(archive.list({.type = "screenshot", .decision_id = second}) == Seqs{file});
  CHECK(archive.list({.type = "decision_log", .decision_id = second}) == Seqs{decided});
  CHECK(archive.list({.type = "policy_snapshot", .decision_id = first}) == Seqs{2});
  CHECK(archive.list({.control = "c1"}) == Seqs{file});
  CHECK(archive.list({.control = "c2"}).empty());
  CHECK(archive.list({.decision_id = second, .control = "c1"}) == Seqs{file});
  CHECK(archive.list({.type = "decision_log", .actor = "actor:nobody"}).empty());
  CHECK(archive.list({.type = "policy_snapshot", .to = between}) == Seqs{2});
  CHECK(archive.list({.from = between}) == Seqs{file, other});
  CHECK(archive.list({.to = between}).empty());
  CHECK(code_of([&] { (void)archive.list({.decision_id = "dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"}); }) ==
        ErrorCode::not_found);
}

TEST_CASE("entries are shown as evidence, and have no file") {
  Archive archive;
  const auto decision = archive.decide(test::reading());
  const auto decided = service::to_json(service::show_evidence(archive.office.node(), decision));
  CHECK(decided.at("source") == "entry");
  CHECK(decided.at("type") == "decision_log");
  CHECK(decided.at("decision_id") == decision);
  CHECK(decided.at("evidence_id").is_null());
  const auto set = service::to_json(service::show_evidence(archive.office.node(), "entry_2"));
  CHECK(set.at("type") == "policy_snapshot");
  CHECK(set.at("policy_hash").is_string());
  CHECK(code_of([&] { (void)archive.bytes_of(decision); }) == ErrorCode::not_found);
  for (const auto* id : {"genesis", "entry_1", "entry_99"}) {
    CAPTURE(id);
    CHECK(code_of([&] { (void)service::show_evidence(archive.office.node(), id); }) ==
          ErrorCode::not_found);
  }
  CHECK(code_of([&] { (void)service::show_evidence(archive.office.node(), "screen"); }) ==
        ErrorCode::bad_input);
}

TEST_CASE("a row that differs from the entries is refused, found and mended") {
  const auto node_after = [](const std::string& statement) {
    auto archive = std::make_unique<Archive>();
    auto added = screenshot();
    added.use = {archive->decide(test::reading()), "c1"};
    (void)archive->add("bytes", added);
    const auto rows = archive->office.projections();
    archive->sql(statement);
    CHECK(archive->deep().starts_with("projections: the table `evidence"));
    const auto rebuilt =
        service::rebuild(archive->office.node().files, archive->office.session().write);
    CHECK(rebuilt.changed());
    CHECK(archive->office.projections() == rows);
    CHECK(archive->deep() == "valid");
    archive->sql(statement);
    return archive;
  };
  using enum ErrorCode;
  const auto renamed = node_after(
      "UPDATE evidence SET evidence_id = 'evd_screenshot_00000000000000000000000000000000'");
  CHECK(code_of([&] {
          (void)service::show_evidence(renamed->office.node(),
                                       "evd_screenshot_00000000000000000000000000000000");
        }) == integrity);
  const auto gone = node_after("DELETE FROM evidence");
  CHECK(code_of([&] {
          (void)service::show_evidence(gone->office.node(),
                                       "evd_screenshot_00000000000000000000000000000000");
        }) == integrity);
  const auto retyped = node_after("UPDATE evidence SET type = 'signature'");
  CHECK(code_of([&] { (void)retyped->list({.type = "signature"}); }) == integrity);
  const auto moved = node_after("UPDATE evidence SET seq = 3");
  CHECK(code_of([&] { (void)moved->list({}); }) == integrity);
  const auto relinked = node_after("UPDATE evidence_links SET control = 'c2'");
  CHECK(code_of([&] { (void)relinked->list({.control = "c2"}); }) == integrity);
  // Links are read from the entries alone, so an invented row links nothing.
  const auto invented = node_after(
      "INSERT INTO evidence_links SELECT 1, evidence_id, NULL, 'c9' "
      "FROM evidence");
  CHECK(code_of([&] { (void)invented->list({.control = "c9"}); }) == integrity);
}

TEST_CASE("sealed content that is gone or altered is refused") {
  Archive archive;
  const auto evidence = archive.add("bytes", screenshot());
  const auto seq = std::to_string(evidence.entry.seq);
  const auto show = [&] { (void)service::show_evidence(archive.office.node(), id_of(evidence)); };
  archive.sql("DELETE FROM sealed WHERE seq = " + seq);
  CHECK(code_of(show) == ErrorCode::integrity);
  archive.sql("INSERT INTO sealed VALUES(" + seq + ", CAST('{}' AS BLOB))");
  CHECK(code_of(show) == ErrorCode::integrity);
}

TEST_CASE("evidence that was erased is on record, without its file") {
  Archive archive;
  const auto kept = archive.add("other bytes", screenshot());
  const auto evidence = archive.add("bytes", screenshot());
  {
    service::Act act(archive.office.node(), archive.office.session());
    (void)act.append({.event_type = "sealed.erased",
                      .actor = "operator:alice",
                      .data = {{"legal_basis", "gdpr.art17"},
                               {"requested_at", to_text(act.at())},
                               {"seqs", {evidence.entry.seq}}},
                      .sealed = std::nullopt});
    (void)act.commit();
  }
  archive.sql("DELETE FROM sealed WHERE seq = " + std::to_string(evidence.entry.seq));
  const auto shown =
      service::to_json(service::show_evidence(archive.office.node(), id_of(evidence)));
  CHECK(shown.at("erased") == true);
  CHECK(shown.at("file").is_null());
  CHECK(archive.list({}) == std::vector<std::uint64_t>{kept.entry.seq, evidence.entry.seq});
  CHECK(code_of([&] { (void)archive.bytes_of(id_of(evidence)); }) == ErrorCode::not_found);
  CHECK(archive.bytes_of(id_of(kept)) == "other bytes");
}

TEST_SUITE_END();

}  // namespace lexecon
