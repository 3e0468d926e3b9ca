#include "chain/checkpoint.hpp"
#include "chain/note.hpp"
#include "fuzz/targets.hpp"

void lexecon::fuzz::note(std::string_view bytes) {
  const auto note = chain::parse_note(bytes);
  require(chain::to_bytes(note) == bytes, "a note was written otherwise than read");
  const auto checkpoint = chain::parse_checkpoint(note);
  require(bytes.starts_with(chain::checkpoint_text(checkpoint)),
          "a checkpoint was written otherwise than read");
}
