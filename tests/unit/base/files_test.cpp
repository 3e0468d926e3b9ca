#include "base/files.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <functional>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "support/support.hpp"

namespace lexecon {
namespace {

using test::slurp;
using test::TempFolder;

unsigned mode_of(const Path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

ErrorCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    INFO(error.what());
    CHECK_FALSE(error.where().empty());
    return error.code();
  }
  FAIL("nothing was thrown");
  return ErrorCode::internal;
}

std::size_t entries_in(const Path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

/// The umask as long as the object lives.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

/// Files may not grow past `bytes` as long as the object lives: a disk that is full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit limit{bytes, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_SUITE("base/files") {
  TEST_CASE("a new file holds its bytes, has its mode and is never overwritten") {
    for (const mode_t mask : {0000U, 0022U, 0077U}) {
      const Umask umask(mask);
      const TempFolder folder;
      const std::string bytes("a\0b\n", 4);
      write_new_file(folder / "secret", bytes, Access::private_to_owner);
      write_new_file(folder / "open", bytes, Access::as_umask);
      CHECK(slurp(folder / "secret") == bytes);
      CHECK(mode_of(folder / "secret") == 0600);
      CHECK(mode_of(folder / "open") == (0666U & ~mask));
      CHECK(code_of([&] { write_new_file(folder / "open", "x", Access::as_umask); }) ==
            ErrorCode::cannot_create);
      CHECK(slurp(folder / "open") == bytes);
    }
  }

  TEST_CASE("a new file follows no link and takes no name that is in use") {
    const TempFolder folder;
    std::filesystem::create_symlink(folder / "target", folder / "dangling");
    std::filesystem::create_directory(folder / "folder");
    for (const auto* name : {"dangling", "folder"}) {
      CHECK(code_of([&] { write_new_file(folder / name, "x", Access::as_umask); }) ==
            ErrorCode::cannot_create);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "target"));
    CHECK(code_of([&] { write_new_file(folder / "no/such", "x", Access::as_umask); }) ==
          ErrorCode::cannot_create);
  }

  TEST_CASE("a full disk leaves no part of a file, and the old file whole") {
    const TempFolder folder;
    write_new_file(folder / "old", "old", Access::as_umask);
    {
      const FileSizeLimit limit(1000);
      const std::string large(5000, 'x');
      CHECK(code_of([&] { write_new_file(folder / "new", large, Access::as_umask); }) ==
            ErrorCode::io);
      CHECK(code_of([&] { replace_file(folder / "old", large, Access::as_umask); }) ==
            ErrorCode::io);
    }
    CHECK(slurp(folder / "old") == "old");
    CHECK(entries_in(folder.path()) == 1);
  }

  TEST_CASE("replacing is whole, changes the mode and leaves nothing beside it") {
    const TempFolder folder;
    replace_file(folder / "file", "one", Access::as_umask);
    replace_file(folder / "file", "two", Access::private_to_owner);
    CHECK(slurp(folder / "file") == "two");
    CHECK(mode_of(folder / "file") == 0600);
    CHECK(entries_in(folder.path()) == 1);
    std::filesystem::create_directory(folder / "folder");
    CHECK(code_of([&] { replace_file(folder / "folder", "x", Access::as_umask); }) ==
          ErrorCode::cannot_create);
    CHECK(entries_in(folder.path()) == 2);
  }

  TEST_CASE("replacing a link replaces the link, and a left temporary file is no obstacle") {
    const TempFolder folder;
    write_new_file(folder / "target", "target", Access::as_umask);
    std::filesystem::create_symlink(folder / "target", folder / "link");
    const std::string left = "link.new." + std::to_string(::getpid());
    std::filesystem::create_symlink(folder / "target", folder / left);
    replace_file(folder / "link", "new", Access::as_umask);
    CHECK(slurp(folder / "target") == "target");
    CHECK(slurp(folder / "link") == "new");
    CHECK_FALSE(std::filesystem::is_symlink(folder / "link"));
    CHECK(entries_in(folder.path()) == 2);
  }

