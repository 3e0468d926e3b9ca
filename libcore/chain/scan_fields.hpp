// Single members of event data, read forward: the counterpart of event_fields for readers of very many.
//
// Shapes   each moves past what it names; false leaves the rest to check_event()
// Source   lexecon-ledger(5), Event data, Identifiers
#pragma once

#include <initializer_list>

#include "chain/data_view.hpp"
#include "chain/forward.hpp"

namespace lexecon::chain {

/// The name of a member with its colon, then a text that fits.
template <std::size_t size, class Fits>
bool scan_text(Forward& reader, const char (&name)[size], const Fits& fits) {
  Word word;
  return reader.literal(name) && reader.text(word) && fits(word);
}

template <std::size_t size, class Fits>
bool scan_text_or_null(Forward& reader, const char (&name)[size], const Fits& fits) {
  Word word;
  return reader.literal(name) && (reader.literal("null") || (reader.text(word) && fits(word)));
}

/// A member that counts, from `low` to `high`.
template <std::size_t size>
bool scan_count(Forward& reader, const char (&name)[size], std::int64_t& out, std::int64_t low,
                std::int64_t high) {
  return reader.literal(name) && reader.integer(out, low, high);
}

/// A list of texts that fit; `size` counts them. Ascending ones are each above the one before.
template <class Fits>
bool scan_list(Forward& reader, std::size_t& size, bool ascends, const Fits& fits) {
  size = 0;
  if (reader.literal("[]")) return true;
  if (!reader.literal("[")) return false;
  Word before;
  do {
    Word word;
    if (!reader.text(word) || !fits(word)) return false;
    if (ascends && size > 0 && word.text <= before.text) return false;
    before = word;
    ++size;
  } while (reader.literal(","));
  return reader.literal("]");
}

[[nodiscard]] bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names);
/// Facts on which nobody approved and nothing was excepted: what the view has of them.
bool scan_facts(Forward& reader, DataView& out);
/// T, issued in the second of `at`.
bool scan_token(Forward& reader, std::string_view at, TokenView& out);
/// `tok_` and 32 hex digits.
[[nodiscard]] bool is_token_id(const Word& word);

}  // namespace lexecon::chain
