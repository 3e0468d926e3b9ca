#include "pdf.hpp"

#include <unistd.h>

#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "child.hpp"

namespace lexecon::cli {
namespace {

constexpr std::chrono::seconds patience{120};
constexpr std::uint64_t max_pdf_bytes = std::uint64_t{256} << 20U;
// Nobody listens there.
constexpr std::string_view nowhere = "http://127.0.0.1:9";

/// A file in a URL, whatever its folder is called.
std::string url_of(const Path& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr unsigned low_half = 0xFU;
  std::string out = "file://";
  for (const char c : path.string()) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
    if (is_plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4U], digits[byte & low_half]};
    }
  }
  return out;
}

/// SECURITY: no name is found, whatever a template of somebody's own asks for.
std::vector<std::string> chromium_arguments(const Path& page, const Path& pdf, const Path& folder) {
  std::vector<std::string> out{"--headless",
                               "--disable-gpu",
                               "--disable-extensions",
                               "--disable-background-networking",
                               "--disable-dev-shm-usage",
                               "--no-first-run",
                               "--host-resolver-rules=MAP * ~NOTFOUND",
                               "--proxy-server=" + std::string(nowhere),
                               "--user-data-dir=" + (folder / "profile").string(),
                               "--no-pdf-header-footer",
                               "--print-to-pdf=" + pdf.string()};
  if (geteuid() == 0) out.emplace_back("--no-sandbox");  // it refuses to start otherwise
  out.push_back(url_of(page));
  return out;
}

/// SECURITY: a template of somebody's own gets no script past the program that prints it.
void require_policy(std::string_view html) {
  if (html.find("content=\"default-src 'none'; style-src 'unsafe-inline'") !=
      std::string_view::npos) {
    return;
  }
  throw Error(ErrorCode::bad_input,
              "expected a page whose Content-Security-Policy is that of the built-in template", {},
              "copy the line from lexecon compliance report --print-template --format html");
}

struct Printer {
  std::string_view name;
  bool is_chromium;
};
constexpr Printer printers[] = {
    {"weasyprint", false}, {"chromium-headless-shell", true}, {"chromium", true}};

std::optional<Child> printer_of(const Path& page, const Path& pdf, const Path& folder) {
  for (const auto& each : printers) {
    auto program = find_program(each.name);
    if (!program) continue;
    return Child{.program = *std::move(program),
                 .arguments = each.is_chromium ? chromium_arguments(page, pdf, folder)
                                               : std::vector{page.string(), pdf.string()},
                 .environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8",
                                 "HOME=" + folder.string(), "TMPDIR=" + folder.string(),
                                 "http_proxy=" + std::string(nowhere),
                                 "https_proxy=" + std::string(nowhere)}};
  }
  return std::nullopt;
}

}  // namespace

std::string pdf_of(std::string_view html, const Path& folder) {
  require_policy(html);
  const auto page = folder / "page.html";
  const auto pdf = folder / "page.pdf";
  const auto child = printer_of(page, pdf, folder);
  if (!child) {
    throw Error(ErrorCode::configuration,
                "expected weasyprint or chromium, and neither is installed", {},
                "apt-get install weasyprint, or print the HTML in a browser");
  }
  write_new_file(page, html, Access::private_to_owner);
  const auto ended = run_child(*child, patience);
  if (ended.exit_status == 0 && std::filesystem::is_regular_file(pdf)) {
    auto bytes = read_file(pdf, max_pdf_bytes);
    if (bytes.starts_with("%PDF-")) return bytes;
  }
  throw Error(ErrorCode::io, "`" + child->program.string() + "` made no PDF",
              child->program.string(), "make it with --format html, and print that");
}

}  // namespace lexecon::cli
