#include "package/receipt.hpp"

#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/merkle.hpp"
#include "chain/note.hpp"
#include "chain/proof.hpp"
#include "chain/sealed.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "package/acta_check.hpp"

namespace lexecon::package {
namespace {

using findings::Verdict;

constexpr std::string_view schema = "lexecon.receipt/1";

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

// SECURITY: a tree of many small values takes far more memory than its text, and a receipt is no tree: one
// object, and no more commas between its members than four have.
void require_flat(std::string_view bytes) {
  std::size_t objects = 0;
  std::size_t commas = 0;
  bool is_text = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char seen = bytes[at];
    if (seen == '"') is_text = !is_text;
    if (is_text) {
      at += seen == '\\' ? 1 : 0;
      continue;
    }
    if (seen == '{') ++objects;
    if (seen == ',') ++commas;
    if (seen == '[' || objects > 1 || commas > 3) refuse("expected an object of four texts");
  }
}

/// One receipt on its way through the checks, each of which rests on those before it.
class Examination {
 public:
  explicit Examination(std::span<const crypto::Pin> pins) : pins_(pins) {}

  ReceiptCheck examine(std::string_view bytes, bool has_previous) {
    const bool is_read = out_.run("receipt", "", [&] { receipt_ = parse_receipt(bytes); });
    const bool has_entry = out_.run_if(is_read, "entry", "/entry", [&] { read_entry(); });
    const bool has_proof = out_.run_if(is_read, "proof", "/proof", [&] { read_proof(); });
    const bool has_both = has_entry && has_proof;
    out_.run_if(has_both, "origin", "/proof", [&] { check_origin(); });
    out_.run_if(has_both, "inclusion", "/proof", [&] { check_inclusion(); });
    check_signature(has_proof);
    check_sealed(has_entry);
    // What was asked for and is not there is no pass.
    if (has_previous) out_.run("link", "", [] { refuse("it names no receipt before it"); });
    conclude();
    return std::move(out_);
  }

 private:
  void read_entry() {
    auto entry = chain::parse_entry(receipt_.entry);
    (void)chain::check_entry(entry);
    out_.entry_hash = chain::entry_hash(receipt_.entry);
    out_.entry = std::move(entry);
  }

  void read_proof() {
    proof_ = chain::parse_inclusion_proof(receipt_.proof);
    // Nobody signs the extra line of a proof, so a receipt has none.
    if (chain::to_text(proof_) != receipt_.proof) refuse("the proof has a line that nobody signed");
    note_ = chain::parse_note(proof_.checkpoint);
    out_.checkpoint = chain::parse_checkpoint(note_);
  }

  void check_origin() const {
    const auto& origin = out_.checkpoint->origin;
    if (out_.entry->origin != origin) refuse("the entry and the checkpoint are of two logs");
    if (note_.lines.front().name != origin) refuse("the checkpoint is signed in another name");
  }

  void check_inclusion() const {
    const auto seq = out_.entry->seq;
    if (proof_.index != seq) {
      refuse("the proof is of " + chain::entry_id(proof_.index) + ", the entry is " +
             chain::entry_id(seq));
    }
    if (!chain::verify_inclusion(chain::leaf_hash(receipt_.entry), seq, out_.checkpoint->tree_size,
                                 proof_.hashes, out_.checkpoint->root)) {
      refuse("the entry is not in the tree at that place");
    }
  }

  // SECURITY: only a key that was pinned counts; none inside the receipt is believed.
  void check_signature(bool has_proof) {
    if (has_proof && pins_.empty()) return out_.leave_out("signature", "/proof", "key_not_pinned");
    out_.run_if(has_proof, "signature", "/proof", [&] {
      std::string why;
      for (const auto& pin : pins_) {
        try {
          (void)chain::open_checkpoint(proof_.checkpoint,
                                       {pin.name.value_or(out_.checkpoint->origin), pin.key});
          out_.signed_by = pin.key;
          return;
        } catch (const Error& error) {
          why = error.message();
        }
      }
      refuse(pins_.size() == 1 ? why : "the checkpoint is signed by none of the pinned keys");
    });
  }

  void check_sealed(bool has_entry) {
    constexpr const char* where = "/sealed";
    if (has_entry && !receipt_.sealed) {
      const bool is_withheld = out_.entry->sealed_hash.has_value();
      return out_.leave_out("sealed", where, is_withheld ? "withheld" : "none");
    }
    out_.run_if(has_entry, "sealed", where, [&] {
      if (out_.entry->sealed_hash != crypto::sha256(*receipt_.sealed)) {
        refuse("it is not what the entry commits to");
      }
      (void)chain::unseal(*receipt_.sealed);
    });
  }

  void conclude() {
    out_.verdict = out_.fault() != nullptr ? Verdict::invalid : Verdict::valid;
    if (out_.verdict == Verdict::invalid || out_.signed_by) return;
    out_.verdict = Verdict::undecidable;
    out_.cause = "key_not_pinned";
  }

  std::span<const crypto::Pin> pins_;
  ReceiptCheck out_{.format = ReceiptFormat::lexecon};
  Receipt receipt_;
  chain::InclusionProof proof_;
  chain::Note note_;
};

}  // namespace

std::string to_bytes(const Receipt& receipt) {
  auto bytes = json::canonical({{"entry", receipt.entry},
                                {"proof", receipt.proof},
                                {"schema", schema},
                                {"sealed", receipt.sealed ? Json(*receipt.sealed) : Json()}});
  if (bytes.size() > max_receipt_bytes) refuse("expected a receipt of at most 4 MiB");
  return bytes;
}

Receipt parse_receipt(std::string_view bytes) {
  if (bytes.size() > max_receipt_bytes) refuse("expected a receipt of at most 4 MiB");
  require_flat(bytes);
  const Json value = json::parse_canonical(bytes, "receipt");
  if (!value.is_object()) refuse("expected a receipt, which is an object");
  json::Reader reader(value);
  if (reader.text("schema") != schema) {
    throw Error(ErrorCode::bad_input, "expected `" + std::string(schema) + "`", "/schema");
  }
  Receipt out{reader.text("entry"), reader.text("proof"), std::nullopt};
  if (!reader.member("sealed").is_null()) out.sealed = reader.text("sealed");
  reader.finish();
  return out;
}

ReceiptCheck check_receipt(std::string_view bytes, std::span<const crypto::Pin> pins,
                           std::optional<std::string_view> previous) {
  if (bytes.empty()) return {.cause = "nothing_to_check"};
  if (is_acta(bytes)) return check_acta(bytes, pins, previous);
  return Examination(pins).examine(bytes, previous.has_value());
}

}  // namespace lexecon::package
