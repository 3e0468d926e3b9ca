#include "views/told.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "package/request.hpp"

namespace lexecon::views {
namespace {

std::string counted(std::uint64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// For a shell: no value of a filter holds a quote.
std::string option(std::string_view name, const std::optional<std::string>& value) {
  return value ? " --" + std::string(name) + " '" + *value + "'" : std::string();
}

std::optional<std::string> text_of(const std::optional<Timestamp>& at) {
  return at ? std::optional(to_text(*at)) : std::nullopt;
}

/// What makes the package of this view once more.
std::string command_of(const package::Manifest& manifest) {
  const auto filter = package::parse_request(manifest.request).filter;
  std::string out = "lexecon export --size " + std::to_string(manifest.checkpoint.tree_size);
  if (manifest.disclosure == package::Disclosure::sealed) out += " --disclose sealed";
  if (filter.scope != package::Scope::all) {
    out += " --scope " + std::string(package::to_string(filter.scope));
  }
  return out + option("from", text_of(filter.from)) + option("to", text_of(filter.to)) +
         option("tenant", filter.tenant) + option("actor", filter.actor) + " -o package";
}

}  // namespace

std::vector<Step> steps_to_check(const Bag& bag) {
  const auto& manifest = bag.manifest;
  return {
      {"Have the same package made by the node", command_of(manifest)},
      {"It is the package of this view when this prints " + manifest.root_checksum.hex(),
       "grep -v '  data/manifest.json$' package/manifest-sha256.txt | sha256sum"},
      {"Verify it against the key that you were given before, not against one that came with it; "
       "this package names " +
           bag.ledger_vkey,
       "lexecon verify package --key ledger.vkey"},
      {"Entry by entry, with standard tools: this prints the entry hashes, in order",
       "while IFS= read -r line; do printf %s \"$line\" | sha256sum; done <"
       "package/data/ledger/entries.jsonl"},
  };
}

SealedState sealed_state(const Item& item, const References& references) {
  if (!item.view.sealed_hash) return SealedState::none;
  if (item.sealed) return SealedState::disclosed;
  return references.erasure_of(item.view.seq) ? SealedState::erased : SealedState::withheld;
}

std::string_view to_string(SealedState state) {
  switch (state) {
    case SealedState::none:
      return "none";
    case SealedState::disclosed:
      return "disclosed";
    case SealedState::withheld:
      return "withheld";
    case SealedState::erased:
      return "erased";
  }
  throw Error(ErrorCode::internal, "sealed content in no state");
}

std::vector<std::string> withheld(const Bag& bag) {
  const auto& contents = bag.manifest.contents;
  std::vector<std::string> out;
  if (contents.withheld_entries > 0) {
    out.push_back(
        counted(contents.withheld_entries, "entry", "entries") +
        " of the log withheld: the package has a hash of each, and that something did not "
        "happen rests on who made it.");
  }
  if (contents.withheld_sealed > 0) {
    out.push_back(counted(contents.withheld_sealed, "sealed content", "sealed contents") +
                  " withheld: requests, reasons and evidence that entries commit to.");
  }
  if (contents.erased > 0) {
    out.push_back(counted(contents.erased, "sealed content", "sealed contents") +
                  " erased from the log, by entries that say so.");
  }
  return out;
}

}  // namespace lexecon::views
