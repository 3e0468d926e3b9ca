#include "authority/exports.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"

using namespace lexecon;
using authority::Exports;
using authority::Fault;
using decision::ExportApproval;

namespace {

struct Log {
  Exports exports;
  std::uint64_t next = 10;
  ExportApproval setting = ExportApproval::none;
  bool one_suffices = false;

  Fault take(const char* event_type, Json data, const char* signer) {
    chain::Entry entry;
    entry.event_type = event_type;
    entry.data = std::move(data);
    entry.seq = next++;
    if (signer != nullptr) entry.data["approval"] = {{"operator", signer}};
    return exports.take(entry, setting, one_suffices);
  }
  std::uint64_t ask(const char* signer, const char* disclosure = "sealed") {
    CHECK_FALSE(take("export.requested", {{"disclosure", disclosure}}, signer));
    return next - 1;
  }
  Fault approve(std::uint64_t request, const char* signer) {
    return take("export.approved", {{"request", request}}, signer);
  }
  Fault make(std::uint64_t request) {
    return take("export.sealed", {{"request", request}}, nullptr);
  }
};

}  // namespace

TEST_SUITE("authority/exports") {
  TEST_CASE("a package that was asked for is made once") {
    Log log;
    CHECK(log.make(3) == "it tells of a package that nobody asked for");
    const auto request = log.ask(nullptr);
    CHECK(log.exports.open(request) != nullptr);
    CHECK_FALSE(log.make(request));
    CHECK(log.exports.open(request) == nullptr);
    CHECK(log.make(request).has_value());
    CHECK(log.approve(request, "bob") == "entry_11 asks for no package that is to be made");
  }

  TEST_CASE("where it is wanted a second person approves it first") {
    Log log;
    log.setting = ExportApproval::sealed;
    CHECK_FALSE(log.make(log.ask("ann", "none")));
    const auto request = log.ask("ann");
    CHECK(log.make(request) == "no second person approved entry_12, as exports.approval wants it");
    CHECK(log.approve(request, "ann") ==
          "`ann` asked for it, and nobody approves what he asked for");
    CHECK(log.make(request).has_value());
    CHECK_FALSE(log.approve(request, "bob"));
    CHECK(log.approve(request, "ina") == "`bob` approved entry_12 already");
    CHECK(log.exports.open(request)->approver == "bob");
    CHECK_FALSE(log.make(request));
    log.setting = ExportApproval::all;
    CHECK(log.make(log.ask("ann", "none")).has_value());
  }

  TEST_CASE("nobody is second where nobody signed, and one suffices where the set says so") {
    Log log;
    log.setting = ExportApproval::all;
    const auto unsigned_one = log.ask(nullptr, "none");
    CHECK(log.approve(unsigned_one, "bob").has_value());
    log.one_suffices = true;
    CHECK(log.approve(unsigned_one, "bob").has_value());
    const auto request = log.ask("ann");
    CHECK_FALSE(log.approve(request, "ann"));
    CHECK_FALSE(log.make(request));
  }
}
