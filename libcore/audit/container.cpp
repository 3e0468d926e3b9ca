#include "audit/container.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace lexecon::audit {

const Member* Container::find(std::string_view name) const {
  const auto found = std::lower_bound(
      members_.begin(), members_.end(), name,
      [](const Member& member, std::string_view text) { return member.name < text; });
  return found != members_.end() && found->name == name ? &*found : nullptr;
}

std::optional<std::string> Container::read(std::string_view name, std::uint64_t limit) const {
  const auto* const member = find(name);
  if (member == nullptr) return std::nullopt;
  if (member->size > limit) {
    throw Error(ErrorCode::integrity,
                "`" + member->name + "` is larger than " + std::to_string(limit) + " bytes");
  }
  const auto file = open(*member);
  std::string out(static_cast<std::size_t>(member->size), '\0');
  out.resize(file->read(0, out));
  return out;
}

std::unique_ptr<Container> open_container(const Path& path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) {
    throw Error(ErrorCode::not_found, "there is no such package", path.string(),
                "expected a folder or a tar that lexecon export wrote, or a receipt");
  }
  return std::filesystem::is_directory(status) ? open_folder(path) : open_tar(path);
}

}  // namespace lexecon::audit
