// A list of entries without its database: what can be said, what cannot, and what is found.
#include <fcntl.h>

#include <iostream>

#include "base/descriptor.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::Node;

namespace {

struct Exported {
  Exported() {
    node.create();
    node.write({Node::plain_draft("a"), Node::plain_draft("b")});
    note = node.write({Node::plain_draft("c")});
    text = read();
  }

  [[nodiscard]] std::string read() const {
    std::string out;
    store::Database database(node.files.database(), store::OpenMode::read_only);
    ledger::each_entry(database, {},
                       [&](const ledger::StoredEntry& each) { out += each.bytes + "\n"; });
    return out;
  }

  [[nodiscard]] ledger::VerifyOptions known() const {
    return {.state_home = {},
            .pins = {{std::nullopt, node.key.public_key()}},
            .older_notes = {note},
            .skip = {}};
  }

  Node node;
  std::string note;
  std::string text;
};

ledger::Verification verify(const std::string& text, const ledger::VerifyOptions& options) {
  const test::TempFolder folder;
  write_new_file(folder / "entries", text, Access::private_to_owner);
  const auto file = try_open(folder / "entries", O_RDONLY);
  return ledger::verify_entries(file.get(), "entries", options);
}

std::string cause_of(const std::string& text, const ledger::VerifyOptions& options) {
  const auto found = verify(text, options);
  CHECK(found.verdict == Verdict::undecidable);
  return found.cause.value_or("");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    lines.push_back(text.substr(start, end - start + 1));
    start = end + 1;
  }
  return lines;
}

std::uint64_t first_bad(const std::vector<std::string>& lines, const ledger::VerifyOptions& known) {
  std::string text;
  for (const auto& line : lines) text += line;
  const auto found = verify(text, known);
  CHECK(found.verdict == Verdict::invalid);
  return found.first_bad_seq.value_or(999);
}

}  // namespace

TEST_SUITE("ledger/verify_lines") {
  TEST_CASE(
      "under a pinned key and a checkpoint of all entries a list is valid, and complete up to it") {
    const Exported exported;
    const auto found = verify(exported.text, exported.known());
    CHECK(found.verdict == Verdict::valid);
    CHECK(found.entries_verified == 4);
    CHECK(found.complete_up_to == 4);
    CHECK(found.head->tree_size == 4);
    CHECK(found.origin == exported.node.origin);
    for (const auto& check : found.checks) {
      CAPTURE(check.name);
      const bool needs_more = check.name == "columns" || check.name == "database" ||
                              check.name == "frontier" || check.name == "checkpoints" ||
                              check.name == "sealed" || check.name == "head_note";
      if (needs_more) CHECK(check.status == ledger::CheckStatus::not_run);
      if (needs_more) CHECK(check.detail == "none");
    }
    // The last line may do without its end.
    auto trimmed = exported.text;
    trimmed.pop_back();
    CHECK(verify(trimmed, exported.known()).verdict == Verdict::valid);
  }

  TEST_CASE("what entries alone cannot show is undecidable, for a cause") {
    const Exported exported;
    auto known = exported.known();
    CHECK(cause_of("", known) == "nothing_to_check");
    known.pins.clear();
    CHECK(cause_of(exported.text, known) == "key_not_pinned");
    known = exported.known();
    known.older_notes.clear();
    CHECK(cause_of(exported.text, known) == "no_checkpoint");
    Exported longer;
    longer.node.write({Node::plain_draft("d")});
    CHECK(cause_of(longer.read(), longer.known()) == "unsigned_tail");
  }

  TEST_CASE(
      "a list that is shorter than its checkpoint, of another key or another history is invalid") {
    const Exported exported;
    const auto lines = lines_of(exported.text);
    REQUIRE(lines.size() == 4);
    CHECK(verify(lines[0] + lines[1], exported.known()).verdict == Verdict::invalid);
    auto known = exported.known();
    auto entropy = test::seeded_entropy(77);
    known.pins = {{std::nullopt, crypto::SecretKey::generate(entropy).public_key()}};
    CHECK(verify(exported.text, known).verdict == Verdict::invalid);
    Exported other;
    other.node.write({Node::plain_draft("z")});
    known = exported.known();
    known.older_notes = {other.node.write({Node::plain_draft("z")})};
    CHECK(verify(exported.text, known).verdict == Verdict::invalid);
  }

  TEST_CASE("lines left out, doubled, swapped or put in are found where they are") {
    const Exported exported;
    const auto known = exported.known();
    const auto good = lines_of(exported.text);
    for (std::size_t at = 0; at < good.size(); ++at) {
      CAPTURE(at);
      auto lines = good;
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
      // Without the last line there is nothing wrong but the length.
      CHECK(first_bad(lines, known) == std::min<std::uint64_t>(at, 3));
      lines = good;
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), good[at]);
      CHECK(first_bad(lines, known) == at + 1);
      lines = good;
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), "\n");
      CHECK(first_bad(lines, known) == at);
      if (at + 1 == good.size()) continue;
      lines = good;
      std::swap(lines[at], lines[at + 1]);
      CHECK(first_bad(lines, known) == at);
    }
  }

  TEST_CASE("no bit of a list can be flipped without being found") {
    const Exported exported;
    const auto known = exported.known();
    auto alone = known;
    alone.older_notes.clear();
    const auto good = exported.text;
    const auto lines = lines_of(good);
    int flips = 0;
    std::size_t line = 0;
    std::size_t end = lines[0].size();
    // One bit of each byte in CI, all of them in the campaign.
    const std::size_t bits = test::rounds() > 1 ? 8 : 1;
    for (std::size_t flip = 0; flip < good.size() * bits; ++flip) {
      const std::size_t at = flip / bits;
      CAPTURE(flip);
      while (at >= end) end += lines[++line].size();
      auto bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << (flip % 8)));
      if (at + 1 == good.size() && bad[at] == '\n') continue;
      const auto found = verify(bad, known);
      REQUIRE(found.verdict == Verdict::invalid);
      // That the last entry is another is only known from the root, which accuses none alone.
      if (line + 1 < lines.size()) REQUIRE(found.first_bad_seq.value_or(999) <= line);
      if (at % 16 == 0) REQUIRE(verify(bad, alone).verdict != Verdict::valid);
      ++flips;
    }
    std::cout << "list of entries: " << flips << " bits flipped, all found\n";
  }

  TEST_CASE(
      "a line of any length, and a binary file, are read in bounded memory and are no entries") {
    const Exported exported;
    for (const auto& text :
         {std::string(3'000'000, 'x'), exported.text + std::string(3'000'000, ' ') + "\n",
          std::string(1'000, '\0'), std::string(2'000, '\n')}) {
      const auto found = verify(text, exported.known());
      CHECK(found.verdict == Verdict::invalid);
    }
  }

  TEST_CASE("a file that cannot be read is no answer") {
    const Exported exported;
    const auto folder = try_open("/", O_RDONLY | O_DIRECTORY);
    CHECK(test::error_of([&] {
            static_cast<void>(ledger::verify_entries(folder.get(), "/", exported.known()));
          }).code() == ErrorCode::io);
  }
}
