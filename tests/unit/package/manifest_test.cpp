#include "package/manifest.hpp"

#include <doctest/doctest.h>

#include "json/parse.hpp"
#include "package/tag_files.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

package::Manifest sample() {
  package::Manifest manifest;
  manifest.contents = {.decisions = 1,
                       .entries = 2,
                       .erased = 3,
                       .evidence = 4,
                       .policies = 5,
                       .sealed = 6,
                       .withheld_entries = 0,
                       .withheld_sealed = 8};
  manifest.disclosure = package::Disclosure::sealed;
  manifest.export_id = "exp_0123456789abcdef";
  manifest.generated_at = {1'700'000'000'999'999};
  manifest.generator = "lexecon/0.1.0";
  manifest.checkpoint = {.origin = "example.org/log", .tree_size = 2, .root = {}};
  manifest.head_entry_hash = Hash{};
  manifest.request = {{"requester", "node:demo"}, {"purpose", nullptr}};
  return manifest;
}

}  // namespace

TEST_SUITE("package/manifest") {
  TEST_CASE("its bytes are canonical, member by member as the format says") {
    const std::string zeros(64, '0');
    CHECK(package::to_bytes(sample()) ==
          R"({"contents":{"decisions":1,"entries":2,"erased":3,"evidence":4,"policies":5,)"
          R"("sealed":6,"withheld_entries":0,"withheld_sealed":8},"disclosure":"sealed",)"
          R"("export_id":"exp_0123456789abcdef","generated_at":"2023-11-14T22:13:20Z",)"
          R"("generator":"lexecon/0.1.0","integrity":{"algorithm":"sha256","root_checksum":")" +
              zeros + R"("},"log":{"head_entry_hash":")" + zeros +
              R"(","origin":"example.org/log","root_hash":")" + zeros +
              R"(","tree_size":2},"packet_version":"lexecon-package/1",)"
              R"("request":{"purpose":null,"requester":"node:demo"},"scope":"all"})");
  }

  TEST_CASE("a package that withholds an entry is filtered, and its head may be withheld too") {
    auto manifest = sample();
    manifest.contents.withheld_entries = 1;
    manifest.head_entry_hash.reset();
    manifest.disclosure = package::Disclosure::none;
    const auto read = json::parse_canonical(package::to_bytes(manifest));
    CHECK(read.at("scope") == "filtered");
    CHECK(read.at("log").at("head_entry_hash").is_null());
    CHECK(read.at("disclosure") == "none");
  }
}

TEST_SUITE("package/tag_files") {
  TEST_CASE("bag-info.txt has four lines") {
    CHECK(package::bag_info_text(sample(), {.bytes = 12, .files = 3}) ==
          "Bag-Software-Agent: lexecon/0.1.0\n"
          "Bagging-Date: 2023-11-14\n"
          "External-Identifier: exp_0123456789abcdef\n"
          "Payload-Oxum: 12.3\n");
  }

  TEST_CASE("the signed comment names log, size and export") {
    CHECK(package::trusted_comment(sample()) ==
          "lexecon-package/1 origin=example.org/log size=2 export=exp_0123456789abcdef");
    auto entropy = test::seeded_entropy(1);
    const auto key = crypto::SecretKey::generate(entropy);
    const auto text = package::minisig_text(sample(), "lines", key);
    CHECK(text.starts_with("untrusted comment: signature by a lexecon ledger key\n"));
    CHECK(text.find("\ntrusted comment: " + package::trusted_comment(sample()) + "\n") !=
          std::string::npos);
  }
}
