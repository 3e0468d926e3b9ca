#include "export/seal.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "package/names.hpp"
#include "package/tag_files.hpp"
#include "package/tar.hpp"

namespace lexecon::exporting {
namespace {

/// The members of a tar: what each is called in it, and its bytes; a folder's name ends with a slash.
std::map<std::string, std::uint64_t> members_of(const Path& folder, const std::string& top) {
  std::map<std::string, std::uint64_t> out{{top + "/", 0}};
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    const auto name = top + "/" + each.path().lexically_relative(folder).string();
    if (each.is_directory()) {
      out[name + "/"] = 0;
    } else {
      out[name] = each.file_size();
    }
  }
  return out;
}

void add_file(FileWriter& tar, const Path& path, std::uint64_t size) {
  const auto file = open_regular(path);
  std::uint64_t seen = 0;
  each_piece(file.get(), path, [&](std::string_view piece) {
    seen += piece.size();
    tar.write(piece);
  });
  if (seen == size) return;
  throw Error(ErrorCode::io, "a file changed while it was read", path.string());
}

}  // namespace

void sync_folders(const Path& folder) {
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (each.is_directory()) sync_folder(each.path());
  }
  sync_folder(folder);
}

package::Manifest seal(const Collected& collected, package::Disclosure disclosure,
                       const Label& label, const crypto::SecretKey& key, Payload& payload) {
  package::PackageName name(chain::checkpoint_text(collected.checkpoint));
  name.add(package::digest_lines(payload.digests()));
  const auto names = name.finish();
  package::Manifest manifest{.contents = collected.contents,
                             .disclosure = disclosure,
                             .export_id = names.export_id,
                             .generated_at = label.generated_at,
                             .generator = label.generator,
                             .root_checksum = names.root_checksum,
                             .checkpoint = collected.checkpoint,
                             .head_entry_hash = collected.head_entry_hash,
                             .request = package::to_json(label.request)};
  payload.add(std::string(package::manifest_name), package::to_bytes(manifest));

  Payload tags(payload.folder());
  tags.add(std::string(package::bag_info_name), package::bag_info_text(manifest, payload.oxum()));
  tags.add(std::string(package::bagit_name), package::bagit_text);
  tags.add(std::string(package::payload_manifest_name), package::digest_lines(payload.digests()));
  const auto tag_manifest = package::digest_lines(tags.digests());
  tags.add(std::string(package::tag_manifest_name), tag_manifest);
  tags.add(std::string(package::signature_name), key.sign(tag_manifest));
  tags.add(std::string(package::minisig_name), package::minisig_text(manifest, tag_manifest, key));
  sync_folders(payload.folder());
  return manifest;
}

void write_tar(const Path& folder, const package::Manifest& manifest, const Path& file) {
  FileWriter tar(file.parent_path(), file.filename().string());
  for (const auto& [name, size] : members_of(folder, manifest.export_id)) {
    tar.write(package::tar_header(name, size, manifest.generated_at));
    if (name.ends_with('/')) continue;
    add_file(tar, folder / name.substr(manifest.export_id.size() + 1), size);
    tar.write(package::tar_padding(size));
  }
  tar.write(std::string(package::tar_end_bytes, '\0'));
  static_cast<void>(tar.finish());
}

}  // namespace lexecon::exporting
