// Tenants: whose an id is, and whether the set in force asks for a tenant. A filter, no access control: whoever
// reads the node reads every tenant's.
//
// Shapes   an id belongs to the tenant of its decision; evidence to those of the decisions that it is linked to;
//          what belongs to no decision is the node's, and no tenant's
// Errors   Error{not_found}: of another tenant is the same as not there
// Source   lexecon-node(5), tenants.required
#pragma once

#include <string>

#include "decision/active_set.hpp"
#include "decision/request.hpp"
#include "service/node.hpp"

namespace lexecon::service {

/// Whether the set in force says `tenants.required: true`.
[[nodiscard]] bool requires_tenant(const Node& node);
/// Error{bad_input} for a request without a tenant under a set that requires one; nullptr requires none.
void require_tenant(const decision::Request& request, const decision::ActiveSet* set);

[[nodiscard]] bool is_of_tenant(store::Database& database, const std::string& id,
                                const std::string& tenant);
/// Throws what a command says of an id that is not there, for one that is of others alone. What is no id, or
/// the node's, is for the command.
void require_of_tenant(const Node& node, const std::string& id, const std::string& tenant);

/// The one way to say that there is no such decision, escalation, override, evidence or token.
[[noreturn]] void unknown_id(const std::string& id);

}  // namespace lexecon::service
