#include "package/receipt.hpp"

#include <doctest/doctest.h>

#include "chain/merkle.hpp"
#include "chain/sealed.hpp"
#include "ledger/prove.hpp"
#include "ledger/reader.hpp"
#include "unit/ledger/node.hpp"

using namespace lexecon;
using findings::CheckStatus;
using findings::Verdict;

namespace {

/// A log of nine entries, of which those with an odd seq have sealed content.
struct Log {
  Log() {
    node.create();
    for (int i = 1; i < 9; ++i) {
      const auto text = std::to_string(i);
      node.write({i % 2 == 1 ? test::Node::sealed_draft(text) : test::Node::plain_draft(text)});
    }
  }

  [[nodiscard]] package::Receipt receipt(std::uint64_t seq) const {
    store::Database database(node.files.database(), store::OpenMode::read_only);
    const auto stored = ledger::read_entry(database, seq);
    REQUIRE(stored);
    const auto proof = ledger::prove_inclusion(database, {{node.origin, node.key.public_key()}, {}},
                                               seq, std::nullopt);
    return {stored->bytes, chain::to_text(proof), ledger::read_sealed(database, stored->entry)};
  }
  [[nodiscard]] crypto::Pin pin() const { return {std::nullopt, node.key.public_key()}; }

  [[nodiscard]] package::ReceiptCheck check(std::string_view bytes) const {
    const auto pinned = pin();
    return package::check_receipt(bytes, {&pinned, 1});
  }
  [[nodiscard]] package::ReceiptCheck check(const package::Receipt& receipt) const {
    return check(package::to_bytes(receipt));
  }

  test::Node node;
};

/// "entry: what is wrong", or "valid", or the cause of an undecidable verdict.
std::string found(const package::ReceiptCheck& check) {
  if (const auto* fault = check.fault()) {
    CHECK(check.verdict == Verdict::invalid);
    return fault->result.name + fault->where + ": " + fault->result.detail;
  }
  if (check.verdict == Verdict::valid) return "valid";
  CHECK(check.verdict == Verdict::undecidable);
  return check.cause.value_or("no cause");
}

std::string detail_of(const package::ReceiptCheck& check, std::string_view name) {
  for (const auto& each : check.checks) {
    if (each.result.name == name) return each.result.detail;
  }
  FAIL("no such check");
  return {};
}

}  // namespace

