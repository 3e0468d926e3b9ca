#include "package/acta.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <sstream>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "package/acta_check.hpp"
#include "package/receipt.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using findings::Verdict;

namespace {

package::ReceiptCheck check(std::string_view bytes, const std::optional<crypto::PublicKey>& key,
                            std::optional<std::string_view> previous = std::nullopt) {
  if (!key) return package::check_receipt(bytes, {}, previous);
  const crypto::Pin pin{std::nullopt, *key};
  return package::check_receipt(bytes, {&pin, 1}, previous);
}

/// The check that failed, where, and what it says; or "valid", or the cause of an undecidable verdict.
std::string found(const package::ReceiptCheck& made) {
  CHECK(made.format == package::ReceiptFormat::acta);
  CHECK(made.checks.size() == 5);
  if (const auto* fault = made.fault()) {
    CHECK(made.verdict == Verdict::invalid);
    return fault->result.name + fault->where + ": " + fault->result.detail;
  }
  if (made.verdict == Verdict::valid) return "valid";
  CHECK(made.verdict == Verdict::undecidable);
  return made.cause.value_or("no cause");
}

crypto::PublicKey key_of(const Json& hex) { return crypto::public_key(test::unhex(hex)); }

Json own_vectors() { return test::load_json(test::data_file("acta/receipts.json")).at("vectors"); }

Json own_vector(const std::string& name) {
  for (const auto& each : own_vectors()) {
    if (each.at("name") == name) return each;
  }
  FAIL("no such vector");
  return {};
}

crypto::SecretKey golden_key() { return crypto::SecretKey::from_seed(std::string(32, '\7')); }

chain::Entry golden_decision() {
  chain::Entry entry;
  entry.event_type = "decision";
  entry.timestamp = Timestamp{1'767'225'600'000'001};
  entry.data = {{"decision_id", "dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"},
                {"outcome", "approved"},
                {"reason_code", "permitted"},
                {"tool", nullptr},
                {"action", "action:deploy"}};
  return entry;
}

/// Every {payload, signature: {…}} in a fixture, with the key that its kid has in `keys`.
void each_envelope(const Json& value, const std::function<void(const Json&)>& visit) {
  if (value.is_object() && value.contains("payload") && value.contains("signature")) visit(value);
  if (!value.is_structured()) return;
  for (const auto& each : value) each_envelope(each, visit);
}

}  // namespace

TEST_SUITE("package/acta") {
  TEST_CASE("each of our vectors is judged as it says") {
    for (const auto& each : own_vectors()) {
      const auto name = test::text(each.at("name"));
      CAPTURE(name);
      const auto& hex = each.at("key");
      std::optional<crypto::PublicKey> key;
      if (!hex.is_null()) key = key_of(hex);
      std::optional<std::string> previous;
      if (each.contains("previous")) previous = test::text(each.at("previous"));
      const auto bytes = test::text(each.at("receipt"));
      if (name == "two payloads" || name == "something behind it") {
        // What is no JSON at all is not known to be of this kind.
        CHECK(check(bytes, key).verdict == Verdict::invalid);
        continue;
      }
      const auto made = check(bytes, key, previous);
      CHECK(found(made).starts_with(test::text(each.at("expected"))));
      if (each.contains("unsigned")) CHECK(Json(made.acta->unsigned_members) == each["unsigned"]);
      if (made.signed_by) CHECK(made.signed_by == key);
      if (made.verdict == Verdict::valid) CHECK(made.signed_by.has_value());
      CHECK_NOTHROW(static_cast<void>(package::to_json(made)));
    }
  }

  TEST_CASE("a receipt is a function of the entry and the key, and says what was decided") {
    const auto key = golden_key();
    auto entry = golden_decision();
    CHECK(package::sign_acta(entry, key) == test::text(own_vector("ours").at("receipt")));
    const auto payload = [&] { return package::acta_payload(entry, "0123456789abcdef"); };
    entry.data["tool"] = "kubectl";
    CHECK(payload().at("tool_name") == "kubectl");
    for (const auto& [outcome, said] :
         std::vector<std::pair<std::string, std::string>>{{"approved", "allow"},
                                                          {"denied", "deny"},
                                                          {"escalated", "require_approval"},
                                                          {"conditional", "require_approval"}}) {
      entry.data["outcome"] = outcome;
      CHECK(payload().at("decision") == said);
      CHECK(found(check(package::sign_acta(entry, key), key.public_key())) == "valid");
    }
    entry.event_type = "genesis";
    CHECK_THROWS_AS(static_cast<void>(package::sign_acta(entry, key)), Error);
  }

  TEST_CASE("what is signed cannot be taken for a note, a manifest or a digest of minisign") {
    auto entry = golden_decision();
    entry.data["tool"] = "a\nb\n\n— example.org/log x";
    const auto bytes = json::canonical(package::acta_payload(entry, "0123456789abcdef"));
    CHECK(bytes.starts_with('{'));
    CHECK(bytes.find('\n') == std::string::npos);
    CHECK(bytes.size() > 64);
  }

  TEST_CASE("no byte of ours can be changed, left out or added") {
    const auto good = test::text(own_vector("ours").at("receipt"));
    const auto key = golden_key().public_key();
    REQUIRE(found(check(good, key)) == "valid");
    const int bits = test::rounds() > 1 ? 8 : 1;
    test::Random random(test::first_seed());
    for (std::size_t at = 0; at < good.size(); ++at) {
      CAPTURE(at);
      for (int bit = 0; bit < bits; ++bit) {
        auto bad = good;
        const auto flipped = bits == 8 ? bit : random.between(0, 7);
        bad[at] = static_cast<char>(bad[at] ^ static_cast<char>(1 << flipped));
        REQUIRE(check(bad, key).verdict == Verdict::invalid);
      }
      auto bad = good;
      bad.erase(at, 1);
      REQUIRE(check(bad, key).verdict == Verdict::invalid);
      bad = good;
      bad.insert(at, 1, good[at]);
      REQUIRE(check(bad, key).verdict == Verdict::invalid);
      if (at > 0) REQUIRE(check(good.substr(0, at), key).verdict == Verdict::invalid);
    }
  }

  TEST_CASE("whatever is changed in another's, it is valid only with what was signed") {
    const auto vector = own_vector("another's, with members that nobody signed");
    const auto good = test::text(vector.at("receipt"));
    const auto key = key_of(vector.at("key"));
    const auto original = package::parse_acta(good);
    test::Random random(test::first_seed());
    for (std::size_t at = 0; at < good.size(); ++at) {
      CAPTURE(at);
      for (int round = 0; round < 2 * test::rounds(); ++round) {
        auto bad = good;
        bad[at] = static_cast<char>(random.between(0, 255));
        const auto made = check(bad, key);
        REQUIRE(made.verdict != Verdict::undecidable);
        if (made.verdict == Verdict::invalid) continue;
        CHECK(json::canonical(made.acta->payload) == json::canonical(original.payload));
        CHECK(made.acta->signature == original.signature);
        CHECK(made.acta->kid == original.kid);
      }
    }
  }

  TEST_CASE("hostile input is invalid and nothing worse") {
    const auto key = golden_key().public_key();
    const std::string deep(100, '[');
    const std::string payload = R"({"payload":)";
    for (const auto& bytes : std::vector<std::string>{
             payload, payload + deep, payload + "{}}", payload + R"({},"signature":{}})",
             payload + R"({},"signature":null})",
             payload + R"({"a":1e999},"signature":{"alg":"EdDSA","kid":"","sig":""}})",
             payload + R"({"a":"\ud800"},"signature":{}})", payload + "{\"a\":\"\0\"}}",
             "\xef\xbb\xbf" + payload + "{}}", R"({"signature":[]})",
             R"([{"payload":{},"signature":{}}])", payload + "{},\"signature\":{\"alg\":\"\xff\"}}",
             std::string(3, '\0'),
             payload + R"({},"signature":{"alg":"EdDSA","kid":"","sig":")" + std::string(128, '0') +
                 "\"}}"}) {
      CAPTURE(bytes);
      CHECK(check(bytes, key).verdict == Verdict::invalid);
      CHECK(check(bytes, std::nullopt).verdict != Verdict::valid);
    }
    const auto huge = payload + R"({"a":")" + std::string(package::max_acta_bytes, 'x') + "\"}}";
    CHECK(check(huge, key).verdict == Verdict::invalid);
    CHECK_THROWS_AS(static_cast<void>(package::parse_acta(huge)), Error);
    CHECK_THROWS_AS(static_cast<void>(package::acta_hash(huge)), Error);
  }

  TEST_CASE("a number that has no canonical text makes no signature good") {
    const auto key = golden_key();
    const auto with = [&](const std::string& number) {
      const auto sig = to_hex(key.sign(R"({"a":)" + number + "}"));
      return R"({"payload":{"a":)" + number + R"(},"signature":{"alg":"EdDSA","kid":"k","sig":")" +
             sig + "\"}}";
    };
    CHECK(found(check(with("1.5"), key.public_key())) == "valid");
    // Signed as written, which RFC 8785 writes otherwise.
    CHECK(found(check(with("1.0"), key.public_key())).starts_with("signature"));
    CHECK(found(check(with("1e20"), key.public_key())).starts_with("signature"));
  }

  TEST_CASE("the conformance vectors of asqav come out as they expect") {
    const auto folder =
        test::public_vectors("acta-asqav/verifier/conformance-vectors/acta-01-genesis");
    if (!folder) return;
    int judged = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder->parent_path())) {
      if (!each.is_directory()) continue;
      const auto& path = each.path();
      CAPTURE(path.string());
      const auto keys = test::load_json(path / "acta-keys.json").at("keys");
      REQUIRE(keys.size() == 1);
      const auto key = crypto::public_key(from_base64url(test::text(keys[0].at("x"))).value());
      const auto receipt = test::slurp(path / "receipt.json");
      std::optional<std::string> previous;
      if (exists(path / "predecessor.json")) previous = test::slurp(path / "predecessor.json");
      const auto expected = test::load_json(path / "expected.json").at("outcome");
      REQUIRE((expected == "PASS" || expected == "FAIL"));
      const auto made = found(check(receipt, key, previous));
      if (expected == "PASS") {
        CHECK(made == "valid");
      } else {
        CHECK(made == "signature/signature/sig: it is not signed by the pinned key");
      }
      CHECK(check(receipt, std::nullopt, previous).verdict == Verdict::undecidable);
      // A link is worth nothing without what it leads to.
      if (previous) CHECK(found(check(receipt, key)) == "predecessor_missing");
      ++judged;
    }
    CHECK(judged == 7);
  }

  TEST_CASE("every attestation of the trust headers is valid under its issuer's key") {
    const auto folder = test::public_vectors("acta-scopeblind/a2a-trust-header");
    if (!folder) return;
    std::map<std::string, crypto::PublicKey> keys;
    const auto listed = test::load_json(*folder / "_keys.json");
    for (const auto& each : listed.at("keys")) {
      keys.emplace(test::text(each.at("did")), key_of(each.at("pubkey")));
    }
    std::map<std::string, int> judged;
    for (const auto& each : std::filesystem::directory_iterator(*folder)) {
      if (each.path().extension() != ".json" || each.path().filename() == "_keys.json") continue;
      CAPTURE(each.path().string());
      const auto fixture = test::load_json(each.path());
      const auto& header = fixture.at("header_value");
      each_envelope(header, [&](const Json& envelope) {
        const auto bytes = envelope.dump(2);
        const auto& key = keys.at(test::text(envelope.at("signature").at("kid")));
        const auto made = check(bytes, key);
        CHECK(found(made) == "valid");
        CHECK(made.acta->unsigned_members ==
              std::vector<std::string>{"canonicalization", "pubkey"});
        CHECK(check(bytes, golden_key().public_key()).verdict == Verdict::invalid);
        CHECK(found(check(bytes, std::nullopt)) == "key_not_pinned");
        ++judged[test::text(fixture.at("expected_verifier_output"))];
      });
      // Their links of delegation are no envelopes, but are signed alike.
      for (auto link : header.at("delegation_chain")) {
        const auto signature = link.at("signature");
        link.erase("signature");
        CHECK(crypto::verify(keys.at(test::text(signature.at("kid"))), json::canonical(link),
                             test::unhex(signature.at("sig"))));
      }
      if (!header.contains("deny_receipt")) continue;
      // Their reference to it is of its payload: a member of their own, and no link between receipts.
      const auto bytes = json::canonical(header.at("deny_receipt").at("payload"));
      CHECK(header.at("attestations")[0].at("payload").at("deny_receipt_ref") ==
            "sha256:" + crypto::sha256(bytes).hex());
    }
    // Upstream says `valid`, `invalid` and `deny` of whole headers. One is `invalid` because two of its
    // attestations name digests of two kinds, and one is `deny` because a delegation in it was revoked.
    // Neither is a matter of a receipt: each of theirs is signed, and valid as such.
    CHECK(judged == std::map<std::string, int>{{"valid", 9}, {"invalid", 2}, {"deny", 2}});
  }

  TEST_CASE("the receipts of the APS gateway are of another envelope, and are not taken for ours") {
    const auto folder = test::public_vectors("acta-scopeblind/aps-gateway-enforcement");
    if (!folder) return;
    const auto key = key_of(test::load_json(*folder / "_keys/public-key.json").at("publicKeyHex"));
    for (const auto* name : {"2-external-verification", "3-state-drift", "4-portability"}) {
      CAPTURE(name);
      const auto bytes = test::slurp(*folder / name / "receipt.json");
      // Upstream says VALID: its version 2 signs the whole document but `signature`, which is a text.
      // The draft signs the payload alone, so here it is no receipt; its signature is good all the same.
      CHECK(found(check(bytes, key)) == "receipt/signature: expected an object");
      auto whole = test::load_json(*folder / name / "receipt.json");
      const auto signature = test::unhex(whole.at("signature"));
      whole.erase("signature");
      CHECK(crypto::verify(key, json::canonical(whole), signature));
      CHECK_FALSE(crypto::verify(key, json::canonical(whole.at("payload")), signature));
      if (!exists(*folder / name / "canonical.txt")) continue;
      CHECK(json::canonical(whole) == test::slurp(*folder / name / "canonical.txt"));
      const auto expected = test::load_json(*folder / name / "expected-output.json");
      CHECK(crypto::sha256(json::canonical(whole)).hex() ==
            expected.at("receipt_canonical_sha256"));
    }
    // The first vector is about a receipt that was not made: nothing in it is one.
    for (const auto* file : {"audit-log.json", "expected-output.json"}) {
      CHECK(check(test::slurp(*folder / "1-fail-closed" / file), key).verdict == Verdict::invalid);
    }
  }

  TEST_CASE("the expected chain of scopeblind holds when it is signed with their key") {
    const auto folder = test::public_vectors("acta-scopeblind");
    if (!folder) return;
    const auto readme = test::slurp(*folder / "fixtures/keys/README.md");
    const auto key = crypto::SecretKey::from_seed(std::string(31, '\0') + '\1');
    CHECK(readme.find(to_hex(key.public_key().view())) != std::string::npos);
    std::istringstream lines(test::slurp(*folder / "expected/chain.jsonl"));
    std::vector<std::string> chain;
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      // A line is what a receipt has to say, and none by itself.
      CHECK(check(line, key.public_key()).verdict == Verdict::invalid);
      auto payload = json::parse(line);
      payload["type"] = "scopeblind:decision";
      payload["issuer_id"] = "sb:testvectors";
      if (!chain.empty()) {
        const bool is_bare = chain.size() % 2 == 0;
        payload["previousReceiptHash"] =
            (is_bare ? "" : "sha256:") + package::acta_hash(chain.back()).hex();
      }
      const Json receipt{{"payload", payload},
                         {"signature",
                          {{"alg", "EdDSA"},
                           {"kid", "sb:testvectors"},
                           {"sig", to_hex(key.sign(json::canonical(payload)))}}}};
      const auto bytes = receipt.dump();
      if (chain.empty()) {
        CHECK(found(check(bytes, key.public_key())) == "valid");
      } else {
        CHECK(found(check(bytes, key.public_key(), chain.back())) == "valid");
        CHECK(found(check(bytes, key.public_key())) == "predecessor_missing");
        if (chain.size() > 1) {
          CHECK(found(check(bytes, key.public_key(), chain.front())).starts_with("link"));
        }
      }
      chain.push_back(bytes);
    }
    CHECK(chain.size() == 4);
    for (const auto& input : std::filesystem::directory_iterator(*folder / "fixtures/inputs")) {
      const auto asked = test::load_json(input.path());
      const auto& said = json::parse(chain.at(asked.at("sequence").get<std::size_t>() - 1));
      CHECK(said.at("payload").at("decision") == asked.at("expected_decision"));
      CHECK(said.at("payload").at("tool_name") == asked.at("tool_name"));
    }
  }
}
