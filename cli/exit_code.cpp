#include "exit_code.hpp"

namespace lexecon::cli {

ExitCode exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return ExitCode::usage;
    case ErrorCode::bad_input:
      return ExitCode::bad_input;
    case ErrorCode::not_found:
      return ExitCode::not_found;
    case ErrorCode::busy:
      return ExitCode::busy;
    case ErrorCode::internal:
      return ExitCode::internal;
    case ErrorCode::cannot_create:
      return ExitCode::cannot_create;
    case ErrorCode::io:
      return ExitCode::io;
    case ErrorCode::integrity:
      return ExitCode::integrity;
    case ErrorCode::not_permitted:
      return ExitCode::not_permitted;
    case ErrorCode::configuration:
      return ExitCode::configuration;
  }
  return ExitCode::internal;
}

ExitCode exit_code(policy::Outcome outcome) {
  switch (outcome) {
    case policy::Outcome::approved:
      return ExitCode::yes;
    case policy::Outcome::conditional:
      return ExitCode::conditional;
    case policy::Outcome::escalated:
      return ExitCode::undecided;
    case policy::Outcome::denied:
      return ExitCode::no;
  }
  return ExitCode::internal;
}

ExitCode exit_code(ledger::Verdict verdict) {
  switch (verdict) {
    case ledger::Verdict::valid:
      return ExitCode::yes;
    case ledger::Verdict::invalid:
      return ExitCode::no;
    case ledger::Verdict::undecidable:
      return ExitCode::undecided;
  }
  return ExitCode::internal;
}

std::string_view error_class(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
      return "validation_error";
    case ErrorCode::not_permitted:
      return "policy_violation";
    case ErrorCode::configuration:
      return "workflow_error";
    case ErrorCode::busy:
    case ErrorCode::cannot_create:
    case ErrorCode::io:
      return "infra_error";
    case ErrorCode::integrity:
      return "integrity_error";
    case ErrorCode::internal:
      return "unexpected_error";
  }
  return "unexpected_error";
}

}  // namespace lexecon::cli
