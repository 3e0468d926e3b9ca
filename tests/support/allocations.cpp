#include "support/allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t count = 0;

void* counted(std::size_t size) {
  ++count;
  void* const given = std::malloc(size == 0 ? 1 : size);
  if (given == nullptr) throw std::bad_alloc();
  return given;
}

}  // namespace

// All forms but the aligned ones, which are pairs of their own.
void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++count;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept {
  return operator new(size, tag);
}
void operator delete(void* given) noexcept { std::free(given); }
void operator delete[](void* given) noexcept { std::free(given); }
void operator delete(void* given, std::size_t) noexcept { std::free(given); }
void operator delete[](void* given, std::size_t) noexcept { std::free(given); }
void operator delete(void* given, const std::nothrow_t&) noexcept { std::free(given); }
void operator delete[](void* given, const std::nothrow_t&) noexcept { std::free(given); }

std::size_t lexecon::test::allocations() { return count; }
