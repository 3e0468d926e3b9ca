// What every view is made of: the folder of a package, read from its first entry to its last.
//
// Shapes   an entry is given with its sealed content where the package has that
// Errors   Error{bad_input} for a folder that holds no package, or one with lines that belong to nothing;
//          Error{io}. Nothing is verified here: a view is no more than its package
// Source   lexecon-package(5), Payload
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "chain/entry.hpp"
#include "chain/entry_view.hpp"
#include "package/manifest.hpp"

namespace lexecon::views {

struct Bag {
  Path folder;
  package::Manifest manifest;
  std::string note;         // the signed checkpoint
  std::string ledger_vkey;  // of the key that signed the package, by its own word
};
[[nodiscard]] Bag open_bag(const Path& folder, const package::Manifest& manifest);

/// One entry shown; all of it stands as long as the visit.
struct Item {
  std::string_view bytes;
  chain::EntryView view;
  std::optional<std::string_view> sealed;  // S
  std::uint64_t withheld_before = 0;       // entries withheld since the one before
};
using Visit = std::function<void(const Item&)>;
void each_item(const Bag& bag, const Visit& visit);
/// The same without sealed content, which is not read then.
void each_bare_item(const Bag& bag, const Visit& visit);

/// The data of an entry.
[[nodiscard]] Json data_of(const Item& item);
/// The value in S, null where there is none.
[[nodiscard]] std::optional<Json> value_of(const Item& item);
/// How many entries are withheld behind the last one shown.
[[nodiscard]] std::uint64_t withheld_after(const Bag& bag, std::optional<std::uint64_t> last_seq);

}  // namespace lexecon::views
