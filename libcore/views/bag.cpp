#include "views/bag.hpp"

#include "base/error.hpp"
#include "chain/note.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "json/loose.hpp"
#include "json/parse.hpp"
#include "package/names.hpp"
#include "views/lines.hpp"

namespace lexecon::views {
namespace {

constexpr std::size_t max_note_bytes = 65'536;
constexpr std::size_t max_key_bytes = 4'096;

/// Sealed contents come in the order of their entries.
class Sealed {
 public:
  Sealed(const Bag& bag, bool is_read) {
    if (!is_read || bag.manifest.disclosure == package::Disclosure::none) return;
    lines_.emplace(bag.folder / package::sealed_name, chain::max_sealed_bytes);
    advance();
  }

  /// What hashes to the commitment, where it comes next; before_next() moves on.
  std::optional<std::string_view> of(const chain::EntryView& entry) {
    if (!line_ || entry.sealed_hash != hash_) return std::nullopt;
    is_used_ = true;
    return line_;
  }
  void before_next() {
    if (is_used_) advance();
  }
  void finish() const {
    if (line_)
      throw Error(ErrorCode::bad_input, "sealed content belongs to no entry of the package");
  }

 private:
  void advance() {
    is_used_ = false;
    line_ = lines_->next();
    if (line_) hash_ = crypto::sha256(*line_);
  }

  std::optional<Lines> lines_;
  std::optional<std::string_view> line_;
  Hash hash_;
  bool is_used_ = false;
};

/// Most entries are read where they stand; `whole` and `time_text` keep what the others are views of.
chain::EntryView read(std::string_view bytes, chain::Entry& whole, std::string& time_text) {
  if (const auto view = chain::scan_entry(bytes)) return *view;
  whole = chain::parse_entry(bytes);
  time_text = to_text(whole.timestamp);
  return chain::view_of(whole, time_text);
}

void each(const Bag& bag, bool with_sealed, const Visit& visit) {
  Lines entries(bag.folder / package::entries_name, chain::max_entry_bytes);
  Sealed sealed(bag, with_sealed);
  std::uint64_t next = 0;
  chain::Entry whole;
  std::string time_text;
  while (const auto bytes = entries.next()) {
    Item item{.bytes = *bytes, .view = read(*bytes, whole, time_text), .sealed = {}};
    if (item.view.seq < next || item.view.seq >= bag.manifest.checkpoint.tree_size) {
      throw Error(ErrorCode::bad_input, "an entry is out of its place",
                  chain::entry_id(item.view.seq));
    }
    item.withheld_before = item.view.seq - next;
    item.sealed = sealed.of(item.view);
    visit(item);
    sealed.before_next();
    next = item.view.seq + 1;
  }
  sealed.finish();
}

}  // namespace

Bag open_bag(const Path& folder, const package::Manifest& manifest) {
  Bag bag{.folder = folder,
          .manifest = manifest,
          .note = read_file(folder / package::checkpoint_name, max_note_bytes),
          .ledger_vkey = read_file(folder / "data/keys/ledger.vkey", max_key_bytes)};
  if (bag.ledger_vkey.ends_with('\n')) bag.ledger_vkey.pop_back();
  if (chain::parse_checkpoint(chain::parse_note(bag.note)) == manifest.checkpoint) return bag;
  throw Error(ErrorCode::bad_input, "the checkpoint is not that of the manifest", folder.string());
}

void each_item(const Bag& bag, const Visit& visit) { each(bag, true, visit); }

void each_bare_item(const Bag& bag, const Visit& visit) { each(bag, false, visit); }

Json data_of(const Item& item) {
  Json entry = json::parse(item.bytes, "entry");
  return std::move(entry.at("data"));
}

std::optional<Json> value_of(const Item& item) {
  if (!item.sealed) return std::nullopt;
  return json::member(json::parse(*item.sealed, "sealed content"), "value");
}

std::uint64_t withheld_after(const Bag& bag, std::optional<std::uint64_t> last_seq) {
  return bag.manifest.checkpoint.tree_size - (last_seq ? *last_seq + 1 : 0);
}

}  // namespace lexecon::views
