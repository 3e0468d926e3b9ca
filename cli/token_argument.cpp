#include "token_argument.hpp"

#include "base/error.hpp"

namespace lexecon::cli {
namespace {

// More than a token may have, so that a longer one is refused as a token and not as a file.
constexpr std::uint64_t max_file_bytes = 64U << 10U;

}  // namespace

Option token_file_option() {
  return {"--token-file", "FILE", "The file with the token, or - for standard input"};
}

std::string token_text(const Arguments& given, Context& context) {
  const auto file = given.text("--token-file");
  if (!file) {
    throw Error(ErrorCode::usage, "expected --token-file FILE", {},
                "a token never stands in argv, where every process can read it");
  }
  auto text = context.read_input(*file, max_file_bytes);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace lexecon::cli
