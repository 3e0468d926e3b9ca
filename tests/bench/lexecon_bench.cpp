// lexecon-bench: what the parts of libcore cost, by Google Benchmark.
//
// Units    time of one call on one thread; judge and evaluate by the number of relations in the set
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/entropy.hpp"
#include "cel/evaluate.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/entry_view.hpp"
#include "chain/merkle.hpp"
#include "crypto/hash.hpp"
#include "decision/judge.hpp"
#include "decision/record.hpp"
#include "decision/set_codec.hpp"
#include "json/json.hpp"
#include "json/scan.hpp"
#include "policy/evaluate.hpp"
#include "policy/graph.hpp"
#include "token/token.hpp"

namespace {

using namespace lexecon;
using benchmark::DoNotOptimize;
using benchmark::State;

constexpr Timestamp noon{1'767'268'800'000'000};  // 2026-01-01T12:00:00Z

crypto::SecretKey key_of(char seed) { return crypto::SecretKey::from_seed(std::string(32, seed)); }

struct Question {
  std::string actor;
  std::string action;
  std::vector<std::string> data_classes;
};

/// Exact permits, one in ten with a wildcard, one in ten a forbids; the question is one exact permit.
struct Synthetic {
  std::string yaml = "mode: strict\nrelations:\n";
  Question question;
};

Synthetic synthetic(std::int64_t relations, const std::string& when = {}) {
  Synthetic out;
  std::mt19937_64 engine(static_cast<std::uint64_t>(relations));
  const auto below = [&](std::int64_t bound) {
    return std::to_string(engine() % static_cast<std::uint64_t>(bound));
  };
  for (std::int64_t i = 0; i < relations; ++i) {
    const std::string actor = "actor:agent_" + below(relations / 10 + 4);
    const std::string action = "action:tool_" + below(20);
    const std::string data = "data:set_" + below(relations / 5 + 5);
    const bool forbids = i % 10 == 3;
    const bool any_actor = i % 10 == 7;
    out.yaml += "  - {id: r" + std::to_string(i) + ", type: " + (forbids ? "forbids" : "permits") +
                ", subject: \"" + (any_actor ? "*" : actor) + "\", action: \"" + action +
                "\", object: \"" + data + "\"" + (when.empty() ? "" : ", when: '" + when + "'") +
                "}\n";
    if (i == 0) out.question = {actor, action, {data}};
  }
  return out;
}

decision::ActiveSet set_of(const Synthetic& policy) {
  return decision::load_set(std::vector<decision::SetFile>{{"node.yaml", "id: bench\n"},
                                                           {"policies/bench.yaml", policy.yaml},
                                                           {"risk.yaml", "threshold: 80\n"}});
}

decision::Request request_of(const Question& question) {
  return decision::parse_request({{"actor", question.actor},
                                  {"action", question.action},
                                  {"data_classes", question.data_classes},
                                  {"intent", "answer the question of a customer"}});
}

/// A decision's entry as it stands in a ledger.
std::string entry_bytes() {
  const auto policy = synthetic(10);
  const auto set = set_of(policy);
  const auto request = request_of(policy.question);
  const decision::Facts facts;
  const auto verdict = decision::judge(request, &set, facts, noon);
  const decision::Record record{.decision_id = "dec_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                                .at = noon,
                                .via = "batch",
                                .request = request,
                                .facts = facts,
                                .verdict = verdict,
                                .token = {}};
  return chain::to_bytes({.actor = request.actor,
                          .data = decision::decision_data(record),
                          .event_type = "decision",
                          .origin = "bench.example/log",
                          .previous_hash = {},
                          .salt = std::string(32, '0'),
                          .sealed_hash = Hash{},
                          .seq = 7,
                          .timestamp = noon});
}

token::Claims claims() {
  return {.issuer = "bench.example/log",
          .subject = "actor:agent:a",
          .audience = "bench.example/log",
          .kid = key_of('t').public_key().kid(),
          .jti = "tok_" + std::string(32, '0'),
          .issued_at = noon,
          .expires_at = {noon.micros + 300'000'000},
          .action = "action:read",
          .tool = std::nullopt,
          .resource = "resource:file:data/7",
          .data_classes = {},
          .policy_hash = std::string(64, '0'),
          .decision_id = "dec_01ARZ3NDEKTSV4RRFFQ69G5FAV",
          .uses = 1,
          .params_hash = std::nullopt,
          .tenant = std::nullopt};
}

void sha256_of_600_bytes(State& state) {
  const std::string bytes(600, 'x');
  for (auto _ : state) DoNotOptimize(crypto::sha256(bytes));
}

void ed25519_sign(State& state) {
  const auto key = key_of('k');
  const std::string bytes(128, 'x');
  for (auto _ : state) DoNotOptimize(key.sign(bytes));
}

void ed25519_verify(State& state) {
  const auto key = key_of('k');
  const std::string bytes(128, 'x');
  const auto signature = key.sign(bytes);
  for (auto _ : state) DoNotOptimize(crypto::verify(key.public_key(), bytes, signature));
}

void checkpoint_open(State& state) {
  const auto key = key_of('k');
  const crypto::Identity log{"bench.example/log", key.public_key()};
  const auto note = chain::sign_checkpoint({log.name, 200'000, {}}, key);
  for (auto _ : state) DoNotOptimize(chain::open_checkpoint(note, log));
}

void entry_canonical_check(State& state) {
  const auto bytes = entry_bytes();
  for (auto _ : state) DoNotOptimize(json::is_canonical(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void entry_scan(State& state) {
  const auto bytes = entry_bytes();
  for (auto _ : state) {
    const auto view = chain::scan_entry(bytes);
    if (!view) state.SkipWithError("the entry was not read");
    DoNotOptimize(view);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void entry_parse(State& state) {
  const auto bytes = entry_bytes();
  for (auto _ : state) DoNotOptimize(chain::parse_entry(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void merkle_append(State& state) {
  chain::CompactRange range;
  const Hash leaf = chain::leaf_hash("x");
  for (auto _ : state) range.append(leaf);
  DoNotOptimize(range.root());
}

void token_mint(State& state) {
  const auto key = key_of('t');
  const auto claimed = claims();
  for (auto _ : state) DoNotOptimize(token::mint(claimed, key));
}

void token_check(State& state) {
  const auto key = key_of('t');
  const auto text = token::mint(claims(), key);
  for (auto _ : state) DoNotOptimize(token::signed_by(token::parse(text), key.public_key()));
}

void policy_evaluate(State& state) {
  const auto policy = synthetic(state.range(0));
  const auto set = set_of(policy);
  const auto request = request_of(policy.question);
  const auto in_force = policy::files_in_force(set.policies.graph(), noon);
  const cel::Bindings bindings;
  const policy::Query query{request.actor, request.action, {}, request.data_classes, bindings};
  for (auto _ : state) {
    const auto ruling = policy::evaluate(set.policies.graph(), in_force, query, {});
    if (ruling.findings.empty()) state.SkipWithError("nothing matched");
    DoNotOptimize(ruling.bare);
  }
}

void decision_judge(State& state) {
  const auto policy = synthetic(state.range(0));
  const auto set = set_of(policy);
  const auto request = request_of(policy.question);
  for (auto _ : state) DoNotOptimize(decision::judge(request, &set, {}, noon));
}

constexpr const char* three_clauses =
    R"(context.purpose == "support_ticket" && context.amount < 5000 && !has(risk.score))";

/// Every relation has a condition, which the matched one evaluates.
void conditional_judge(State& state) {
  const auto policy = synthetic(state.range(0), three_clauses);
  const auto set = set_of(policy);
  auto document = request_of(policy.question).canonical;
  document["context"] = {{"amount", 1200}, {"note", "urgent"}, {"purpose", "support_ticket"}};
  const auto request = decision::parse_request(document);
  for (auto _ : state) {
    const auto verdict = decision::judge(request, &set, {}, noon);
    if (verdict.outcome != policy::Outcome::approved) state.SkipWithError("not approved");
    DoNotOptimize(verdict.matched_count);
  }
}

void set_load(State& state) {
  const auto policy = synthetic(state.range(0));
  for (auto _ : state) DoNotOptimize(set_of(policy).policy_hash);
}

void conditional_set_load(State& state) {
  const auto policy = synthetic(state.range(0), three_clauses);
  for (auto _ : state) DoNotOptimize(set_of(policy).policy_hash);
}

void set_from_cache(State& state) {
  const auto packed = decision::pack_set(set_of(synthetic(state.range(0))));
  for (auto _ : state) DoNotOptimize(decision::unpack_set(packed).policy_hash);
}

void conditional_set_from_cache(State& state) {
  const auto packed = decision::pack_set(set_of(synthetic(state.range(0), three_clauses)));
  for (auto _ : state) DoNotOptimize(decision::unpack_set(packed).policy_hash);
}

cel::Program three_clauses_program() {
  return std::get<cel::Program>(
      cel::compile(three_clauses, cel::condition_names(), cel::Mode::strict));
}

void cel_compile(State& state) {
  for (auto _ : state) DoNotOptimize(three_clauses_program().steps.size());
}

/// With the bindings of a request, as once a decision.
void cel_evaluate(State& state) {
  const auto program = three_clauses_program();
  const auto names = cel::condition_names();
  const Json request = {
      {"context", {{"amount", 1200}, {"note", "urgent"}, {"purpose", "support_ticket"}}}};
  cel::Arena arena;
  for (auto _ : state) {
    const auto bindings = cel::bind_request(request, noon);
    const auto outcome = cel::evaluate(program, names, bindings.slots(), arena);
    if (!outcome.value.is(cel::Kind::boolean)) state.SkipWithError("no answer");
    DoNotOptimize(outcome.cost);
    arena.reset();
  }
}

BENCHMARK(sha256_of_600_bytes);
BENCHMARK(ed25519_sign);
BENCHMARK(ed25519_verify);
BENCHMARK(checkpoint_open);
BENCHMARK(entry_canonical_check);
BENCHMARK(entry_scan);
BENCHMARK(entry_parse);
BENCHMARK(merkle_append);
BENCHMARK(token_mint);
BENCHMARK(token_check);
BENCHMARK(cel_compile);
BENCHMARK(cel_evaluate);
BENCHMARK(policy_evaluate)->RangeMultiplier(10)->Range(10, 10'000);
BENCHMARK(decision_judge)->RangeMultiplier(10)->Range(10, 10'000);
BENCHMARK(conditional_judge)->RangeMultiplier(10)->Range(10, 10'000);
BENCHMARK(set_load)->RangeMultiplier(10)->Range(10, 10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(set_from_cache)->RangeMultiplier(10)->Range(10, 10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(conditional_set_load)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(conditional_set_from_cache)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
