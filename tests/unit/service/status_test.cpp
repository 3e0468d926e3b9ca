#include "service/status.hpp"

#include "office.hpp"
#include "people.hpp"
#include "service/activate.hpp"

namespace lexecon {
namespace {

using test::Office;

std::vector<std::string> problems(Office& office) {
  std::vector<std::string> codes;
  const auto status = service::status(office.node(), office.session().write.state_home);
  for (const auto& problem : status.problems) codes.push_back(problem.code);
  CHECK(service::to_json(status).at("ok") == codes.empty());
  return codes;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_SUITE("service/status") {
  TEST_CASE("a healthy node has no problems, also while its draft differs") {
    Office office;
    (void)office.decide(test::paying());
    office.write("risk.yaml", "threshold: 70\n");
    const auto status = service::status(office.node(), office.session().write.state_home);
    CHECK(status.entries == 5);
    CHECK(status.head->tree_size == 5);
    CHECK(status.escalations_open == 1);
    CHECK(status.active->policy_hash == office.made().policy_hash);
    CHECK(status.token_kid == office.made().token_kid);
    CHECK(status.last_entry_at == office.session().now);
    CHECK(status.draft.changed == std::vector<std::string>{"risk.yaml"});
    CHECK_FALSE(status.first_operator);
    CHECK(problems(office).empty());
    office.remove("node.yaml");
    CHECK(service::status(office.node(), office.session().write.state_home).draft_unread);
  }

  TEST_CASE("from which entry on people had a say, and whether one suffices") {
    Office office;
    const auto said = [&] {
      const auto document =
          service::to_json(service::status(office.node(), office.session().write.state_home));
      return std::pair(document.at("human_authority_from"), document.at("four_eyes"));
    };
    CHECK(said() == std::pair(Json(), Json("double")));
    const auto alice = test::person("alice");
    test::add_operator(office, alice, authority::Role::admin);
    test::add_operator(office, test::person("bob"), authority::Role::viewer);
    CHECK(said() == std::pair(Json("entry_3"), Json("double")));
    office.write("node.yaml", "id: office\nroles:\n  four_eyes: single\n");
    (void)service::activate(office.node(), {}, alice.signatory(), office.session());
    CHECK(said() == std::pair(Json("entry_3"), Json("single")));
  }

  TEST_CASE("a ledger behind one of its heads is a problem") {
    Office office;
    const auto old_database = test::slurp(office.node().files.database());
    const auto old_head = test::slurp(office.node().files.head_note());
    (void)office.decide(test::reading());
    CHECK(problems(office).empty());
    replace_file(office.node().files.database(), old_database, Access::private_to_owner);
    CHECK(problems(office) == Codes{"heads"});
    replace_file(office.node().files.head_note(), old_head, Access::as_umask);
    CHECK(problems(office) == Codes{"heads"});  // the user's copy remembers
    std::filesystem::remove(office.node().files.head_note());
    CHECK(problems(office) == Codes{"heads"});
  }

  TEST_CASE("keys that are missing, open or of another node are problems") {
    Office office;
    const Office other(2);
    const auto& files = office.node().files;
    std::filesystem::permissions(files.token_key(), std::filesystem::perms(0640));
    CHECK(problems(office) == Codes{"token_key"});
    std::filesystem::remove(files.token_key());
    CHECK(problems(office) == Codes{"token_key"});
    replace_file(files.ledger_pub(), test::slurp(other.node().files.ledger_pub()),
                 Access::as_umask);
    CHECK(problems(office) == Codes{"ledger_key", "token_key"});
  }
}

}  // namespace lexecon
