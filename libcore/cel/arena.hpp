// Memory that is given back all at once: what an evaluation makes, what a literal holds.
//
// Shapes   nothing is taken before it is asked for; what was given stays where it is, also when the
//          arena moves
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lexecon::cel {

class Arena {
 public:
  /// Room for `count` objects of a type that needs no destructor, each made by default.
  template <class T>
  [[nodiscard]] std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignment);
    T* const first = static_cast<T*>(take(count * sizeof(T)));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }
  [[nodiscard]] std::string_view copy(std::string_view text);
  /// Forgets everything that was given, and keeps one block for next time.
  void reset();

 private:
  static constexpr std::size_t alignment = alignof(std::max_align_t);
  [[nodiscard]] void* take(std::size_t size);

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t first_size_ = 0;
};

/// A span that grows in an arena: takes room for what is pushed, not for what may be.
template <class T>
class Growing {
 public:
  explicit Growing(Arena& arena) : arena_(arena) {}

  void push(const T& item) {
    if (count_ == room_.size()) {
      const auto wider = arena_.make<T>(count_ == 0 ? 4 : 2 * count_);
      std::copy(room_.begin(), room_.end(), wider.begin());
      room_ = wider;
    }
    room_[count_++] = item;
  }
  [[nodiscard]] std::span<T> items() const { return room_.first(count_); }

 private:
  Arena& arena_;
  std::span<T> room_;
  std::size_t count_ = 0;
};

}  // namespace lexecon::cel
