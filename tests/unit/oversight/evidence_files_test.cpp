#include "oversight/evidence_files.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "support/support.hpp"

using namespace lexecon;
using oversight::IncomingFile;

namespace {

namespace fs = std::filesystem;

struct Shelf {
  /// Keeps these bytes; without `place` they only arrive.
  Hash keep(const std::string& bytes, bool place = true) {
    const Path source = folder / "source";
    std::error_code ignored;
    fs::remove(source, ignored);
    write_new_file(source, bytes, Access::private_to_owner);
    const Descriptor input = open_regular(source);
    IncomingFile incoming(evidence, input.get(), "source", entropy);
    CHECK(incoming.size() == bytes.size());
    CHECK(incoming.sha256() == crypto::sha256(bytes));
    if (place) incoming.put_in_place();
    return incoming.sha256();
  }
  [[nodiscard]] std::string read(const Hash& sha256, std::uint64_t size) const {
    std::string out;
    oversight::read_evidence(evidence, sha256, size, [&](std::string_view piece) { out += piece; });
    return out;
  }
  [[nodiscard]] std::vector<std::string> strays() const {
    std::vector<std::string> out;
    for (const auto& each : oversight::scan_evidence(evidence).strays) {
      out.push_back(each.path + ": " + each.what + (each.harmless ? ", harmless" : ""));
    }
    return out;
  }
  [[nodiscard]] Path path_of(const Hash& sha256) const {
    return oversight::evidence_path(evidence, sha256);
  }

  test::TempFolder folder;
  Path evidence = folder / "evidence";
  Entropy entropy = test::seeded_entropy(1);
};

std::string failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(to_string(error.code())) + ": " + error.message();
  }
  return "none";
}

unsigned mode_of(const Path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

}  // namespace

TEST_SUITE_BEGIN("oversight/evidence_files");

TEST_CASE("bytes stand under their digest, once, closed to others") {
  Shelf shelf;
  const mode_t before = ::umask(0);
  const Hash first = shelf.keep("one");
  ::umask(before);
  CHECK(shelf.keep("one") == first);
  const Hash second = shelf.keep(std::string(200'000, 'x'));
  CHECK(shelf.path_of(first) == shelf.evidence / first.hex().substr(0, 2) / first.hex());
  CHECK(mode_of(shelf.evidence) == 0700U);
  CHECK(mode_of(shelf.path_of(first).parent_path()) == 0700U);
  CHECK(mode_of(shelf.path_of(first)) == 0600U);
  CHECK(shelf.read(first, 3) == "one");
  CHECK(shelf.read(second, 200'000) == std::string(200'000, 'x'));
  CHECK(shelf.strays().empty());
  CHECK(oversight::scan_evidence(shelf.evidence).files.size() == 2);
}

TEST_CASE("what was not put in place leaves nothing") {
  Shelf shelf;
  const Hash hash = shelf.keep("one", false);
  CHECK(!fs::exists(shelf.path_of(hash)));
  CHECK(fs::is_empty(shelf.evidence));
}

TEST_CASE("nothing, and more than 100 MiB, are refused while they are read") {
  Shelf shelf;
  CHECK(failure_of([&] { (void)shelf.keep(""); }) ==
        "bad_input: `source` is empty, expected at least one byte");
  const Descriptor zeros = try_open("/dev/zero", O_RDONLY);
  CHECK(failure_of([&] {
          IncomingFile(shelf.evidence, zeros.get(), "zeros", shelf.entropy).put_in_place();
        }) == "bad_input: `zeros` is larger than 104857600 bytes");
  CHECK(fs::is_empty(shelf.evidence));
}

TEST_CASE("a disk that takes no more leaves nothing") {
  Shelf shelf;
  struct rlimit usual {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const Descriptor zeros = try_open("/dev/zero", O_RDONLY);
  struct rlimit small = usual;
  small.rlim_cur = 100'000;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto said = failure_of(
      [&] { IncomingFile(shelf.evidence, zeros.get(), "zeros", shelf.entropy).put_in_place(); });
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &usual) == 0);
  std::signal(SIGXFSZ, handler);
  CHECK(said.starts_with("io: cannot write"));
  CHECK(fs::is_empty(shelf.evidence));
}

