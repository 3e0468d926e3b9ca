#include "report_files.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "json/json.hpp"
#include "pdf.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_template_bytes = 1'048'576;
constexpr std::string_view template_suffix = ".mustache";

using report::Format;

bool is_pdf(std::string_view format) { return format == "pdf"; }

/// What a format is rendered in: PDF is a page that was printed.
Format rendered_in(std::string_view format) {
  if (is_pdf(format)) return Format::html;
  const auto found = report::format_from(format);
  if (!found) {
    throw Error(ErrorCode::internal, "no format is called `" + std::string(format) + "`");
  }
  return *found;
}

bool has_template(std::string_view format) {
  return rendered_in(format) == Format::html || rendered_in(format) == Format::markdown;
}

/// The one format that a template is of.
Format templated(const std::vector<std::string>& formats) {
  std::optional<Format> out;
  for (const auto& each : formats) {
    const auto format = rendered_in(each);
    if (!has_template(each) || (out && *out != format)) {
      throw Error(ErrorCode::usage, "expected html, pdf or markdown alone beside --template");
    }
    out = format;
  }
  return out.value();
}

void require_room(const Path& path) {
  std::error_code ignored;
  if (std::filesystem::symlink_status(path, ignored).type() ==
      std::filesystem::file_type::not_found) {
    return;
  }
  throw Error(ErrorCode::cannot_create, "something is there already", path.string());
}

}  // namespace

report::Template template_at(const Path& path, report::Format format) {
  const auto folder = path.parent_path();
  const auto carried = report::built_in_parts(format);
  const report::Partials parts = [&](const std::string& name) -> std::optional<std::string> {
    const bool is_file = name.find('/') == std::string::npos && !name.starts_with('.');
    const auto beside = folder / (name + std::string(template_suffix));
    if (is_file && std::filesystem::is_regular_file(beside)) {
      return read_file(beside, max_template_bytes);
    }
    return carried(name);
  };
  return report::whole({path.string(), read_file(path, max_template_bytes)}, parts);
}

Delivery delivery_from(const Arguments& given) {
  Delivery out{.formats = given.texts("--format"), .output = std::nullopt, .from = std::nullopt};
  if (out.formats.empty()) out.formats.emplace_back("markdown");
  std::sort(out.formats.begin(), out.formats.end());
  if (std::adjacent_find(out.formats.begin(), out.formats.end()) != out.formats.end()) {
    throw Error(ErrorCode::usage, "expected each format once");
  }
  if (const auto path = given.text("--output"); path && *path != "-") {
    out.output = std::filesystem::absolute(*path).lexically_normal();
    if (!out.output->has_filename()) out.output = out.output->parent_path();
    require_room(*out.output);
  } else if (out.formats.size() > 1 || is_pdf(out.formats.front())) {
    throw Error(ErrorCode::usage, "expected -o PATH for a PDF, or for several formats at once");
  }
  if (const auto file = given.text("--template")) {
    out.from = template_at(*file, templated(out.formats));
  }
  return out;
}

Staged::Staged(const Json& model, const Delivery& delivery)
    : delivery_(delivery), kind_(model.at("kind").get<std::string>()) {
  if (delivery.output)
    scratch_ = std::make_unique<ScratchFolder>(Path(*delivery.output) += ".part");
  for (const auto& name : delivery.formats) {
    const auto format = rendered_in(name);
    auto bytes = delivery.from ? report::render(model, format, *delivery.from)
                               : report::render(model, format);
    if (is_pdf(name)) {
      const ScratchFolder printing(scratch_->path() / "printing");
      bytes = pdf_of(bytes, printing.path());
    }
    files_.push_back({.format = name, .bytes = std::move(bytes)});
  }
  if (!scratch_) return;
  const auto access =
      model.at("header").at("sealed") == true ? Access::private_to_owner : Access::as_umask;
  make_folder(scratch_->path() / "report", access);
  for (const auto& each : files_) {
    write_new_file(scratch_->path() / "report" / path_of(each.format)->filename(), each.bytes,
                   access);
  }
}

std::optional<Path> Staged::path_of(const std::string& format) const {
  if (!delivery_.output) return std::nullopt;
  if (delivery_.formats.size() == 1) return delivery_.output;
  const auto suffix =
      is_pdf(format) ? std::string_view(".pdf") : report::suffix_of(rendered_in(format));
  return *delivery_.output / (kind_ + std::string(suffix));
}

void Staged::publish() {
  if (!scratch_) return;
  const auto made = scratch_->path() / "report";
  const bool is_alone = delivery_.formats.size() == 1;
  move_to_new_name(is_alone ? made / delivery_.output->filename() : made, *delivery_.output);
}

}  // namespace lexecon::cli
