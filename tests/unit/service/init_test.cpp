#include "service/init.hpp"

#include <sys/stat.h>

#include "crypto/identity.hpp"
#include "json/parse.hpp"
#include "ledger/verify.hpp"
#include "office.hpp"
#include "people.hpp"
#include "service/draft.hpp"
#include "service/templates.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

unsigned mode_of(const Path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

std::vector<std::string> names_in(const Path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

service::Session session_in(const test::TempFolder& folder, std::uint64_t seed = 5) {
  return {.now = Timestamp{1'767'225'600'000'000},
          .entropy = test::seeded_entropy(seed),
          .passphrase = {},
          .write = {.patience = std::chrono::seconds(1),
                    .state_home = folder / "state",
                    .accept_clock = false,
                    .allow_network_filesystem = false}};
}

}  // namespace

TEST_SUITE("service/init") {
  TEST_CASE("a new node has three entries under one checkpoint and verifies") {
    const Office office;
    CHECK(office.made().tree_size == 3);
    std::vector<std::string> types;
    for (const auto& body : office.bodies()) {
      types.push_back(json::parse(body).at("event_type").get<std::string>());
    }
    CHECK(types == std::vector<std::string>{"genesis", "key.added", "policy.activated"});
    CHECK(office.verified() == "valid");
    CHECK(office.node().id == "office");
    const auto identity = crypto::parse_vkey(office.made().ledger_vkey);
    CHECK(identity.name == office.node().origin);
    CHECK(identity.key == office.node().keys.genesis.key);
  }

  TEST_CASE("the first operator is an admin in the same transaction") {
    const test::TempFolder folder;
    auto session = session_in(folder);
    const auto alice = test::person("alice");
    const auto make = [&](const std::string& name, const std::string& id, const std::string& key) {
      return service::init(
          {.folder = folder / name,
           .id = "office",
           .origin = std::nullopt,
           .files = test::small_set(),
           .first_operator =
               service::NewOperator{
                   .id = id, .public_key = key, .role = authority::Role::viewer, .actors = {}}},
          session);
    };
    const auto made = make("node", "alice", alice.public_key());
    CHECK(made.tree_size == 4);
    CHECK(made.first_operator == "alice");
    const auto node = service::open_node(made.folder);
    const auto list = service::list_operators(node);
    CHECK(list.at("human_authority_from") == "entry_3");
    CHECK(list.at("operators").at(0).at("role") == "admin");
    const auto found = ledger::verify(
        node.files,
        {.state_home = session.write.state_home, .pins = {}, .older_notes = {}, .skip = {}});
    CHECK(found.verdict == ledger::Verdict::valid);
    CHECK(found.people.first_operator == 3);
    CHECK(code_of([&] { (void)make("bad", "Alice", alice.public_key()); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)make("bad", "alice", "ssh-rsa AAAA"); }) == ErrorCode::bad_input);
    CHECK(names_in(folder / ".") == std::vector<std::string>{"node", "state"});
  }

  TEST_CASE("secrets are the owner's alone and what may be tracked is not ignored") {
    const Office office;
    const auto& files = office.node().files;
    CHECK(mode_of(files.folder) == 0700U);
    CHECK(mode_of(files.keys()) == 0700U);
    CHECK(mode_of(files.ledger_key()) == 0600U);
    CHECK(mode_of(files.token_key()) == 0600U);
    CHECK(names_in(files.keys()) ==
          std::vector<std::string>{"ledger.key", "ledger.pub", "token.key", "token.pub"});
    CHECK(test::slurp(files.policies() / ".gitattributes") == "* -text\n");
    const auto ignored = test::slurp(files.folder / ".gitignore");
    CHECK(ignored.find("\n*\n") != std::string::npos);
    CHECK(ignored.find("\n!keys/*.pub\n") != std::string::npos);
    CHECK(ignored.find("key\n!") == std::string::npos);
  }

  TEST_CASE("the id replaces the template's, wherever its line stands") {
    const test::TempFolder folder;
    auto session = session_in(folder);
    auto files = test::small_set();
    files[0].bytes = "# a node\ntokens: {ttl: 1m}\nid: other  # the label\n";
    (void)service::init({folder / "a", "east-1", std::nullopt, files}, session);
    CHECK(test::slurp(folder / "a/node.yaml") == "# a node\ntokens: {ttl: 1m}\nid: \"east-1\"\n");
    CHECK(service::open_node(folder / "a").id == "east-1");
    files[0].bytes = "tokens: {ttl: 1m}\n";
    (void)service::init({folder / "b", "east-2", std::nullopt, files}, session);
    CHECK(test::slurp(folder / "b/node.yaml") == "id: \"east-2\"\ntokens: {ttl: 1m}\n");
  }

  TEST_CASE("a folder with anything in it is left as it is") {
    const test::TempFolder folder;
    auto session = session_in(folder);
    (void)service::init({folder / "node", "one", std::nullopt, test::small_set()}, session);
    const auto before = test::slurp(folder / "node/ledger.db");
    CHECK(code_of([&] {
            (void)service::init({folder / "node", "two", std::nullopt, test::small_set()}, session);
          }) == ErrorCode::cannot_create);
    CHECK(test::slurp(folder / "node/ledger.db") == before);
    write_new_file(folder / "file", "x", Access::as_umask);
    CHECK(code_of([&] {
            (void)service::init({folder / "file", "two", std::nullopt, test::small_set()}, session);
          }) == ErrorCode::cannot_create);
    make_folder(folder / "empty", Access::as_umask);
    (void)service::init({folder / "empty", "two", std::nullopt, test::small_set()}, session);
    CHECK(service::open_node(folder / "empty").id == "two");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"empty", "file", "node", "state"});
  }

  TEST_CASE("bad names and templates that do not load leave nothing behind") {
    const test::TempFolder folder;
    auto session = session_in(folder);
    const auto attempt = [&](const std::string& id, const std::optional<std::string>& origin,
                             const std::vector<decision::SetFile>& files) {
      return code_of([&] { (void)service::init({folder / "node", id, origin, files}, session); });
    };
    CHECK(attempt("Not Good", std::nullopt, test::small_set()) == ErrorCode::bad_input);
    CHECK(attempt("", std::nullopt, test::small_set()) == ErrorCode::bad_input);
    CHECK(attempt("ok", "lexecon.internal/log/0123", test::small_set()) == ErrorCode::bad_input);
    CHECK(attempt("ok", "UPPER", test::small_set()) == ErrorCode::bad_input);
    auto broken = test::small_set();
    broken[1].bytes = "relations: 5\n";
    CHECK(attempt("ok", std::nullopt, broken) == ErrorCode::bad_input);
    broken.pop_back();
    CHECK(attempt("ok", std::nullopt, broken) == ErrorCode::bad_input);
    CHECK(names_in(folder.path()).empty());
  }

  TEST_CASE("whatever random byte fails to come, nothing is left of the node") {
    const test::TempFolder folder;
    auto session = session_in(folder);
    auto source = test::seeded_entropy(3);
    int left = 0;
    session.entropy = Entropy([&](std::span<std::uint8_t> out) {
      if (left-- == 0) throw Error(ErrorCode::io, "no random bytes");
      source.fill(out);
    });
    int failures = 0;
    for (int n = 0;; ++n) {
      REQUIRE(n < 50);
      left = n;
      const auto code = code_of([&] {
        (void)service::init({folder / "node", "one", "example.org/log", test::small_set()},
                            session);
      });
      if (!code) break;
      CHECK(code == ErrorCode::io);
      ++failures;
      CAPTURE(n);
      CHECK(names_in(folder.path()).empty());
    }
    CHECK(failures >= 5);
    CHECK(service::open_node(folder / "node").origin == "example.org/log");
  }

  TEST_CASE("a clone without ledger and keys is a template and says what to do") {
    const Office office;
    const auto& files = office.node().files;
    std::filesystem::remove(files.database());
    CHECK(code_of([&] { (void)service::open_node(files.folder); }) == ErrorCode::integrity);
    std::filesystem::remove(files.ledger_key());
    std::filesystem::remove(files.token_key());
    try {
      (void)service::open_node(files.folder);
      FAIL("opened");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::configuration);
      CHECK(error.hint().find("init --from") != std::string::npos);
      CHECK(error.hint().find("gate --receipt") != std::string::npos);
    }
    std::filesystem::remove(files.node_yaml());
    CHECK(code_of([&] { (void)service::open_node(files.folder); }) == ErrorCode::not_found);
  }

  TEST_CASE("every template that the program carries makes a node") {
    const auto names = service::template_names();
    CHECK(std::find(names.begin(), names.end(), "minimal") != names.end());
    CHECK(std::find(names.begin(), names.end(), "enterprise") != names.end());
    const test::TempFolder folder;
    auto session = session_in(folder);
    for (const auto& name : names) {
      CAPTURE(name);
      const auto tests = service::template_tests(name);
      (void)service::init({folder / name, name, std::nullopt, service::template_files(name), tests},
                          session);
      for (const auto& table : tests) {
        CHECK(test::slurp(folder / name / table.name) == table.bytes);
      }
      CHECK(service::open_node(folder / name).id == name);
    }
    CHECK(code_of([] { (void)service::template_files("minimaal"); }) == ErrorCode::not_found);
  }
}

}  // namespace lexecon
