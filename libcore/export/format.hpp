// The forms that an export may take: a package, or a view that is rendered from one.
//
// Shapes   files 0600 in folders 0700, durable
// Errors   Error{io}; those of export/seal and of views/bag
#pragma once

#include <cstdint>
#include <string_view>

#include "base/files.hpp"
#include "package/manifest.hpp"

namespace lexecon::exporting {

enum class Format : std::uint8_t { bag, tar, json, csv, markdown, html };
[[nodiscard]] std::string_view to_string(Format format);
/// Error{usage} for any other name.
[[nodiscard]] Format format_from(std::string_view name);

/// The package in `folder` in a format: the folder itself, or what was made of it as `target`.
[[nodiscard]] Path formatted(Format format, const Path& folder, const package::Manifest& manifest,
                             const Path& target);

}  // namespace lexecon::exporting
