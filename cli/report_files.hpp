// A report in the formats that somebody asked for, and where they go.
//
// Errors   Error{usage} for formats that do not go together; Error{cannot_create} where something is already
// Source   lexecon-compliance-report(1)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/scratch.hpp"
#include "command.hpp"
#include "json/fwd.hpp"
#include "report/render.hpp"
#include "reporting/record.hpp"

namespace lexecon::cli {

/// What was typed of --format, --output and --template.
struct Delivery {
  std::vector<std::string> formats;  // ascending, each once; markdown unless others were given
  std::optional<Path> output;        // nothing: standard output
  std::optional<report::Template> from;
};
[[nodiscard]] Delivery delivery_from(const Arguments& given);

/// The template at a path, and those beside it that it names before those that the program carries.
[[nodiscard]] report::Template template_at(const Path& path, report::Format format);

/// Files beside the place that they go to, which they get to in one step or not at all.
class Staged {
 public:
  Staged(const Json& model, const Delivery& delivery);
  [[nodiscard]] const std::vector<reporting::ReportFile>& files() const { return files_; }
  /// Where a format's file is after publish(); nothing on standard output.
  [[nodiscard]] std::optional<Path> path_of(const std::string& format) const;
  void publish();

 private:
  Delivery delivery_;
  std::string kind_;
  std::unique_ptr<ScratchFolder> scratch_;
  std::vector<reporting::ReportFile> files_;
};

}  // namespace lexecon::cli
