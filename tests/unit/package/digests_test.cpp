#include "package/digests.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"

using namespace lexecon;

namespace {

package::FileDigest file(const std::string& path) { return {path, crypto::sha256(path)}; }

}  // namespace

TEST_SUITE("package/digests") {
  TEST_CASE("lines are as sha256sum writes them, in byte order of the path") {
    const std::string hash = crypto::sha256("b").hex();
    CHECK(package::digest_line({"data/b", crypto::sha256("b")}) == hash + "  data/b\n");
    const auto lines =
        package::digest_lines({file("data/b"), file("data/a/z"), file("data/a-b"), file("data/B")});
    const auto read = package::parse_digest_lines(lines);
    REQUIRE(read.size() == 4);
    CHECK(read[0].path == "data/B");
    CHECK(read[1].path == "data/a-b");
    CHECK(read[2].path == "data/a/z");
    CHECK(read[3] == file("data/b"));
    CHECK(package::digest_lines(read) == lines);
    CHECK(package::digest_lines({}).empty());
    CHECK(package::parse_digest_lines("").empty());
  }

  TEST_CASE("what is read is what would be written") {
    const std::string good = package::digest_lines({file("data/a"), file("data/b")});
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::string other = good;
      other.erase(at, 1);
      CAPTURE(at);
      try {
        CHECK(package::digest_lines(package::parse_digest_lines(other)) == other);
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::bad_input);
      }
    }
    for (const std::string& wrong :
         {good + "x", good + "\n", good + good, "\n" + good, good.substr(0, good.size() - 1),
          std::string(64, 'A') + "  data/a\n", std::string(64, 'a') + " *data/a\n",
          std::string(64, 'a') + "  \n", std::string(64, 'a') + " data/a\n"}) {
      CAPTURE(wrong);
      CHECK_THROWS_AS(static_cast<void>(package::parse_digest_lines(wrong)), Error);
    }
  }

  TEST_CASE("the id of an export rests on the checkpoint and on every line") {
    const auto names = [](const char* checkpoint, std::initializer_list<const char*> lines) {
      package::PackageName name(checkpoint);
      for (const auto* const line : lines) name.add(line);
      return name.finish();
    };
    const auto whole = names("o\n1\nr\n", {"line", "s"});
    CHECK(whole.export_id == "exp_" + crypto::sha256("o\n1\nr\nlines").hex().substr(0, 16));
    CHECK(whole.root_checksum == crypto::sha256("lines"));
    CHECK(names("o\n2\nr\n", {"lines"}).export_id != whole.export_id);
    CHECK(names("o\n2\nr\n", {"lines"}).root_checksum == whole.root_checksum);
    CHECK(names("o\n1\nr\n", {"linez"}).export_id != whole.export_id);
  }
}
