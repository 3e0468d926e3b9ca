#include "unit/store/faulty_memory.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

namespace lexecon::test {
namespace {

struct State {
  sqlite3_mem_methods real{};
  int fail_at = 0;
  int count = 0;
  bool sticky = false;
  bool triggered = false;
};

// SQLite calls back through C functions, which need one place to find their memory.
State state;

bool runs_out() {
  if (state.fail_at == 0) return false;
  ++state.count;
  const bool fails = state.sticky ? state.count >= state.fail_at : state.count == state.fail_at;
  state.triggered = state.triggered || fails;
  return fails;
}

void* take(int size) { return runs_out() ? nullptr : state.real.xMalloc(size); }
void* take_again(void* old, int size) {
  return runs_out() ? nullptr : state.real.xRealloc(old, size);
}

void configure(const sqlite3_mem_methods& methods) {
  CHECK(sqlite3_shutdown() == SQLITE_OK);
  CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  CHECK(sqlite3_initialize() == SQLITE_OK);
}

}  // namespace

FaultyMemory::FaultyMemory() {
  state = {};
  REQUIRE(sqlite3_initialize() == SQLITE_OK);
  REQUIRE(sqlite3_shutdown() == SQLITE_OK);
  REQUIRE(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &state.real) == SQLITE_OK);
  sqlite3_mem_methods faulty = state.real;
  faulty.xMalloc = take;
  faulty.xRealloc = take_again;
  configure(faulty);
}

FaultyMemory::~FaultyMemory() {
  state.fail_at = 0;
  configure(state.real);
}

void FaultyMemory::fail_at(int n, bool sticky) {
  state.fail_at = n;
  state.count = 0;
  state.sticky = sticky;
  state.triggered = false;
}

bool FaultyMemory::was_triggered() const { return state.triggered; }

}  // namespace lexecon::test