TEST_SUITE("package/receipt") {
  TEST_CASE("a receipt of every entry is valid under the log's key and under no other") {
    const Log log;
    auto entropy = test::seeded_entropy(7);
    const crypto::Pin other{std::nullopt, crypto::SecretKey::generate(entropy).public_key()};
    for (std::uint64_t seq = 0; seq < 9; ++seq) {
      CAPTURE(seq);
      const auto bytes = package::to_bytes(log.receipt(seq));
      const auto check = log.check(bytes);
      REQUIRE(found(check) == "valid");
      REQUIRE(check.checks.size() == 7);
      CHECK(check.entry->seq == seq);
      CHECK(check.entry_hash == chain::entry_hash(log.receipt(seq).entry));
      CHECK(check.checkpoint->tree_size == 9);
      CHECK(check.signed_by == log.pin().key);
      CHECK(package::to_bytes(package::parse_receipt(bytes)) == bytes);
      CHECK(package::check_receipt(bytes, {&other, 1}).verdict == Verdict::invalid);
      const std::array both{other, log.pin()};
      CHECK(found(package::check_receipt(bytes, both)) == "valid");
      const crypto::Pin elsewhere{"example.org/other", log.pin().key};
      CHECK(package::check_receipt(bytes, {&elsewhere, 1}).verdict == Verdict::invalid);
    }
  }

  TEST_CASE("without a pin or without a receipt nothing is decided, and a fault still counts") {
    const Log log;
    auto receipt = log.receipt(3);
    CHECK(found(package::check_receipt(package::to_bytes(receipt), {})) == "key_not_pinned");
    CHECK(found(log.check("")) == "nothing_to_check");
    CHECK(log.check("").checks.empty());
    receipt.sealed = log.receipt(5).sealed;
    CHECK(package::check_receipt(package::to_bytes(receipt), {}).verdict == Verdict::invalid);
  }

  TEST_CASE("no byte can be changed, left out or added") {
    const Log log;
    const auto good = package::to_bytes(log.receipt(3));
    const int bits = test::rounds() > 1 ? 8 : 1;
    test::Random random(test::first_seed());
    for (std::size_t at = 0; at < good.size(); ++at) {
      CAPTURE(at);
      for (int bit = 0; bit < bits; ++bit) {
        auto bad = good;
        const auto flipped = bits == 8 ? bit : random.between(0, 7);
        bad[at] = static_cast<char>(bad[at] ^ static_cast<char>(1 << flipped));
        REQUIRE(log.check(bad).verdict == Verdict::invalid);
      }
      auto shorter = good;
      shorter.erase(at, 1);
      REQUIRE(log.check(shorter).verdict == Verdict::invalid);
      if (at > 0) REQUIRE(log.check(good.substr(0, at)).verdict == Verdict::invalid);
    }
    for (const auto* tail : {"\n", " ", "{}"}) {
      CHECK(log.check(good + tail).verdict == Verdict::invalid);
    }
  }

  TEST_CASE("members of two receipts do not go together") {
    const Log log;
    const auto mine = log.receipt(3);
    const auto other = log.receipt(5);
    CHECK(found(log.check({other.entry, mine.proof, other.sealed})) ==
          "inclusion/proof: the proof is of entry_3, the entry is entry_5");
    CHECK(found(log.check({mine.entry, other.proof, mine.sealed})) ==
          "inclusion/proof: the proof is of entry_5, the entry is entry_3");
    CHECK(found(log.check({mine.entry, mine.proof, other.sealed})) ==
          "sealed/sealed: it is not what the entry commits to");
    CHECK(found(log.check({log.receipt(4).entry, log.receipt(4).proof, mine.sealed})) ==
          "sealed/sealed: it is not what the entry commits to");
  }

  TEST_CASE("an entry that is not in the tree is found, though all of it is well made") {
    const Log log;
    auto receipt = log.receipt(3);
    auto entry = chain::parse_entry(receipt.entry);
    entry.data["code"] = "another";
    receipt.entry = chain::to_bytes(entry);
    CHECK(found(log.check(receipt)) ==
          "inclusion/proof: the entry is not in the tree at that place");
    entry.event_type = "log.closed";
    receipt.entry = chain::to_bytes(entry);
    CHECK(found(log.check(receipt)).starts_with("entry/entry"));
  }

  TEST_CASE("a checkpoint of another log, in another name or over another root is found") {
    const Log log;
    const auto receipt = log.receipt(3);
    const auto proof = chain::parse_inclusion_proof(receipt.proof);
    const auto note = chain::parse_note(proof.checkpoint);
    const auto checkpoint = chain::parse_checkpoint(note);
    const auto with = [&](const std::string& signed_note) {
      return found(log.check({receipt.entry,
                              chain::to_text(chain::InclusionProof{3, proof.hashes, signed_note}),
                              receipt.sealed}));
    };
    const auto& key = log.node.key;
    CHECK(with(chain::sign_checkpoint(checkpoint, key)) == "valid");
    CHECK(with(chain::sign_checkpoint({"example.org/other", 9, checkpoint.root}, key)) ==
          "origin/proof: the entry and the checkpoint are of two logs");
    CHECK(with(chain::sign_note(note.text, "example.org/other", key)) ==
          "origin/proof: the checkpoint is signed in another name");
    CHECK(with(chain::sign_checkpoint({checkpoint.origin, 9, chain::leaf_hash("x")}, key)) ==
          "inclusion/proof: the entry is not in the tree at that place");
    CHECK(with(chain::sign_checkpoint({checkpoint.origin, 5, checkpoint.root}, key)) ==
          "inclusion/proof: the entry is not in the tree at that place");
  }

  TEST_CASE("sealed content that is left out is named, and the rest still holds") {
    const Log log;
    auto receipt = log.receipt(3);
    receipt.sealed.reset();
    const auto withheld = log.check(receipt);
    CHECK(found(withheld) == "valid");
    CHECK(detail_of(withheld, "sealed") == "withheld");
    CHECK(detail_of(log.check(log.receipt(4)), "sealed") == "none");
  }

  TEST_CASE("only the one spelling is read") {
    const Log log;
    const auto receipt = log.receipt(3);
    const auto good = package::to_bytes(receipt);
    const auto is_refused = [&](const std::string& bytes) {
      return found(log.check(bytes)).starts_with("receipt");
    };
    CHECK(is_refused("[]"));
    CHECK(is_refused("null"));
    CHECK(is_refused(R"({"entry":"","proof":"","schema":"lexecon.receipt/2","sealed":null})"));
    CHECK(is_refused(R"({"entry":"","proof":"","schema":"lexecon.receipt/1"})"));
    CHECK(is_refused(R"({"entry":"","proof":"","schema":"lexecon.receipt/1","sealed":0})"));
    CHECK(is_refused(good.substr(0, good.size() - 1) + R"(,"signature":""})"));
    CHECK(is_refused(" " + good));
    for (const auto* deep :
         {R"({"entry":[{}]})", R"({"entry":{}})", R"({"a":1,"b":2,"c":3,"d":4,"e":5})"}) {
      CHECK(found(log.check(deep)) == "receipt: expected an object of four texts");
    }
    // Texts may hold what they like.
    CHECK(found(log.check(R"({"entry":"[{,,,,\"","proof":""})")).find("four texts") ==
          std::string::npos);
    auto extra = receipt;
    extra.proof.insert(extra.proof.find("index "), "extra aGk=\n");
    CHECK(found(log.check(extra)) == "proof/proof: the proof has a line that nobody signed");
    extra = receipt;
    extra.entry += " ";
    CHECK(found(log.check(extra)).starts_with("entry/entry"));
  }

  TEST_CASE("one that is too long is neither made nor read") {
    const Log log;
    auto receipt = log.receipt(3);
    receipt.sealed = std::string(package::max_receipt_bytes, 'x');
    CHECK(test::error_of([&] { static_cast<void>(package::to_bytes(receipt)); }).code() ==
          ErrorCode::bad_input);
    CHECK(found(log.check(std::string(package::max_receipt_bytes + 1, ' '))) ==
          "receipt: expected a receipt of at most 4 MiB");
  }
}
