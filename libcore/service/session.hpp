// What every use case is given besides its own arguments: the clock, entropy, and how it may write.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/entropy.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "crypto/key_file.hpp"
#include "ledger/writer.hpp"

namespace lexecon::service {

struct Session {
  Timestamp now;  // read once, in cli
  Entropy entropy;
  crypto::Passphrase passphrase;  // asked only for an encrypted key
  ledger::WriteOptions write;
  UlidMaker ulids = {};  // one a process, so that its ids increase
};

}  // namespace lexecon::service