TEST_CASE("every altered byte, and every other length, is found before anything counts") {
  Shelf shelf;
  const std::string bytes = "some bytes that prove something";
  const Hash hash = shelf.keep(bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    std::string spoiled = bytes;
    spoiled[i] = static_cast<char>(spoiled[i] ^ 1);
    replace_file(shelf.path_of(hash), spoiled, Access::private_to_owner);
    CHECK(failure_of([&] { (void)shelf.read(hash, bytes.size()); }) ==
          "integrity: the file of this evidence has other bytes than were added");
  }
  replace_file(shelf.path_of(hash), bytes + "x", Access::private_to_owner);
  CHECK(failure_of([&] { (void)shelf.read(hash, bytes.size()); }) ==
        "integrity: the file of this evidence is longer than 31 bytes");
  replace_file(shelf.path_of(hash), bytes.substr(1), Access::private_to_owner);
  CHECK(failure_of([&] { (void)shelf.read(hash, bytes.size()); }) ==
        "integrity: the file of this evidence has 30 of 31 bytes");
  fs::remove(shelf.path_of(hash));
  CHECK(failure_of([&] { (void)shelf.read(hash, bytes.size()); }) ==
        "integrity: the file of this evidence is missing");
  fs::create_symlink(shelf.folder / "source", shelf.path_of(hash));
  CHECK(failure_of([&] { (void)shelf.read(hash, bytes.size()); }) ==
        "integrity: the file of this evidence is no regular file");
  // The right bytes mend it, and what the link names stays as it is.
  CHECK(shelf.keep(bytes) == hash);
  CHECK(shelf.read(hash, bytes.size()) == bytes);
  CHECK(!fs::is_symlink(shelf.path_of(hash)));
}

TEST_CASE("a folder that is a link, or a file, is not written into") {
  Shelf shelf;
  fs::create_directory(shelf.folder / "elsewhere");
  fs::create_directory_symlink(shelf.folder / "elsewhere", shelf.evidence);
  CHECK(failure_of([&] { (void)shelf.keep("one"); }).starts_with("integrity: expected a folder"));
  CHECK(fs::is_empty(shelf.folder / "elsewhere"));
  fs::remove(shelf.evidence);
  const Hash hash = shelf.keep("one");
  fs::remove_all(shelf.path_of(hash).parent_path());
  write_new_file(shelf.path_of(hash).parent_path(), "x", Access::private_to_owner);
  CHECK(failure_of([&] { (void)shelf.keep("one"); }).starts_with("integrity: expected a folder"));
  CHECK(std::distance(fs::directory_iterator(shelf.evidence), fs::directory_iterator()) == 1);
}

TEST_CASE("whatever does not belong there is named") {
  Shelf shelf;
  const Hash hash = shelf.keep("one");
  const Path two = shelf.path_of(hash).parent_path();
  const std::string below = "evidence/" + hash.hex().substr(0, 2);
  CHECK(oversight::scan_evidence(shelf.folder / "nowhere").files.empty());
  write_new_file(shelf.evidence / "new.0123456789abcdef", "x", Access::private_to_owner);
  write_new_file(shelf.evidence / "note.txt", "x", Access::private_to_owner);
  write_new_file(two / std::string(64, '0'), "x", Access::private_to_owner);
  fs::create_symlink("note.txt", shelf.evidence / "ff");
  fs::create_directory(two / (hash.hex().substr(0, 2) + std::string(62, 'f')));
  fs::permissions(shelf.path_of(hash), fs::perms::others_read, fs::perm_options::add);
  fs::permissions(two, fs::perms::group_exec, fs::perm_options::add);
  CHECK(shelf.strays() ==
        std::vector<std::string>{
            below + ": open to group or others",
            below + "/" + std::string(64, '0') + ": not put there by lexecon",
            below + "/" + hash.hex() + ": open to group or others",
            below + "/" + hash.hex().substr(0, 2) + std::string(62, 'f') + ": no regular file",
            "evidence/ff: a symbolic link",
            "evidence/new.0123456789abcdef: a copy that did not end, harmless",
            "evidence/note.txt: not put there by lexecon",
        });
  fs::remove_all(shelf.evidence);
  fs::create_symlink("source", shelf.evidence);
  CHECK(shelf.strays() == std::vector<std::string>{"evidence: a symbolic link"});
}

TEST_SUITE_END();
