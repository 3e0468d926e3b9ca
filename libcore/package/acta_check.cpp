#include "package/acta_check.hpp"

#include "base/error.hpp"
#include "json/canonical.hpp"

namespace lexecon::package {
namespace {

using findings::Verdict;

constexpr const char* missing = "predecessor_missing";

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

void check_payload(ReceiptCheck& out) {
  constexpr const char* where = "/payload";
  if (out.acta && !is_ours(*out.acta)) return out.leave_out("payload", where, "not_interpreted");
  out.run_if(out.acta.has_value(), "payload", where, [&] { require_our_shape(*out.acta); });
}

// SECURITY: nobody signs the kid, but the payload may say whose receipt it is.
void check_issuer(ReceiptCheck& out) {
  constexpr const char* where = "/payload/issuer_id";
  if (out.acta && !out.acta->payload.contains("issuer_id")) {
    return out.leave_out("issuer", where, "none");
  }
  out.run_if(out.acta.has_value(), "issuer", where, [&] {
    if (out.acta->payload.at("issuer_id") != out.acta->kid) refuse("the kid is another's");
  });
}

// SECURITY: only a key that was pinned counts; none inside the receipt is believed.
void check_signature(ReceiptCheck& out, std::span<const crypto::Pin> pins) {
  constexpr const char* where = "/signature/sig";
  if (out.acta && pins.empty()) return out.leave_out("signature", where, "key_not_pinned");
  out.run_if(out.acta.has_value(), "signature", where, [&] {
    const auto bytes = json::canonical(out.acta->payload);
    for (const auto& pin : pins) {
      if (!crypto::verify(pin.key, bytes, out.acta->signature)) continue;
      if (is_ours(*out.acta) && pin.key.kid() != out.acta->kid) refuse("another key signed it");
      out.signed_by = pin.key;
      return;
    }
    refuse(pins.size() == 1 ? "it is not signed by the pinned key"
                            : "it is signed by none of the pinned keys");
  });
}

void check_link(ReceiptCheck& out, std::optional<std::string_view> previous) {
  constexpr const char* where = "/payload/previousReceiptHash";
  const bool has_link = out.acta && out.acta->payload.contains("previousReceiptHash");
  const auto link = has_link ? link_in(out.acta->payload) : std::nullopt;
  if (out.acta && !previous) {
    if (!has_link) return out.leave_out("link", where, "none");
    if (link) return out.leave_out("link", where, missing);
  }
  out.run_if(out.acta.has_value(), "link", where, [&] {
    if (!has_link) refuse("it names no receipt before it");
    if (!link) refuse("expected 64 lower-case hex digits, with or without `sha256:`");
    if (acta_hash(*previous) != *link) refuse("it follows another receipt than the one given");
  });
}

}  // namespace

ReceiptCheck check_acta(std::string_view bytes, std::span<const crypto::Pin> pins,
                        std::optional<std::string_view> previous) {
  ReceiptCheck out{.format = ReceiptFormat::acta};
  out.run("receipt", "", [&] { out.acta = parse_acta(bytes); });
  check_payload(out);
  check_issuer(out);
  check_signature(out, pins);
  check_link(out, previous);
  if (out.fault() != nullptr) {
    out.verdict = Verdict::invalid;
  } else if (!out.signed_by) {
    out.cause = "key_not_pinned";
  } else if (out.checks.back().result.detail == missing) {
    out.cause = missing;
  } else {
    out.verdict = Verdict::valid;
  }
  return out;
}

}  // namespace lexecon::package
