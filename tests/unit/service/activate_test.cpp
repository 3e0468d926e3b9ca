#include "service/activate.hpp"

#include "json/parse.hpp"
#include "office.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

constexpr const char* stricter =
    "policy_id: pol_extra_v1\nmode: paranoid\nrelations:\n"
    "  - {id: nobody-reads, type: forbids, action: action:read, justification: test}\n";

std::vector<decision::FileDigest> active_files(const Office& office) {
  return service::find_set(office.node(), std::nullopt).files;
}

service::Drift drift_of(const Office& office) {
  return service::drift(decision::digests(service::read_draft(office.node().files)),
                        active_files(office));
}

}  // namespace

TEST_SUITE("service/activate") {
  TEST_CASE("the draft is what differs from the active set") {
    const Office office;
    CHECK_FALSE(drift_of(office).any());
    office.write("policies/extra.yaml", stricter);
    office.write("risk.yaml", "threshold: 70\n");
    office.remove("policies/small.yaml");
    office.write("policies/.hidden.yaml", "x");
    office.write("policies/notes.txt", "x");
    const auto drift = drift_of(office);
    CHECK(drift.added == std::vector<std::string>{"policies/extra.yaml"});
    CHECK(drift.changed == std::vector<std::string>{"risk.yaml"});
    CHECK(drift.removed == std::vector<std::string>{"policies/small.yaml"});
  }

  TEST_CASE("a draft judges nothing until it is activated") {
    Office office;
    office.write("policies/extra.yaml", stricter);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::approved);
    const auto activation = service::activate(office.node(), std::nullopt, office.session());
    CHECK(activation.changed);
    CHECK(activation.mode == policy::Mode::paranoid);
    CHECK(activation.previous_hash == office.made().policy_hash);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::denied);
    const auto data = json::parse(office.bodies().at(*activation.seq)).at("data");
    CHECK(data.at("policy_hash") == activation.policy_hash.hex());
    CHECK(data.at("four_eyes") == "double");
    CHECK(data.at("files").size() == 4);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("the active set is not activated again") {
    Office office;
    const auto activation = service::activate(office.node(), std::nullopt, office.session());
    CHECK_FALSE(activation.changed);
    CHECK_FALSE(activation.seq);
    CHECK(office.entries() == 3);
  }

  TEST_CASE("only the expected set is activated") {
    Office office;
    office.write("policies/extra.yaml", stricter);
    const auto expected = office.made().policy_hash;
    CHECK(code_of([&] { (void)service::activate(office.node(), expected, office.session()); }) ==
          ErrorCode::bad_input);
    CHECK(office.entries() == 3);
    const auto draft =
        decision::set_hash(decision::digests(service::read_draft(office.node().files)));
    CHECK(service::activate(office.node(), draft, office.session()).policy_hash == draft);
  }

  TEST_CASE("a draft that does not load changes nothing") {
    Office office;
    office.write("policies/extra.yaml", "relations: [{type: allows}]\n");
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.write("policies/bad name.yaml", stricter);
    office.remove("policies/extra.yaml");
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.remove("policies/bad name.yaml");
    office.write("policies/SMALL.yaml", stricter);
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.remove("policies/SMALL.yaml");
    office.write("elsewhere", stricter);
    for (const auto* name : {"policies/link.yaml", "risk.yaml", "node.yaml"}) {
      CAPTURE(name);
      const auto path = office.node().files.folder / name;
      std::filesystem::remove(path);
      std::filesystem::create_symlink(office.node().files.folder / "elsewhere", path);
      CHECK(code_of([&] { (void)service::activate(office.node(), {}, office.session()); }) ==
            ErrorCode::bad_input);
      std::filesystem::remove(path);
    }
    CHECK(office.entries() == 3);
  }

  TEST_CASE("a rollback activates the bytes on record, whatever the folder holds") {
    Office office;
    const auto first = office.made().policy_hash;
    CHECK(code_of([&] { (void)service::rollback(office.node(), {}, office.session()); }) ==
          ErrorCode::not_found);
    office.write("policies/extra.yaml", stricter);
    const auto second = service::activate(office.node(), {}, office.session()).policy_hash;
    office.write("policies/small.yaml", "not a policy");
    const auto back = service::rollback(office.node(), std::nullopt, office.session());
    CHECK(back.policy_hash == first);
    CHECK(back.previous_hash == second);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::approved);
    CHECK(service::rollback(office.node(), second, office.session()).policy_hash == second);
    CHECK_FALSE(service::rollback(office.node(), second, office.session()).changed);
    CHECK(code_of([&] { (void)service::rollback(office.node(), Hash{}, office.session()); }) ==
          ErrorCode::not_found);
    const auto sets = service::list_sets(office.node());
    REQUIRE(sets.size() == 4);
    CHECK(sets.back().policy_hash == second);
    CHECK(service::set_file_bytes(office.node(), sets.back(), "extra.yaml") == stricter);
    CHECK(code_of([&] {
            (void)service::set_file_bytes(office.node(), sets.front(), "extra.yaml");
          }) == ErrorCode::not_found);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("from the first operator on a set takes an approval") {
    Office office;
    const auto key =
        "ssh-ed25519 "
        "AAAAC3NzaC1lZDI1NTE5AAAAIDtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    {
      service::Act act(office.node(), office.session());
      act.append({.event_type = "operator.added",
                  .actor = "operator:olga",
                  .data = {{"actors", Json::array()},
                           {"operator", "olga"},
                           {"public_key", key},
                           {"role", "admin"}},
                  .sealed = std::nullopt});
      (void)act.commit();
    }
    office.write("policies/extra.yaml", stricter);
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, office.session()); }) ==
          ErrorCode::not_permitted);
    CHECK(office.entries() == 4);
  }

  TEST_CASE("an act that is not committed leaves no trace") {
    Office office;
    const auto before = office.projections();
    {
      service::Act act(office.node(), office.session());
      auto files = test::small_set();
      files[1].bytes = stricter;
      CHECK(service::activate_in(act, files, "node:office").changed);
    }
    CHECK(office.entries() == 3);
    CHECK(office.projections() == before);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::approved);
  }
}

}  // namespace lexecon
