#include "cel/arena.hpp"

namespace lexecon::cel {

void* Arena::take(std::size_t size) {
  constexpr std::size_t least_block = 1024;
  size = (size + alignment - 1) / alignment * alignment;
  if (size > left_) {
    // Doubling keeps the number of blocks small when a text grows piece by piece.
    const std::size_t block =
        std::max(size, least_block << std::min<std::size_t>(blocks_.size(), 10));
    blocks_.push_back(std::make_unique<std::byte[]>(block));
    next_ = blocks_.back().get();
    left_ = block;
    if (blocks_.size() == 1) first_size_ = block;
  }
  void* const given = next_;
  next_ += size;
  left_ -= size;
  return given;
}

std::string_view Arena::copy(std::string_view text) {
  const auto room = make<char>(text.size());
  std::copy(text.begin(), text.end(), room.begin());
  return {room.data(), room.size()};
}

void Arena::reset() {
  if (blocks_.empty()) return;
  blocks_.resize(1);
  next_ = blocks_.front().get();
  left_ = first_size_;
}

}  // namespace lexecon::cel
