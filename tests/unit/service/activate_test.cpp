#include "service/activate.hpp"

#include "json/parse.hpp"
#include "office.hpp"
#include "people.hpp"
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
    const auto activation = service::activate(office.node(), std::nullopt, {}, office.session());
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
    const auto activation = service::activate(office.node(), std::nullopt, {}, office.session());
    CHECK_FALSE(activation.changed);
    CHECK_FALSE(activation.seq);
    CHECK(office.entries() == 3);
  }

  TEST_CASE("only the expected set is activated") {
    Office office;
    office.write("policies/extra.yaml", stricter);
    const auto expected = office.made().policy_hash;
    CHECK(code_of([&] {
            (void)service::activate(office.node(), expected, {}, office.session());
          }) == ErrorCode::bad_input);
    CHECK(office.entries() == 3);
    const auto draft =
        decision::set_hash(decision::digests(service::read_draft(office.node().files)));
    CHECK(service::activate(office.node(), draft, {}, office.session()).policy_hash == draft);
  }

  TEST_CASE("a draft that does not load changes nothing") {
    Office office;
    office.write("policies/extra.yaml", "relations: [{type: allows}]\n");
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.write("policies/bad name.yaml", stricter);
    office.remove("policies/extra.yaml");
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.remove("policies/bad name.yaml");
    office.write("policies/SMALL.yaml", stricter);
    CHECK(code_of([&] { (void)service::activate(office.node(), {}, {}, office.session()); }) ==
          ErrorCode::bad_input);
    office.remove("policies/SMALL.yaml");
    office.write("elsewhere", stricter);
    for (const auto* name : {"policies/link.yaml", "risk.yaml", "node.yaml"}) {
      CAPTURE(name);
      const auto path = office.node().files.folder / name;
      std::filesystem::remove(path);
      std::filesystem::create_symlink(office.node().files.folder / "elsewhere", path);
      CHECK(code_of([&] { (void)service::activate(office.node(), {}, {}, office.session()); }) ==
            ErrorCode::bad_input);
      std::filesystem::remove(path);
    }
    CHECK(office.entries() == 3);
  }

  TEST_CASE("a rollback activates the bytes on record, whatever the folder holds") {
    Office office;
    const auto first = office.made().policy_hash;
    CHECK(code_of([&] { (void)service::rollback(office.node(), {}, {}, office.session()); }) ==
          ErrorCode::not_found);
    office.write("policies/extra.yaml", stricter);
    const auto second = service::activate(office.node(), {}, {}, office.session()).policy_hash;
    office.write("policies/small.yaml", "not a policy");
    const auto back = service::rollback(office.node(), std::nullopt, {}, office.session());
    CHECK(back.policy_hash == first);
    CHECK(back.previous_hash == second);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::approved);
    CHECK(service::rollback(office.node(), second, {}, office.session()).policy_hash == second);
    CHECK_FALSE(service::rollback(office.node(), second, {}, office.session()).changed);
    CHECK(code_of([&] { (void)service::rollback(office.node(), Hash{}, {}, office.session()); }) ==
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

  TEST_CASE("from the first operator on an admin signs which set replaces which") {
    Office office;
    const auto alice = test::person("alice");
    const auto bob = test::person("bob");
    test::add_operator(office, alice, authority::Role::admin);
    test::add_operator(office, bob, authority::Role::compliance_officer);
    office.write("policies/extra.yaml", stricter);
    const auto activate = [&](const std::optional<service::Signatory>& signatory) {
      return service::activate(office.node(), {}, signatory, office.session());
    };
    const auto before = office.projections();
    CHECK(code_of([&] { (void)activate({}); }) == ErrorCode::not_permitted);
    CHECK(office.entries() == 5);
    CHECK(code_of([&] { (void)activate(bob.signatory()); }) == ErrorCode::not_permitted);
    CHECK(office.entries() == 6);
    CHECK(office.projections() == before);
    const auto activation = activate(alice.signatory());
    CHECK(activation.seq == 6);
    CHECK(activation.previous_hash == office.made().policy_hash);
    const auto entry = json::parse(office.bodies().at(6));
    CHECK(entry.at("actor") == "operator:alice");
    CHECK(entry.at("data").at("approval").at("subject") == activation.policy_hash.hex());
    CHECK_FALSE(activate({}).changed);  // what is so already takes nobody's approval
    CHECK(service::rollback(office.node(), {}, alice.signatory(), office.session()).policy_hash ==
          office.made().policy_hash);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("a set that came into force while somebody signed is not replaced by that signature") {
    Office office;
    const auto alice = test::person("alice");
    test::add_operator(office, alice, authority::Role::admin);
    office.write("policies/extra.yaml", stricter);
    auto hesitant = alice.signatory();
    hesitant.sign = [&](std::string_view message, const std::string& /*public_key*/) {
      office.write("risk.yaml", "threshold: 70\n");
      (void)service::activate(office.node(), {}, alice.signatory(), office.session());
      return alice.sign(message);
    };
    const auto refused = [&] {
      (void)service::activate(office.node(), {}, hesitant, office.session());
    };
    CHECK(code_of(refused) == ErrorCode::busy);
    CHECK(office.entries() == 5);
    CHECK(service::find_set(office.node(), std::nullopt).files.size() == 4);
    CHECK(office.verified() == "valid");
  }

  TEST_CASE("an act that is not committed leaves no trace") {
    Office office;
    const auto before = office.projections();
    {
      service::Act act(office.node(), office.session());
      auto files = test::small_set();
      files[1].bytes = stricter;
      const auto set = decision::load_set(files);
      auto wanted = service::activation_of(set, registry::active_set(act.database()));
      CHECK(service::activate_in(act, set, files,
                                 {.event_type = wanted.event_type,
                                  .actor = "node:office",
                                  .data = std::move(wanted.data),
                                  .sealed = std::nullopt})
                .changed);
    }
    CHECK(office.entries() == 3);
    CHECK(office.projections() == before);
    CHECK(office.decide(test::reading()).outcome == policy::Outcome::approved);
  }
}

}  // namespace lexecon
