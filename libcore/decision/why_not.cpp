#include "decision/why_not.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace lexecon::decision {
namespace {

constexpr std::uint64_t max_judged = 10'000;
constexpr std::size_t max_candidates = 1'000;  // of which pairs are made

/// Nothing when what comes out is no request.
std::optional<Request> changed(const Request& request, const std::vector<Candidate>& fields) {
  auto document = request.canonical;
  for (const auto& field : fields) {
    if (field.field.starts_with("/context/") && !document.contains("context")) {
      document["context"] = Json::object();  // a key of digits would make a list of it
    }
    document[Json::json_pointer(field.field)] = field.value;
  }
  try {
    return parse_request(document);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return std::nullopt;
  }
}

class Search {
 public:
  Search(const Request& request, const ActiveSet& set, const Facts& facts, Timestamp at)
      : request_(request), set_(set), facts_(facts), at_(at) {}

  WhyNot run() {
    const auto all = candidates(request_, set_, at_);
    for (const auto& each : all) {
      if (ends_with({each})) return std::move(out_);
    }
    for (const auto& [length, one, other] : pairs_of(all)) {
      if (ends_with({all[one], all[other]})) return std::move(out_);
    }
    return std::move(out_);
  }

 private:
  struct Pair {
    std::size_t length;
    std::size_t one;
    std::size_t other;
    auto operator<=>(const Pair&) const = default;
  };

  std::vector<Pair> pairs_of(const std::vector<Candidate>& all) {
    std::vector<Pair> out;
    const auto count = std::min(all.size(), max_candidates);
    if (count < all.size()) out_.complete = false;
    for (std::size_t one = 0; one < count; ++one) {
      for (std::size_t other = one + 1; other < count; ++other) {
        if (all[one].field == all[other].field) continue;
        out.push_back({all[one].length + all[other].length, one, other});
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  /// Judges one change: whether it is the answer, or nothing may be judged any more.
  bool ends_with(const std::vector<Candidate>& fields) {
    const auto request = changed(request_, fields);
    if (!request) return false;
    if (out_.judged == max_judged) {
      out_.complete = false;
      return true;
    }
    ++out_.judged;
    const auto verdict = judge(*request, &set_, facts_, at_);
    if (verdict.outcome != policy::Outcome::approved) return false;
    out_.change = Change{fields, verdict.reason};
    return true;
  }

  const Request& request_;
  const ActiveSet& set_;
  const Facts& facts_;
  Timestamp at_;
  WhyNot out_;
};

}  // namespace

WhyNot why_not(const Request& request, const ActiveSet& set, const Facts& facts, Timestamp at) {
  return Search(request, set, facts, at).run();
}

}  // namespace lexecon::decision
