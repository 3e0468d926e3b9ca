// What `ledger verify` costs, beside the limits of the machine in the same run.
//
// Shapes   ledger_bench make DIR ENTRIES GROUP | limits DIR | verify DIR [RUNS]
// Units    entries a second of wall time, CPU of all threads; peak memory in MiB, to be asked of a
//          process that did nothing else
#include <sys/resource.h>

#include <chrono>
#include <ctime>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "service/decide.hpp"
#include "service/init.hpp"
#include "service/templates.hpp"
#include "store/database.hpp"

namespace {

using namespace lexecon;

constexpr Timestamp start{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z

constexpr const char* policy = R"(policy_id: pol_bench_v1
version: 1.0.0
relations:
  - {id: agents-read, type: permits, subject: actor:agent:*, action: action:read, justification: bench}
)";

struct Cost {
  double wall = 0;
  double cpu = 0;  // of all threads
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

Cost cost_of(const std::function<void()>& action) {
  const auto begin = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  action();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          cpu_seconds() - cpu};
}

void show(const std::string& what, std::uint64_t items, const Cost& cost) {
  const auto count = static_cast<double>(items);
  std::cout << what << ": " << items << " in " << cost.wall << " s, "
            << static_cast<std::uint64_t>(count / cost.wall) << "/s; " << 1e6 * cost.cpu / count
            << " us of CPU each\n";
}

Path database_of(const Path& folder) { return ledger::NodeFiles{folder}.database(); }

decision::Request request(std::uint64_t number) {
  return decision::parse_request({{"actor", "agent:a" + std::to_string(number % 50)},
                                  {"action", "read"},
                                  {"resource", "file:data/" + std::to_string(number)},
                                  {"intent", "read a file to answer the question of a customer"},
                                  {"context", {{"ticket", std::to_string(number)}}}});
}

void make(const Path& folder, std::uint64_t entries, std::uint64_t group) {
  service::Session session{.now = start,
                           .entropy = system_entropy(),
                           .passphrase = {},
                           .write = {.patience = std::chrono::seconds(10),
                                     .state_home = {},
                                     .accept_clock = false,
                                     .allow_network_filesystem = true}};
  static_cast<void>(service::init({.folder = folder,
                                   .id = "bench",
                                   .origin = std::nullopt,
                                   .files = {{"node.yaml", "id: bench\n"},
                                             {"policies/bench.yaml", policy},
                                             {"risk.yaml", "threshold: 80\n"}}},
                                  session));
  const auto node = service::open_node(folder);
  const Cost cost = cost_of([&] {
    for (std::uint64_t made = 0; made < entries;) {
      std::vector<decision::Request> requests;
      for (; requests.size() < group && made < entries; ++made) requests.push_back(request(made));
      session.now.micros += 1'000'000;
      static_cast<void>(service::decide_all(
          node.files, requests,
          {.via = "batch", .life_seconds = {}, .audience = {}, .with_token = group > 1}, session));
    }
  });
  show("decisions recorded in groups of " + std::to_string(group), entries, cost);
}

/// Reads every body once, and does `each` with it.
template <class Each>
std::uint64_t scan(const Path& folder, const Each& each) {
  store::Database database(database_of(folder), store::OpenMode::read_only);
  auto rows = database.prepare(
      "SELECT seq, event_type, actor, timestamp, entry_hash, body FROM entries ORDER BY seq");
  std::uint64_t count = 0;
  while (rows.step()) {
    each(rows.view(5));
    ++count;
  }
  return count;
}

/// Checkpoints of that ledger: with one alone a processor would learn every branch of its verification.
std::vector<chain::Note> notes_of(store::Database& database) {
  constexpr std::size_t most = 20'000;
  std::vector<chain::Note> notes;
  auto rows = database.prepare("SELECT note FROM checkpoints ORDER BY tree_size");
  while (notes.size() < most && rows.step()) notes.push_back(chain::parse_note(rows.view(0)));
  return notes;
}

void limits(const Path& folder) {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
  Cost cost = cost_of([&] { count = scan(folder, [&](auto body) { bytes += body.size(); }); });
  show("limit: plain SELECT scan, " + std::to_string(bytes / count) + " bytes an entry", count,
       cost);
  std::uint8_t all = 0;
  cost = cost_of([&] {
    scan(folder,
         [&](auto body) { all = static_cast<std::uint8_t>(all ^ crypto::sha256(body).bytes[0]); });
  });
  show("limit: scan and SHA-256", count, cost);
  cost = cost_of([&] {
    store::Database database(database_of(folder), store::OpenMode::read_only);
    auto check = database.prepare("PRAGMA integrity_check(1)");
    while (check.step()) all = static_cast<std::uint8_t>(all ^ check.view(0).size());
  });
  show("limit: SQLite's own integrity_check", count, cost);
  store::Database database(database_of(folder), store::OpenMode::read_only);
  const auto genesis = ledger::read_entry(database, 0).value();
  const auto log = crypto::parse_vkey(genesis.entry.data["ledger_vkey"].get<std::string>());
  const auto notes = notes_of(database);
  cost = cost_of([&] {
    for (const chain::Note& note : notes) {
      if (!crypto::verify(log.key, note.text, note.lines[0].signature)) all = 0xFF;
    }
  });
  show("limit: Ed25519 verify, one thread", notes.size(), cost);
  std::cout << "checksum " << static_cast<int>(all) << "\n";
}

void verify(const Path& folder, std::uint64_t runs) {
  for (std::uint64_t run = 0; run < runs; ++run) {
    ledger::Verification found;
    const Cost cost = cost_of([&] {
      ledger::VerifyOptions o;
      o.skip = {"database"};
      found = ledger::verify({folder}, o);
    });
    if (found.verdict != ledger::Verdict::valid) {
      for (const auto& check : found.checks) {
        if (check.status != ledger::CheckStatus::fail) continue;
        std::cerr << check.name << ": " << check.detail << "\n";
      }
      throw Error(ErrorCode::internal, "not valid: " + found.cause.value_or("a check failed"));
    }
    show("ledger verify", found.entries_verified, cost);
    for (const auto& check : found.checks) {
      if (check.name == "checkpoints") show("  checkpoints in it", check.items, cost);
    }
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << "peak memory: " << usage.ru_maxrss / 1024 << " MiB, CPU "
            << static_cast<double>(usage.ru_utime.tv_sec) +
                   static_cast<double>(usage.ru_utime.tv_usec) / 1e6
            << " s user, "
            << static_cast<double>(usage.ru_stime.tv_sec) +
                   static_cast<double>(usage.ru_stime.tv_usec) / 1e6
            << " s system\n";
}

std::uint64_t number(const std::string& text) {
  const auto value = parse_integer(text);
  if (!value || *value < 1) throw Error(ErrorCode::usage, "expected a number, got " + text);
  return static_cast<std::uint64_t>(*value);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 4 && words[0] == "make") {
      make(std::filesystem::absolute(words[1]), number(words[2]), number(words[3]));
    } else if (words.size() == 2 && words[0] == "limits") {
      limits(std::filesystem::absolute(words[1]));
    } else if (words.size() >= 2 && words[0] == "verify") {
      verify(std::filesystem::absolute(words[1]), words.size() > 2 ? number(words[2]) : 1);
    } else {
      std::cerr << "usage: ledger_bench make DIR ENTRIES GROUP | limits DIR | verify DIR [RUNS]\n";
      return 64;
    }
  } catch (const Error& error) {
    std::cerr << "ledger_bench: " << error.message() << "\n";
    return 1;
  }
  return 0;
}
