#include "cel/pattern.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <bit>

namespace lexecon::cel {
namespace {

/// Bounds the program (some thousand instructions) and with it the time that a byte can take.
constexpr std::int64_t max_memory = 256 * 1024;

}  // namespace

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::variant<Pattern, std::string> Pattern::compile(std::string_view text) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  options.set_never_capture(true);
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!compiled->ok()) return compiled->error();
  return Pattern(std::move(compiled));
}

bool Pattern::found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

std::uint64_t Pattern::weight() const {
  const auto size = static_cast<std::uint64_t>(std::max(compiled_->ProgramSize(), 16));
  return std::bit_ceil((size + 15) / 16);
}

}  // namespace lexecon::cel
