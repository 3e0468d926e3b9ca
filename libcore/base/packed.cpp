#include "base/packed.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace lexecon {

void Packer::number(std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) byte(static_cast<std::uint8_t>(value >> (8 * i) & 0xFFU));
}

void Packer::text(std::string_view value) {
  count(value.size());
  bytes_ += value;
}

std::string Unpacker::text() {
  const auto size = count(1);
  const auto out = rest_.substr(0, size);
  rest_.remove_prefix(size);
  if (find_bad_utf8(out) != std::string_view::npos) refuse();
  return std::string(out);
}

void Unpacker::finish() const {
  if (!rest_.empty()) refuse();
}

void Unpacker::refuse() { throw Error(ErrorCode::bad_input, "the packed bytes are damaged"); }

}  // namespace lexecon
