// A page as PDF, by a program that is there: its bytes are that program's.
//
// Errors   Error{configuration} when none is installed; Error{io} when it makes none in time
// Source   lexecon-compliance-report(1), PDF
#pragma once

#include <string>
#include <string_view>

#include "base/files.hpp"

namespace lexecon::cli {

/// `folder` is private and goes afterwards: the page, the PDF and what the program leaves stand in it.
[[nodiscard]] std::string pdf_of(std::string_view html, const Path& folder);

}  // namespace lexecon::cli
