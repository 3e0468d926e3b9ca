#include "export/format.hpp"

#include <array>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "export/payload.hpp"
#include "export/seal.hpp"
#include "views/view.hpp"

namespace lexecon::exporting {
namespace {

constexpr auto formats = std::to_array(
    {Format::bag, Format::tar, Format::json, Format::csv, Format::markdown, Format::html});

using Writer = void (*)(const views::Bag&, const views::Survey&, const views::Sink&);

void write_file(const views::Bag& bag, Writer writer, const Path& target) {
  FileWriter out(target.parent_path(), target.filename().string());
  writer(bag, views::survey_of(bag), [&out](std::string_view bytes) { out.write(bytes); });
  static_cast<void>(out.finish());
}

void write_pages(const views::Bag& bag, const Path& target) {
  make_folder(target, Access::private_to_owner);
  std::optional<FileWriter> page;
  const auto finish = [&page] {
    if (page) static_cast<void>(page->finish());
    page.reset();
  };
  views::write_html(bag, views::survey_of(bag), [&](const std::string& name) -> views::Sink {
    finish();
    page.emplace(target, name);
    return [&page](std::string_view bytes) { page->write(bytes); };
  });
  finish();
  sync_folders(target);
}

}  // namespace

std::string_view to_string(Format format) {
  switch (format) {
    case Format::bag:
      return "bag";
    case Format::tar:
      return "tar";
    case Format::json:
      return "json";
    case Format::csv:
      return "csv";
    case Format::markdown:
      return "markdown";
    case Format::html:
      return "html";
  }
  throw Error(ErrorCode::internal, "a format of no kind");
}

Format format_from(std::string_view name) {
  for (const auto format : formats) {
    if (to_string(format) == name) return format;
  }
  throw Error(ErrorCode::usage, "expected a format, seen `" + printable(name) + "`", "--format");
}

Path formatted(Format format, const Path& folder, const package::Manifest& manifest,
               const Path& target) {
  switch (format) {
    case Format::bag:
      return folder;
    case Format::tar:
      write_tar(folder, manifest, target);
      break;
    case Format::json:
      write_file(views::open_bag(folder, manifest), views::write_json, target);
      break;
    case Format::csv:
      write_file(views::open_bag(folder, manifest), views::write_csv, target);
      break;
    case Format::markdown:
      write_file(views::open_bag(folder, manifest), views::write_markdown, target);
      break;
    case Format::html:
      write_pages(views::open_bag(folder, manifest), target);
      break;
  }
  return target;
}

}  // namespace lexecon::exporting
