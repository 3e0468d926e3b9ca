#include "ledger/verify.hpp"

#include <doctest/doctest.h>

#include <string>

#include "crypto/identity.hpp"
#include "ledger/head.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::CheckStatus;
using ledger::Verdict;
using test::error_of;
using test::Node;

namespace {

ledger::Verification verify(const Node& node) {
  return ledger::verify(
      node.files,
      {.state_home = node.options.state_home, .pins = {}, .older_notes = {}, .skip = {}});
}

ledger::CheckResult check(const ledger::Verification& verification, const std::string& name) {
  for (const auto& result : verification.checks) {
    if (result.name == name) return result;
  }
  FAIL("no check named " << name);
  return {};
}

void fill(Node& node) {
  node.create();
  node.write({Node::plain_draft("a"), Node::sealed_draft("b"), Node::plain_draft("c")});
  node.write({Node::sealed_draft("d")});
}

}  // namespace

TEST_SUITE("ledger/verify") {
  TEST_CASE("what the writer wrote is valid, with every item counted") {
    Node node;
    fill(node);
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::valid);
    CHECK(verification.cause == std::nullopt);
    CHECK(verification.first_bad_seq == std::nullopt);
    CHECK(verification.entries_verified == 5);
    CHECK(verification.origin == node.origin);
    REQUIRE(verification.head);
    CHECK(verification.head->tree_size == 5);
    CHECK(check(verification, "entries").items == 5);
    CHECK(check(verification, "sealed").items == 2);
    CHECK(check(verification, "checkpoints").items == 3);
    CHECK(check(verification, "head_note").status == CheckStatus::pass);
    CHECK(check(verification, "user_head").status == CheckStatus::pass);
    CHECK(check(verification, "pins").status == CheckStatus::not_run);
    CHECK(check(verification, "events").detail == "4 not interpreted");
  }

  TEST_CASE("a ledger of every size is valid, wherever a batch of its rows ends") {
    Node node;
    node.create();
    for (std::uint64_t size = 2; size < 40; ++size) {
      node.write({Node::sealed_draft(std::string(5'000, 'x'))});  // some twelve of them a batch
      const auto verification = verify(node);
      CAPTURE(size);
      CHECK(verification.verdict == Verdict::valid);
      CHECK(verification.entries_verified == size);
      CHECK(check(verification, "sealed").items == size - 1);
      CHECK(check(verification, "checkpoints").items == size);
    }
  }

  TEST_CASE("a fault on either side of every border between batches is named where it stands") {
    Node node;
    node.create();
    const std::vector<ledger::Draft> drafts(40, Node::sealed_draft(std::string(5'000, 'x')));
    node.write(drafts);
    auto database = test::tamper(node);
    for (int seq = 1; seq <= 40; ++seq) {
      const std::string here = " WHERE seq = " + std::to_string(seq);
      const auto only_failure = [&](const std::string& spoil, const std::string& mend) {
        database.execute(spoil + here);
        const auto verification = verify(node);
        database.execute(mend + here);
        CAPTURE(seq);
        CHECK(verification.verdict == Verdict::invalid);
        CHECK(verification.first_bad_seq == seq);
        std::string failed;
        for (const auto& each : verification.checks) {
          if (each.status == CheckStatus::fail) failed += each.name + " ";
        }
        return failed;
      };
      CHECK(only_failure("UPDATE entries SET actor = 'node:other'",
                         "UPDATE entries SET actor = 'node:node-1'") == "columns ");
      CHECK(only_failure(
                "UPDATE sealed SET body = CAST(replace(CAST(body AS TEXT), 'xx', 'yy') AS BLOB)",
                "UPDATE sealed SET body = CAST(replace(CAST(body AS TEXT), 'yy', 'xx') AS BLOB)") ==
            "sealed ");
    }
    CHECK(verify(node).verdict == Verdict::valid);
  }

  TEST_CASE("without a checkpoint kept elsewhere completeness is not established") {
    Node node;
    fill(node);
    CHECK_FALSE(verify(node).complete);
    ledger::VerifyOptions pinned;
    pinned.pins = {{node.origin, node.key.public_key()}};
    CHECK_FALSE(ledger::verify(node.files, pinned).complete);
  }

  TEST_CASE("a checkpoint kept elsewhere proves the log complete up to its size") {
    Node node;
    const std::string first = node.create();
    const std::string second = node.write({Node::plain_draft("a")});
    node.write({Node::plain_draft("b")});
    ledger::VerifyOptions options;
    options.older_notes = {second, first};
    const auto verification = ledger::verify(node.files, options);
    CHECK(verification.verdict == Verdict::valid);
    CHECK(verification.complete);
    CHECK(verification.complete_up_to == 2);
  }

  TEST_CASE("of two forks each finds the other, and shows both notes") {
    Node node;
    node.create();
    Node fork(2);
    test::copy_folder(node.files.folder, fork.files.folder);
    const std::string mine = node.write({Node::plain_draft("a")});
    auto writer = ledger::Writer(fork.files, node.key, node.now, fork.entropy, fork.options);
    writer.append(Node::plain_draft("b"));
    const std::string theirs = writer.commit();
    ledger::VerifyOptions options;
    options.older_notes = {theirs};
    const auto verification = ledger::verify(node.files, options);
    CHECK(verification.verdict == Verdict::invalid);
    CHECK_FALSE(verification.complete);
    REQUIRE(verification.conflicts.size() == 1);
    CHECK(verification.conflicts[0].ours == mine);
    CHECK(verification.conflicts[0].theirs == theirs);
  }

  TEST_CASE(
      "yesterday's directory is found by the user's copy of the head, or by a note kept "
      "elsewhere") {
    Node node;
    fill(node);
    test::copy_folder(node.files.folder, node.folder / "yesterday");
    const std::string today = node.write({Node::plain_draft("e")});
    test::copy_folder(node.folder / "yesterday", node.files.folder);
    const auto by_copy = verify(node);
    CHECK(by_copy.verdict == Verdict::invalid);
    CHECK(by_copy.first_bad_seq == 5);
    CHECK(check(by_copy, "user_head").status == CheckStatus::fail);

    std::filesystem::remove_all(node.options.state_home);
    CHECK(verify(node).verdict == Verdict::valid);
    ledger::VerifyOptions options;
    options.older_notes = {today};
    CHECK(ledger::verify(node.files, options).verdict == Verdict::invalid);
  }

  TEST_CASE("head.note missing beside several checkpoints is undecidable, beside one it is not") {
    Node node;
    node.create();
    std::filesystem::remove(node.files.head_note());
    CHECK(verify(node).verdict == Verdict::valid);
    node.write({Node::plain_draft("a")});
    std::filesystem::remove(node.files.head_note());
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::undecidable);
    CHECK(verification.cause == "head_note_missing");
  }

  TEST_CASE("an empty ledger has nothing to check, unless a head remembers more") {
    Node node;
    const std::string note = node.create();
    {
      auto database = test::tamper(node);
      database.execute("DELETE FROM entries");
      database.execute("DELETE FROM checkpoints");
    }
    const auto remembered = verify(node);
    CHECK(remembered.verdict == Verdict::invalid);
    std::filesystem::remove(node.files.head_note());
    std::filesystem::remove_all(node.options.state_home);
    const auto forgotten = verify(node);
    CHECK(forgotten.verdict == Verdict::undecidable);
    CHECK(forgotten.cause == "nothing_to_check");
  }

  TEST_CASE("a database that is none, or that is gone, is invalid") {
    Node node;
    fill(node);
    std::filesystem::remove(node.files.database());
    CHECK(verify(node).verdict == Verdict::invalid);
    write_new_file(node.files.database(), std::string(8'192, 'x'), Access::private_to_owner);
    CHECK(verify(node).verdict == Verdict::invalid);
    replace_file(node.files.database(), "", Access::private_to_owner);
    CHECK(verify(node).verdict == Verdict::invalid);
  }

  TEST_CASE("the tables may be missing") {
    for (const char* table : {"entries", "sealed", "checkpoints", "frontier", "policy_files"}) {
      CAPTURE(table);
      Node node;
      fill(node);
      test::tamper(node).execute(std::string("DROP TABLE ") + table);
      const auto verification = verify(node);
      CHECK(verification.verdict == Verdict::invalid);
      CHECK(check(verification, "schema").status == CheckStatus::fail);
    }
  }

  TEST_CASE("sealed content that was erased is not missed") {
    Node node;
    fill(node);
    node.write({{.event_type = "sealed.erased",
                 .actor = "node:node-1",
                 .data = {{"legal_basis", "gdpr_17"},
                          {"requested_at", to_text(test::epoch)},
                          {"seqs", {2}}},
                 .sealed = std::nullopt}});
    CHECK(check(verify(node), "sealed").status == CheckStatus::fail);
    test::tamper(node).execute("DELETE FROM sealed WHERE seq = 2");
    CHECK(check(verify(node), "sealed").status == CheckStatus::pass);
    CHECK(check(verify(node), "approvals").status == CheckStatus::fail);
  }

  TEST_CASE("a note that is no checkpoint cannot be asked about") {
    Node node;
    fill(node);
    ledger::VerifyOptions options;
    options.older_notes = {"x"};
    CHECK(error_of([&] { static_cast<void>(ledger::verify(node.files, options)); }).code() ==
          ErrorCode::bad_input);
  }

  TEST_CASE("verification needs no lock and sees no half transaction") {
    Node node;
    fill(node);
    auto writer = node.open();
    writer.append(Node::plain_draft("not yet"));
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::valid);
    CHECK(verification.entries_verified == 5);
  }

  TEST_CASE("the document has the members that scripts read") {
    Node node;
    fill(node);
    const Json document = ledger::to_json(verify(node));
    CHECK(document.at("schema") == "lexecon.verification/1");
    CHECK(document.at("verdict") == "valid");
    CHECK(document.at("cause").is_null());
    CHECK(document.at("first_bad_seq").is_null());
    CHECK(document.at("head").at("tree_size") == 5);
    CHECK(document.at("checks").size() == ledger::check_names().size());
    CHECK(document.at("checks")[0] ==
          Json{{"name", "database"},
               {"status", "pass"},
               {"items", 5},
               {"detail", "the index of the entries; all pages with --deep"}});
    CHECK(document.at("completeness") == Json{{"established", false}, {"up_to_size", nullptr}});
  }
}
