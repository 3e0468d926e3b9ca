#include "audit/verify.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <iostream>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "unit/audit/golden.hpp"

namespace lexecon {
namespace {

using findings::CheckStatus;
using findings::Verdict;
using test::Files;
using test::Golden;
using test::Maker;
using test::said;

/// Made once: nothing changes it.
Golden& golden() {
  static Golden made;
  return made;
}

const findings::CheckResult& check(const audit::PackageVerification& found,
                                   const std::string& name) {
  for (const auto& each : found.log.checks) {
    if (each.name == name) return each;
  }
  FAIL("there is no check " << name);
  return found.log.checks.front();
}

std::string after(const std::function<void(Maker&)>& lie) {
  auto maker = golden().maker();
  lie(maker);
  return said(golden().verify(maker.make()));
}

bool is_invalid_for(const std::string& found, const std::string& name) {
  return found.starts_with("invalid ") && (found + " ").find(" " + name + " ") != std::string::npos;
}

using Visit = std::function<void(const std::string& what, const Files& files)>;

/// Everything done to one file as a whole.
void mutate_file(const Files& files, const std::string& name, const Visit& visit) {
  const auto& bytes = files.at(name);
  const auto with = [&](const std::string& what, const std::string& changed) {
    auto made = files;
    made[name] = changed;
    if (changed != bytes) visit(what + " " + name, made);
  };
  auto made = files;
  made.erase(name);
  visit("without " + name, made);
  made = files;
  made[name + "x"] = bytes;
  visit("beside " + name, made);
  with("longer", bytes + "\n");
  with("twice", bytes + bytes);
  with("half of", bytes.substr(0, bytes.size() / 2));
  with("cut", bytes.substr(0, bytes.size() - std::min<std::size_t>(bytes.size(), 1)));
  with("empty", "");
  for (const auto& [other, content] : files) {
    if (other <= name || content == bytes) continue;
    made = files;
    std::swap(made.at(name), made.at(other));
    visit("swapped with " + other + " " + name, made);
  }
}

/// What a stranger may do to a package on its way; each must be found. Of the bytes one in `stride`, which ones
/// the seed says.
void each_mutation(const Files& files, std::size_t stride, const Visit& visit) {
  std::size_t count = stride - test::first_seed() % stride;
  for (const auto& [name, bytes] : files) {
    if (stride == 1 || count / stride % 3 == 0) mutate_file(files, name, visit);
    for (std::size_t at = (stride - count % stride) % stride; at < bytes.size(); at += stride) {
      auto made = files;
      made[name][at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
      visit("byte " + std::to_string(at) + " of " + name, made);
    }
    count += bytes.size();
  }
}

}  // namespace

TEST_SUITE("audit/verify") {
  TEST_CASE("an honest package is valid under its key, and every decision is judged again") {
    const auto found = golden().verify(golden().files);
    CHECK(said(found) == "valid");
    const auto& contents = found.manifest.value().contents;
    CHECK(found.log.redecided->decisions == contents.decisions);
    CHECK(found.log.redecided->judged + found.log.redecided->erased == contents.decisions);
    CHECK(found.log.redecided->erased == 1);
    CHECK(contents.erased == 1);
    CHECK(contents.evidence == 1);
    for (const auto* const name : {"container", "signatures", "digests", "entries", "genesis",
                                   "leaves", "checkpoints", "key", "pins", "sealed", "redecide",
                                   "approvals", "evidence", "files", "manifest", "counts"}) {
      CAPTURE(name);
      CHECK(check(found, name).status == CheckStatus::pass);
      CHECK(check(found, name).items > 0);
    }
    CHECK(said(golden().verify(golden().maker().make())) == "valid");
  }

  TEST_CASE("without a pin it is undecidable, under another key it is invalid") {
    auto options = golden().options();
    const test::MemoryContainer container(golden().files);
    options.verify.pins.clear();
    CHECK(said(audit::verify_container(container, options)) == "undecidable key_not_pinned");
    auto entropy = test::seeded_entropy(7);
    options.verify.pins.push_back(
        {.name = {}, .key = crypto::SecretKey::generate(entropy).public_key()});
    CHECK(is_invalid_for(said(audit::verify_container(container, options)), "pins"));
    CHECK(said(golden().verify({})) == "undecidable nothing_to_check");
  }

  TEST_CASE("a checkpoint kept elsewhere proves that nothing before it is missing") {
    auto options = golden().options();
    options.verify.older_notes.push_back(golden().older_note);
    const auto found = audit::verify_container(test::MemoryContainer(golden().files), options);
    CHECK(said(found) == "valid");
    CHECK(found.log.complete);
    // One that the log signed after this package was made saw more entries than it has.
    options.verify.older_notes.push_back(golden().last_note());
    const auto cut = audit::verify_container(test::MemoryContainer(golden().files), options);
    CHECK(is_invalid_for(said(cut), "older_notes"));
  }

  TEST_CASE("content that is withheld cannot be judged again, and the report says so") {
    auto maker = golden().maker();
    for (auto& row : maker.rows) row.sealed.reset();
    std::erase_if(maker.others,
                  [](const auto& each) { return each.first.starts_with("data/evidence/"); });
    const auto found = golden().verify(maker.make());
    CHECK(said(found) == "valid");
    CHECK(check(found, "redecide").status == CheckStatus::not_run);
    CHECK(check(found, "redecide").detail == "withheld");
    CHECK(check(found, "sealed").detail == "withheld");
    CHECK(found.log.redecided->judged == 0);
    CHECK(found.log.redecided->decisions == found.manifest->contents.decisions);
    auto options = golden().options();
    options.require_redecide = true;
    CHECK(said(audit::verify_container(test::MemoryContainer(maker.make()), options)) ==
          "undecidable not_redecided");
    CHECK(said(audit::verify_container(test::MemoryContainer(golden().files), options)) == "valid");
  }

  TEST_CASE("entries that are withheld leave their leaves, and the report counts them") {
    auto maker = golden().maker();
    // Nothing follows a decision that was denied.
    const auto is_denied = [](const Maker::Row& row) {
      const auto entry = json::parse(*row.entry);
      return entry.at("event_type") == "decision" && entry.at("data").at("outcome") == "denied";
    };
    const auto row = std::find_if(maker.rows.begin(), maker.rows.end(), is_denied);
    const auto seq = static_cast<std::size_t>(row - maker.rows.begin());
    maker.withhold(seq);
    maker.withhold(maker.find("sealed.erased") - 1);
    const auto found = golden().verify(maker.make());
    CHECK(said(found) == "valid");
    CHECK(found.manifest->contents.withheld_entries == 2);
    CHECK_FALSE(package::is_whole(*found.manifest));
    CHECK(check(found, "redecide").items > 0);
    // A leaf that is another one changes the root.
    maker.rows[seq].leaf = crypto::sha256("another entry");
    auto options = golden().options();
    options.verify.older_notes.push_back(golden().older_note);
    const test::MemoryContainer forked(maker.make());
    CHECK(is_invalid_for(said(audit::verify_container(forked, options)), "older_notes"));
  }

  TEST_CASE("no change of a byte, and no file cut, longer, gone, added or swapped, is valid") {
    const std::size_t stride = test::rounds() > 1 ? 1 : 211;
    std::size_t count = 0;
    each_mutation(golden().files, stride, [&](const std::string& what, const Files& files) {
      ++count;
      const auto found = golden().verify(files);
      if (found.log.verdict == Verdict::invalid) return;
      CAPTURE(what);
      CHECK(said(found) == "invalid");
    });
    std::cout << "mutations of a package: " << count << ", 0 valid, seed " << test::first_seed()
              << "\n";
    CHECK(count > 100);
  }

  TEST_CASE("whoever has the key and lies is found where he lied") {
    const std::string made_up(64, 'a');
    SUBCASE("an outcome edited and everything signed again") {
      const auto found = after([](Maker& maker) {
        maker.change(maker.find("decision"), [](Json& entry) {
          auto& data = entry["data"];
          data["outcome"] = "denied";
          data["reason_code"] = "forbidden";
          data["reasons"] = {"forbidden"};
          data["token"] = nullptr;
        });
      });
      CHECK(is_invalid_for(found, "redecide"));
    }
    SUBCASE("a request edited and sealed again") {
      const auto found = after([](Maker& maker) {
        auto seq = maker.find("decision");
        maker.change_sealed(seq, [](Json& request) { request["intent"] = "something else"; });
        maker.change_sealed(seq, [](Json& request) { request["action"] = "action:db:drop"; });
      });
      CHECK(is_invalid_for(found, "sealed"));
    }
    SUBCASE("facts that were not so") {
      const auto found = after([](Maker& maker) {
        maker.change(maker.find("decision"),
                     [](Json& entry) { entry["data"]["facts"]["guard"] = "emergency_stop"; });
      });
      CHECK(found.starts_with("invalid "));
    }
    SUBCASE("policy, risk model or threshold swapped") {
      const auto found = after([](Maker& maker) {
        const auto files = maker.entry(maker.find("policy.activated")).at("data").at("files");
        for (const auto& file : files) {
          auto& bytes =
              maker.others.at("data/policies/" + file.at("sha256").get<std::string>() + ".yaml");
          bytes += "# another\n";
        }
      });
      CHECK(is_invalid_for(found, "policy_files"));
    }
    SUBCASE("a set swapped with its hash") {
      const auto found = after([](Maker& maker) {
        const auto seq = maker.find("policy.activated");
        maker.change(seq, [&](Json& entry) {
          for (auto& file : entry["data"]["files"]) {
            const auto old = file.at("sha256").get<std::string>();
            auto bytes = maker.others.at("data/policies/" + old + ".yaml") + "# another\n";
            maker.others.erase("data/policies/" + old + ".yaml");
            const auto sha256 = crypto::sha256(bytes).hex();
            maker.others["data/policies/" + sha256 + ".yaml"] = bytes;
            file["sha256"] = sha256;
          }
        });
      });
      CHECK(is_invalid_for(found, "policy_sets"));
    }
    SUBCASE("a signature of a person moved to another act") {
      const auto found = after([](Maker& maker) {
        maker.change(maker.find("override.created"),
                     [](Json& entry) { entry["data"]["new_outcome"] = "denied"; });
      });
      CHECK(is_invalid_for(found, "approvals"));
    }
    SUBCASE("backdating") {
      const auto found = after([](Maker& maker) {
        maker.change(maker.rows.size() - 1,
                     [](Json& entry) { entry["timestamp"] = "2001-01-01T00:00:00.000000Z"; });
      });
      CHECK(is_invalid_for(found, "times"));
    }
    SUBCASE("a token used that was never issued") {
      const auto found = after([&](Maker& maker) {
        auto row = maker.rows.back();
        row.sealed.reset();
        maker.rows.push_back(row);
        maker.change(maker.rows.size() - 1, [&](Json& entry) {
          entry["event_type"] = "token.used";
          entry["sealed_hash"] = nullptr;
          entry["data"] = {
              {"jti", "tok_" + std::string(32, '0')}, {"token_hash", made_up}, {"use", 1}};
        });
        maker.relink(maker.rows.size() - 1);
      });
      CHECK(is_invalid_for(found, "state"));
    }
    SUBCASE("a token replayed") {
      const auto use = [](Maker& maker, int number) {
        const auto is_approved = [](const Maker::Row& row) {
          const auto entry = json::parse(*row.entry);
          return entry.at("event_type") == "decision" && !entry.at("data").at("token").is_null();
        };
        const auto issued = std::find_if(maker.rows.begin(), maker.rows.end(), is_approved);
        const auto token = json::parse(*issued->entry).at("data").at("token");
        auto row = maker.rows.back();
        row.sealed.reset();
        maker.rows.push_back(row);
        maker.change(maker.rows.size() - 1, [&](Json& entry) {
          entry["event_type"] = "token.used";
          entry["sealed_hash"] = nullptr;
          entry["data"] = {
              {"jti", token.at("jti")}, {"token_hash", token.at("token_hash")}, {"use", number}};
        });
        maker.relink(maker.rows.size() - 1);
      };
      CHECK(after([&](Maker& maker) { use(maker, 1); }) == "valid");
      CHECK(is_invalid_for(after([&](Maker& maker) {
                             use(maker, 1);
                             use(maker, 1);
                           }),
                           "state"));
      CHECK(is_invalid_for(after([&](Maker& maker) {
                             use(maker, 1);
                             use(maker, 2);
                           }),
                           "state"));
    }
    SUBCASE("an erasure that nobody signed") {
      const auto found =
          after([](Maker& maker) { maker.rows[maker.find("decision")].sealed.reset(); });
      CHECK(is_invalid_for(found, "sealed"));
    }
    SUBCASE("an entry taken out, and the chain closed behind it") {
      const auto found = after([](Maker& maker) {
        maker.rows.erase(maker.rows.begin() +
                         static_cast<std::ptrdiff_t>(maker.find("escalation.created")));
        maker.relink(0);
      });
      CHECK(found.starts_with("invalid "));
    }
    SUBCASE("evidence exchanged") {
      const auto found = after([](Maker& maker) {
        for (auto& [name, bytes] : maker.others) {
          if (name.starts_with("data/evidence/")) bytes = "another picture";
        }
      });
      CHECK(is_invalid_for(found, "evidence"));
    }
    SUBCASE("evidence left out") {
      const auto found = after([](Maker& maker) {
        std::erase_if(maker.others,
                      [](const auto& each) { return each.first.starts_with("data/evidence/"); });
      });
      CHECK(is_invalid_for(found, "evidence"));
    }
    SUBCASE("a file that nothing asks for") {
      const auto found = after([](Maker& maker) { maker.others["data/evidence/more"] = "x"; });
      CHECK(is_invalid_for(found, "files"));
    }
    SUBCASE("sealed content disclosed in part") {
      const auto found =
          after([](Maker& maker) { maker.rows[maker.find("evidence.added")].sealed.reset(); });
      CHECK(is_invalid_for(found, "sealed"));
    }
  }

  TEST_CASE("who has not the key cannot cut, splice, show another history or sign in its name") {
    auto entropy = test::seeded_entropy(11);
    const auto other = crypto::SecretKey::generate(entropy);
    SUBCASE("the embedded key exchanged, and everything signed with it") {
      auto maker = golden().maker();
      maker.key = crypto::SecretKey::from_seed(other.seed());
      CHECK(golden().verify(maker.make()).log.verdict == Verdict::invalid);
    }
    SUBCASE("the genesis and the key exchanged: another log, whose key nobody pinned") {
      auto maker = golden().maker();
      maker.key = crypto::SecretKey::from_seed(other.seed());
      maker.change(0, [&](Json& entry) {
        entry["data"]["ledger_vkey"] = crypto::vkey({maker.origin, other.public_key()});
      });
      CHECK(golden().verify(maker.make()).log.verdict == Verdict::invalid);
    }
    SUBCASE("the tail cut, without the key") {
      auto maker = golden().maker();
      maker.rows.pop_back();
      maker.key = crypto::SecretKey::from_seed(other.seed());
      CHECK(golden().verify(maker.make()).log.verdict == Verdict::invalid);
    }
    SUBCASE("the tail cut with the key: only a checkpoint kept elsewhere knows") {
      auto maker = golden().maker();
      const auto note = chain::sign_checkpoint(
          chain::parse_checkpoint(chain::parse_note(golden().files.at("data/ledger/checkpoint"))),
          maker.key);
      maker.rows.resize(maker.find("sealed.erased"));
      // Without its erasure the content has to be there again.
      const auto cut = golden().verify(maker.make());
      CHECK(is_invalid_for(said(cut), "sealed"));
      for (auto& row : maker.rows) row.sealed.reset();
      std::erase_if(maker.others,
                    [](const auto& each) { return each.first.starts_with("data/evidence/"); });
      auto options = golden().options();
      const test::MemoryContainer withheld(maker.make());
      CHECK(said(audit::verify_container(withheld, options)) == "valid");
      CHECK_FALSE(audit::verify_container(withheld, options).log.complete);
      options.verify.older_notes.push_back(note);
      CHECK(is_invalid_for(said(audit::verify_container(withheld, options)), "older_notes"));
    }
    SUBCASE("a split view: another entry under the same size, and both signed") {
      auto maker = golden().maker();
      maker.change(maker.rows.size() - 1,
                   [](Json& entry) { entry["salt"] = std::string(32, '0'); });
      auto options = golden().options();
      const test::MemoryContainer fork(maker.make());
      options.verify.older_notes.push_back(golden().files.at("data/ledger/checkpoint"));
      const auto found = audit::verify_container(fork, options);
      CHECK(is_invalid_for(said(found), "older_notes"));
      CHECK(found.log.conflicts.size() == 1);
    }
    SUBCASE("spliced: entries of another log") {
      const auto found = after([](Maker& maker) {
        maker.change(2, [](Json& entry) { entry["origin"] = "example.org/other"; });
      });
      CHECK(is_invalid_for(found, "origin"));
    }
  }

  // Mutation of the verifier: a check that is lost or weakened turns this red. Those of any log have their
  // own in ledger/verify_mutation.
  TEST_CASE("each check of a package finds what no other one finds") {
    using Lie = std::function<void(Maker&)>;
    const auto files = [](const std::function<void(Files&)>& lie) -> Lie {
      return [lie](Maker& maker) { maker.of_files = lie; };
    };
    const auto change = [](std::string& text) { text.back() = text.back() == 'x' ? 'y' : 'x'; };
    const std::map<std::string, Lie> lies{
        {"container",
         [](Maker& maker) {
           maker.unsigned_lie = [](Files& all) {
             all["fetch.txt"] = "http://example.org 1 data/x\n";
           };
         }},
        {"signatures",
         [](Maker& maker) {
           maker.unsigned_lie = [](Files& all) {
             all["tagmanifest-sha256.txt.sig"] = std::string(64, '\0');
           };
         }},
        {"digests",
         [](Maker& maker) {
           maker.of_lines = [](Files& all) { all["manifest-sha256.txt"][0] ^= 1; };
         }},
        {"counts", files([](Files& all) { all["data/ledger/entries.jsonl"].pop_back(); })},
        {"leaves", files([](Files& all) {
           auto& digit = all["data/ledger/leaves.txt"][0];
           digit = digit == '0' ? '1' : '0';
         })},
        {"scope", [](Maker& maker) { maker.filter.scope = package::Scope::overrides; }},
        {"sections", files([&](Files& all) { change(all["data/decisions/decisions.jsonl"]); })},
        {"key", files([&](Files& all) { change(all["data/keys/allowed_signers"]); })},
        {"evidence", files([](Files& all) {
           for (auto& [name, bytes] : all) {
             if (name.starts_with("data/evidence/")) bytes = "a scribble";
           }
         })},
        {"files", files([](Files& all) { all["data/more"] = "x"; })},
        {"manifest", [](Maker& maker) {
           maker.of_manifest = [](package::Manifest& manifest) { ++manifest.contents.decisions; };
         }}};
    auto names = audit::package_check_names();
    const auto of_log = ledger::check_names();
    std::erase_if(names, [&](const std::string& name) {
      return name != "key" && std::find(of_log.begin(), of_log.end(), name) != of_log.end();
    });
    CHECK(names.size() == lies.size());
    for (const auto& name : names) {
      CAPTURE(name);
      auto maker = golden().maker();
      lies.at(name)(maker);
      const test::MemoryContainer container(maker.make());
      auto options = golden().options();
      CHECK(said(audit::verify_container(container, options)) == "invalid " + name);
      options.verify.skip.push_back(name);
      const auto skipping = [&options](const Files& package) {
        return audit::verify_container(test::MemoryContainer(package), options).log.verdict;
      };
      // Without these two an honest package has a manifest, and files, that others cannot explain.
      const bool others_rest_on_it = name == "counts" || name == "sections";
      CHECK((skipping(golden().files) == Verdict::valid) != others_rest_on_it);
      CHECK((skipping(maker.make()) != Verdict::invalid) != others_rest_on_it);
    }
  }
}

}  // namespace lexecon
