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

std::uint64_t Unpacker::number(std::size_t size, std::uint64_t least, std::uint64_t most) {
  if (rest_.size() < size) refuse();
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= std::uint64_t{static_cast<std::uint8_t>(rest_[i])} << (8 * i);
  }
  rest_.remove_prefix(size);
  if (value < least || value > most) refuse();
  return value;
}

std::string Unpacker::text() {
  const auto size = count(1);
  std::string out(rest_.substr(0, size));
  rest_.remove_prefix(size);
  if (find_bad_utf8(out) != std::string::npos) refuse();
  return out;
}

std::size_t Unpacker::count(std::size_t item_size) {
  const auto value = number(4, 0, UINT32_MAX);
  if (value > rest_.size() / item_size) refuse();
  return value;
}

void Unpacker::finish() const {
  if (!rest_.empty()) refuse();
}

void Unpacker::refuse() { throw Error(ErrorCode::bad_input, "the packed bytes are damaged"); }

}  // namespace lexecon
