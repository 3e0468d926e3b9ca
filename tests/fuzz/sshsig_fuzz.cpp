#include "base/error.hpp"
#include "crypto/sshsig.hpp"
#include "fuzz/targets.hpp"

/// The signer's line, then the armor of a signature over one statement.
void lexecon::fuzz::sshsig(std::string_view bytes) {
  constexpr std::string_view statement = "{\"statement\":\"a policy goes into force\"}";
  const auto line_ends = bytes.find('\n');
  const auto signer = crypto::parse_ssh_signer(bytes.substr(0, line_ends));
  require(signer.text() == bytes.substr(0, line_ends), "an operator's key has two spellings");
  const auto armored = line_ends == std::string_view::npos ? "" : bytes.substr(line_ends + 1);
  if (const auto fault = crypto::sshsig_fault(armored, statement, signer)) {
    throw Error(ErrorCode::bad_input, std::string(to_string(*fault)));
  }
  require(armored.size() <= crypto::max_sshsig_bytes, "a signature is too long");
  require(crypto::sshsig_fault(armored, "another", signer) == crypto::SshsigFault::bad_signature,
          "a signature fits two messages");
  require(crypto::sshsig_fault(std::string(armored) + "\n", statement, signer).has_value(),
          "a signature has two spellings");
}
