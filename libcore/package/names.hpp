// The names in a package: what a payload file may be called, and which six files are not payload.
//
// Shapes   [A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)* below data/, without `.` and `..`
// Units    at most 200 bytes and 16 folders; at most 100,000 files
// Source   lexecon-package(5), Names; RFC 8493
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lexecon::package {

/// A verifier holds the names of all files, and nothing else of them.
inline constexpr std::size_t most_files = 100'000;

inline constexpr std::string_view payload_folder = "data/";
inline constexpr std::string_view manifest_name = "data/manifest.json";
inline constexpr std::string_view checkpoint_name = "data/ledger/checkpoint";
inline constexpr std::string_view entries_name = "data/ledger/entries.jsonl";
inline constexpr std::string_view leaves_name = "data/ledger/leaves.txt";
inline constexpr std::string_view sealed_name = "data/ledger/sealed.jsonl";

inline constexpr std::string_view bagit_name = "bagit.txt";
inline constexpr std::string_view bag_info_name = "bag-info.txt";
inline constexpr std::string_view payload_manifest_name = "manifest-sha256.txt";
inline constexpr std::string_view tag_manifest_name = "tagmanifest-sha256.txt";
inline constexpr std::string_view signature_name = "tagmanifest-sha256.txt.sig";
inline constexpr std::string_view minisig_name = "tagmanifest-sha256.txt.minisig";
/// Those that the tag manifest lists, in its order; the other three are it and its signatures.
inline constexpr std::array listed_tag_files{bag_info_name, bagit_name, payload_manifest_name};

/// "exp_" and 16 hex digits.
[[nodiscard]] bool is_export_id(std::string_view text);
[[nodiscard]] bool is_payload_name(std::string_view path);
/// What is wrong with a set of payload files: a name that is none, two names that differ in case alone,
/// a name that is a file and a folder.
[[nodiscard]] std::optional<std::string> fault_of_names(std::span<const std::string> names);

}  // namespace lexecon::package