  TEST_CASE("reading has a limit, and takes regular files only") {
    const TempFolder folder;
    write_new_file(folder / "file", "12345", Access::as_umask);
    CHECK(read_file(folder / "file", 5) == "12345");
    CHECK(code_of([&] { (void)read_file(folder / "file", 4); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)read_file(folder / "none", 4); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)read_file(folder / "file/x", 4); }) == ErrorCode::not_found);
    CHECK(code_of([&] { (void)read_file(folder.path(), 4); }) == ErrorCode::bad_input);
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    CHECK(code_of([&] { (void)read_file(folder / "fifo", 4); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)read_file("/dev/zero", 4); }) == ErrorCode::bad_input);
  }

  TEST_CASE("what a caller names may be a pipe, and no device") {
    const TempFolder folder;
    write_new_file(folder / "file", "12345", Access::as_umask);
    CHECK(read_file_or_pipe(folder / "file", 5) == "12345");
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    REQUIRE(::write(ends[1], "piped", 5) == 5);
    ::close(ends[1]);
    CHECK(read_file_or_pipe("/dev/fd/" + std::to_string(ends[0]), 5) == "piped");
    ::close(ends[0]);
    CHECK(code_of([&] { (void)read_file_or_pipe("/dev/zero", 4); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)read_file_or_pipe(folder.path(), 4); }) == ErrorCode::bad_input);
  }

  TEST_CASE("a descriptor is read to its end") {
    const TempFolder folder;
    const std::string large(200'000, 'y');
    write_new_file(folder / "file", large, Access::as_umask);
    const auto read = [&](std::uint64_t limit) {
      const Descriptor file = try_open(folder / "file", O_RDONLY);
      return read_descriptor(file.get(), limit, "standard input");
    };
    CHECK(read(large.size()) == large);
    CHECK(code_of([&] { (void)read(large.size() - 1); }) == ErrorCode::bad_input);
    CHECK(code_of([] { (void)read_descriptor(-1, 1, "standard input"); }) == ErrorCode::io);
  }

  TEST_CASE("a secret that others can reach is refused with the command that mends it") {
    const TempFolder folder;
    const Path path = folder / "key";
    write_new_file(path, "secret", Access::private_to_owner);
    CHECK(read_private_file(path, 100) == "secret");
    CHECK(code_of([&] { (void)read_private_file(path, 5); }) == ErrorCode::bad_input);
    CHECK(code_of([&] { (void)read_private_file(folder / "none", 5); }) == ErrorCode::not_found);
    for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0602U, 0610U, 0601U, 0666U}) {
      REQUIRE(::chmod(path.c_str(), mode) == 0);
      try {
        (void)read_private_file(path, 100);
        FAIL("mode " << mode << " was accepted");
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::not_permitted);
        CHECK(error.hint() == "chmod 600 " + shell_quote(path.string()));
      }
    }
    REQUIRE(::chmod(path.c_str(), 0400) == 0);
    CHECK(read_private_file(path, 100) == "secret");
  }

  TEST_CASE("a secret is one regular file of its owner") {
    const TempFolder folder;
    const Path path = folder / "key";
    write_new_file(path, "secret", Access::private_to_owner);
    const auto refused = [&](const std::string& name) {
      return code_of([&] { (void)read_private_file(folder / name, 100); }) ==
             ErrorCode::not_permitted;
    };
    std::filesystem::create_symlink(path, folder / "link");
    CHECK(refused("link"));
    std::filesystem::create_directory(folder / "folder");
    CHECK(refused("folder"));
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    CHECK(refused("fifo"));
    std::filesystem::create_hard_link(path, folder / "twin");
    CHECK(refused("key"));
    CHECK(refused("twin"));
    std::filesystem::remove(folder / "twin");
    CHECK_FALSE(read_private_file(path, 100).empty());
    if (::geteuid() == 0) {
      REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
      CHECK(refused("key"));
    }
  }

  TEST_CASE("a folder is made once, with its mode") {
    const Umask umask(0);
    const TempFolder folder;
    make_folder(folder / "secret", Access::private_to_owner);
    make_folder(folder / "open", Access::as_umask);
    CHECK(mode_of(folder / "secret") == 0700);
    CHECK(mode_of(folder / "open") == 0777);
    CHECK(code_of([&] { make_folder(folder / "open", Access::as_umask); }) ==
          ErrorCode::cannot_create);
    CHECK(code_of([&] { make_folder(folder / "no/such", Access::as_umask); }) ==
          ErrorCode::cannot_create);
    sync_folder(folder.path());
    CHECK(code_of([&] { sync_folder(folder / "none"); }) == ErrorCode::not_found);
  }
}

}  // namespace
}  // namespace lexecon
