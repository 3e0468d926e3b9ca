#include "views/lines.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

struct Text {
  explicit Text(const std::string& bytes) { write_new_file(path, bytes, Access::as_umask); }
  test::TempFolder folder;
  Path path = folder / "text";
};

std::vector<std::string> lines_of(const std::string& bytes, std::size_t longest = 200'000) {
  const Text text(bytes);
  views::Lines lines(text.path, longest);
  std::vector<std::string> out;
  while (const auto line = lines.next()) out.emplace_back(*line);
  CHECK_FALSE(lines.next().has_value());
  return out;
}

}  // namespace

TEST_SUITE("views/lines") {
  TEST_CASE("lines come in their order, whatever their length") {
    using Texts = std::vector<std::string>;
    CHECK(lines_of("").empty());
    CHECK(lines_of("\n") == Texts{""});
    CHECK(lines_of("a\n\nb") == Texts{"a", "", "b"});
    const std::string piece(65'535, 'x');
    const std::string longer(131'073, 'y');
    CHECK(lines_of(piece + "\n" + longer + "\nz\n") == Texts{piece, longer, "z"});
  }

  TEST_CASE("a line that is too long is refused before it is read to its end") {
    CHECK(lines_of("abc\nabc\n", 3).size() == 2);
    const Text text("abc\n" + std::string(1 << 20, 'x'));
    views::Lines lines(text.path, 3);
    CHECK(lines.next() == "abc");
    CHECK_THROWS_AS((void)lines.next(), Error);
  }
}

}  // namespace lexecon
