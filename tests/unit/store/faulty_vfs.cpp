#include "unit/store/faulty_vfs.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace lexecon::test {
namespace {

struct State {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  FaultPlan plan;
  int count = 0;
  bool triggered = false;
  bool recording = false;
  std::function<void()> before_each;
  std::vector<Change> changes;
};

// SQLite calls back through C functions, which need one place to find their file system.
State* state = nullptr;

int own_code(Operation operation) {
  switch (operation) {
    case Operation::open:
      return SQLITE_CANTOPEN;
    case Operation::read:
      return SQLITE_IOERR_READ;
    case Operation::write:
      return SQLITE_IOERR_WRITE;
    case Operation::truncate:
      return SQLITE_IOERR_TRUNCATE;
    case Operation::sync:
      return SQLITE_IOERR_FSYNC;
    case Operation::remove:
      return SQLITE_IOERR_DELETE;
    case Operation::size:
      return SQLITE_IOERR_FSTAT;
    case Operation::lock:
      return SQLITE_IOERR_LOCK;
    case Operation::look_for:
      return SQLITE_IOERR_ACCESS;
  }
  return SQLITE_IOERR;
}

// The code to fail with now, or SQLITE_OK.
int fault(Operation operation) {
  const auto& counted = state->plan.counted;
  if (state->plan.fail_at == 0) return SQLITE_OK;
  if (std::find(counted.begin(), counted.end(), operation) == counted.end()) return SQLITE_OK;
  ++state->count;
  const bool fails = state->plan.sticky ? state->count >= state->plan.fail_at
                                        : state->count == state->plan.fail_at;
  if (!fails) return SQLITE_OK;
  state->triggered = true;
  return state->plan.code == SQLITE_OK ? own_code(operation) : state->plan.code;
}

void keep(Change change) {
  if (!state->recording) return;
  if (state->before_each) state->before_each();
  state->changes.push_back(std::move(change));
}

struct File {
  sqlite3_file base;
  sqlite3_file* real;  // follows in the same allocation
  const char* name;    // SQLite keeps it as long as the file is open
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }
const char* name_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->name; }

int close_file(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }

int read_file_at(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
  const int code = fault(Operation::read);
  if (code == SQLITE_IOERR_SHORT_READ) std::memset(out, 0, static_cast<std::size_t>(size));
  if (code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xRead(real_of(file), out, size, offset);
}

int write_file_at(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const int code = fault(Operation::write);
  if (code != SQLITE_OK && state->plan.flips) {
    std::string altered(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    const std::size_t bit = *state->plan.flips % (altered.size() * 8);
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    return real_of(file)->pMethods->xWrite(real_of(file), altered.data(), size, offset);
  }
  if (code != SQLITE_OK) {
    // What a failing disk leaves behind: half of it.
    static_cast<void>(real_of(file)->pMethods->xWrite(real_of(file), bytes, size / 2, offset));
    return code;
  }
  keep({Operation::write, name_of(file), offset,
        std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))});
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = fault(Operation::truncate)) return code;
  keep({Operation::truncate, name_of(file), size, {}});
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  if (const int code = fault(Operation::sync)) return code;
  keep({Operation::sync, name_of(file), 0, {}});
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  if (const int code = fault(Operation::size)) return code;
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  if (const int code = fault(Operation::lock)) return code;
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  if (const int code = fault(Operation::lock)) return code;
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
// No atomic writes and no safe append: every ordering is asked of the syncs.
int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)) &
         SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

constexpr sqlite3_io_methods methods{1,
                                     close_file,
                                     read_file_at,
                                     write_file_at,
                                     truncate_file,
                                     sync_file,
                                     size_of_file,
                                     lock_file,
                                     unlock_file,
                                     check_lock,
                                     control_file,
                                     sector_size,
                                     characteristics,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr};

bool makes_file(const char* name, int flags) {
  if (name == nullptr || (flags & SQLITE_OPEN_CREATE) == 0) return false;
  int there = 0;
  return state->real->xAccess(state->real, name, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK &&
         there == 0;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* const wrapped = reinterpret_cast<File*>(file);
  wrapped->base.pMethods = nullptr;
  wrapped->real = reinterpret_cast<sqlite3_file*>(wrapped + 1);
  wrapped->name = name;
  if (fault(Operation::open) != SQLITE_OK) return SQLITE_CANTOPEN;
  if (makes_file(name, flags)) keep({Operation::open, name, 0, {}});
  const int result = state->real->xOpen(state->real, name, wrapped->real, flags, out_flags);
  if (result == SQLITE_OK) wrapped->base.pMethods = &methods;
  return result;
}

int remove_file(sqlite3_vfs*, const char* name, int sync_folder) {
  if (const int code = fault(Operation::remove)) {
    if (state->plan.done_all_the_same) state->real->xDelete(state->real, name, 0);
    return code;
  }
  keep({Operation::remove, name, 0, {}, sync_folder != 0});
  return state->real->xDelete(state->real, name, sync_folder);
}

int look_for_file(sqlite3_vfs*, const char* name, int flags, int* out) {
  if (const int code = fault(Operation::look_for)) return code;
  return state->real->xAccess(state->real, name, flags, out);
}

}  // namespace

FaultyVfs::FaultyVfs() {
  state = new State;
  state->real = sqlite3_vfs_find(nullptr);
  state->vfs = *state->real;
  state->vfs.zName = "faulty";
  state->vfs.pNext = nullptr;
  state->vfs.szOsFile = static_cast<int>(sizeof(File)) + state->real->szOsFile;
  state->vfs.xOpen = open_file;
  state->vfs.xDelete = remove_file;
  state->vfs.xAccess = look_for_file;
  sqlite3_vfs_register(&state->vfs, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&state->vfs);
  sqlite3_vfs_register(state->real, 1);
  delete state;
  state = nullptr;
}

void FaultyVfs::plan(const FaultPlan& plan) {
  state->plan = plan;
  state->count = 0;
  state->triggered = false;
}

bool FaultyVfs::was_triggered() const { return state->triggered; }

int FaultyVfs::count() const { return state->count; }

void FaultyVfs::record(std::function<void()> before_each) {
  state->recording = true;
  state->before_each = std::move(before_each);
  state->changes.clear();
}

std::vector<Change> FaultyVfs::recorded() {
  state->recording = false;
  state->before_each = {};
  return std::exchange(state->changes, {});
}

}  // namespace lexecon::test
