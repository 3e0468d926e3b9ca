#include "audit/container.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <iostream>

#include "audit/lines.hpp"
#include "audit/verify.hpp"
#include "package/tar.hpp"
#include "unit/audit/golden.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Files;

Files lines_file(const std::string& bytes) { return {{"f", bytes}}; }

/// The lines of a file, each with what is said of it.
std::vector<std::string> lines_of(const std::string& bytes, std::size_t most) {
  const test::MemoryContainer container(lines_file(bytes));
  audit::Lines lines(container.open(container.members().front()), most);
  std::vector<std::string> out;
  std::uint64_t expected = 0;
  while (const auto line = lines.next()) {
    CHECK(line->offset == expected);
    expected += line->size + 1;
    out.push_back(std::string(line->text.substr(0, most)) + (line->is_whole ? "" : "!"));
  }
  return out;
}

/// A tar of these members, as export writes one.
std::string tar_of(const Files& members) {
  std::string out;
  for (const auto& [name, bytes] : members) {
    out += package::tar_header(name, bytes.size(), {1'700'000'000'000'000});
    out += bytes + package::tar_padding(bytes.size());
  }
  return out + std::string(package::tar_end_bytes, '\0');
}

}  // namespace

TEST_SUITE("audit/container") {
  TEST_CASE("lines are told one by one, in a buffer that does not grow with the file") {
    CHECK(lines_of("", 10).empty());
    CHECK(lines_of("a\n\nb\n", 10) == std::vector<std::string>{"a", "", "b"});
    CHECK(lines_of("a\nb", 10) == std::vector<std::string>{"a", "b!"});
    CHECK(lines_of("12345\n123456\n1\n", 5) == std::vector<std::string>{"12345", "12345!", "1"});
    const std::string large(1'000'000, 'x');
    CHECK(lines_of(large + "\nrest\n", 4) == std::vector<std::string>{"xxxx!", "rest"});
    CHECK(lines_of(large, 4) == std::vector<std::string>{"xxxx!"});
  }

  TEST_CASE("a tar is read where it is, and there is one spelling of it") {
    const test::TempFolder folder;
    const Files members{{"exp/", ""}, {"exp/a", "first"}, {"exp/d/", ""}, {"exp/d/b", "second"}};
    const auto good = tar_of(members);
    const auto open = [&](const std::string& bytes) {
      std::filesystem::remove(folder / "t");
      write_new_file(folder / "t", bytes, Access::private_to_owner);
      return audit::open_tar(folder / "t");
    };
    const auto container = open(good);
    REQUIRE(container->members().size() == 2);
    CHECK(container->read("a", 100) == "first");
    CHECK(container->read("d/b", 100) == "second");
    CHECK_FALSE(container->read("d", 100).has_value());
    CHECK(container->label()->top == "exp");
    CHECK(code_of([&] { (void)container->read("a", 4); }) == ErrorCode::integrity);
    const auto refused = [&](const std::string& bytes) {
      return code_of([&] { (void)open(bytes); }) == ErrorCode::integrity;
    };
    CHECK(refused(good + "x"));
    CHECK(refused(good.substr(0, good.size() - package::tar_block)));
    CHECK(refused(tar_of({{"a", ""}})));
    CHECK(refused(tar_of({{"exp/", ""}, {"exp/d/b", ""}})));
    CHECK(refused(tar_of({{"exp/", ""}, {"exp/d/", ""}})));
    CHECK(refused(tar_of({{"exp/", ""}, {"fxp/b", ""}})));
    CHECK(refused(tar_of({{"exp/", ""}, {"exp/../../b", ""}})));
    CHECK(refused(std::string(package::tar_end_bytes, '\0')));
    for (std::size_t at = 0; at < good.size(); ++at) {
      const auto in_block = at % package::tar_block;
      // The bytes of a file are for its digest to hold.
      const bool is_content = (at / package::tar_block == 2 && in_block < 5) ||
                              (at / package::tar_block == 5 && in_block < 6);
      if (is_content || (test::rounds() == 1 && at % 7 != 0)) continue;
      auto changed = good;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      CAPTURE(at);
      CHECK(refused(changed));
    }
  }

  TEST_CASE("no bag of others is a package, and none is a danger") {
    const auto vectors = test::public_vectors("bagit-conformance");
    if (!vectors) return;
    std::size_t count = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(*vectors)) {
      if (!each.is_directory()) continue;
      const bool is_bag = std::filesystem::exists(each.path() / "data") ||
                          std::filesystem::exists(each.path() / "bagit.txt");
      if (!is_bag) continue;
      ++count;
      CAPTURE(each.path());
      CHECK(test::said(audit::verify_package(each.path(), {})) == "invalid container");
    }
    std::cout << "bags of others: " << count << ", each refused\n";
    CHECK(count >= 40);
  }
}

}  // namespace lexecon
