// The node that a hook was installed for, and no other.
//
// Errors   Error{usage} for what install writes and is missing; Error{not_permitted} for another log
// Source   lexecon-hook-run(1)
#pragma once

#include <string>
#include <string_view>

#include "command.hpp"
#include "context.hpp"
#include "service/node.hpp"

namespace lexecon::cli {

/// An option that `hook install` writes.
[[nodiscard]] std::string installed_option(const Arguments& given, std::string_view name);
/// Whether that key signs the node's log now.
[[nodiscard]] bool is_key_of(const crypto::Pin& pin, const service::Node& node);
[[nodiscard]] service::Node expected_node(const Arguments& given, Context& context);
/// --actor, with its prefix.
[[nodiscard]] std::string hook_actor(const Arguments& given);

}  // namespace lexecon::cli
