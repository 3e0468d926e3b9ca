#include "token/token.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "support/vectors.hpp"
#include "token/claims.hpp"

using namespace lexecon;
using test::text;
using test::unhex;

namespace {

Json tokens() { return test::load_json(test::data_file("token/tokens.json")); }

crypto::SecretKey test_key() {
  return crypto::SecretKey::from_seed(
      unhex(test::load_json(test::data_file("keys/keys.json")).at("seed")));
}

std::optional<token::Token> read(const std::string& candidate) {
  try {
    return token::parse(candidate);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<token::Token> read_paseto(const std::string& candidate) {
  try {
    return token::from_paseto(candidate);
  } catch (const Error&) {
    return std::nullopt;
  }
}

Timestamp time(const char* at) { return token_time(at).value(); }

token::Claims some_claims() {
  return token::parse(text(tokens().at("tokens").at(0).at("token"))).claims;
}

token::Claims random_claims(test::Random& random, const std::string& kid) {
  const std::string hex = "0123456789abcdef";
  const std::string letters = "abcdefghijklmnopqrstuvwxyz";
  const auto maybe = [&](const std::string& value) {
    return random.chance(50) ? std::optional(value) : std::nullopt;
  };
  token::Claims out;
  out.issuer = "log/" + random.text(8, letters);
  out.subject = "actor:" + random.text(10, letters);
  out.audience = random.text(static_cast<std::size_t>(random.between(1, 255)), "aZ~!/\"\\_-");
  out.kid = kid;
  out.jti = "tok_" + random.text(32, hex);
  out.issued_at.micros = random.between(0, 4'000'000'000) * 1'000'000;
  out.expires_at.micros = out.issued_at.micros + random.between(1, 86'400) * 1'000'000;
  out.action = "action:" + random.text(5, letters) + ":" + random.text(5, letters);
  out.tool = maybe(random.text(12, letters + "._:@/+-"));
  out.resource = maybe("resource:" + random.text(4, letters) + ":" + random.text(9, letters));
  for (std::int64_t i = random.between(0, 5); i > 0; --i) {
    out.data_classes.push_back("data:" + std::to_string(9 - i) + random.text(3, letters));
  }
  out.policy_hash = random.text(64, hex);
  out.decision_id = "dec_0" + random.text(25, "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
  out.uses = random.between(1, token::max_uses);
  out.params_hash = maybe(random.text(64, hex));
  out.tenant = maybe(random.text(6, letters));
  return out;
}

struct Paseto {
  std::string message;
  std::string signature;
  std::string footer;
};

/// v4.public.<message || signature>[.<footer>], as any reader of PASETO takes it apart.
std::optional<Paseto> take_apart(const std::string& token) {
  constexpr std::string_view header = "v4.public.";
  if (!token.starts_with(header)) return std::nullopt;
  const std::string_view rest = std::string_view(token).substr(header.size());
  const std::size_t dot = rest.find('.');
  const auto body = from_base64url(rest.substr(0, dot));
  const auto footer = dot == std::string_view::npos ? std::optional<std::string>("")
                                                    : from_base64url(rest.substr(dot + 1));
  if (!body || !footer || body->size() < 64) return std::nullopt;
  return Paseto{body->substr(0, body->size() - 64), body->substr(body->size() - 64), *footer};
}

}  // namespace

TEST_SUITE("token/token") {
  TEST_CASE("paseto's public vectors: sign and verify through the pre-authentication encoding") {
    const auto path = test::public_vectors("paseto-v4/v4.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    int signed_count = 0;
    int refused = 0;
    for (const Json& item : file.at("tests")) {
      const std::string name = text(item.at("name"));
      const std::string token = text(item.at("token"));
      CAPTURE(name);
      if (name.starts_with("4-S-")) {
        const auto key = crypto::SecretKey::from_seed(unhex(item.at("secret-key-seed")));
        const std::string payload = text(item.at("payload"));
        const std::string footer = text(item.at("footer"));
        const std::string pae =
            token::pre_authentication(payload, footer, text(item.at("implicit-assertion")));
        std::string made = "v4.public." + to_base64url(payload + key.sign(pae));
        if (!footer.empty()) made += "." + to_base64url(footer);
        CHECK(made == token);
        const auto parts = take_apart(token);
        REQUIRE(parts);
        CHECK(parts->message == payload);
        CHECK(parts->footer == footer);
        CHECK(crypto::verify(key.public_key(), pae, parts->signature));
        CHECK_FALSE(crypto::verify(key.public_key(),
                                   token::pre_authentication(payload, footer, "another"),
                                   parts->signature));
        // Genuine, but none of our claims.
        CHECK_FALSE(read_paseto(token));
        ++signed_count;
      }
      if (name.starts_with("4-F-")) {
        CHECK_FALSE(read_paseto(token));
        if (item.contains("public-key")) {
          const auto key = crypto::public_key(unhex(item.at("public-key")));
          const auto parts = take_apart(token);
          CHECK_FALSE((parts && crypto::verify(
                                    key,
                                    token::pre_authentication(parts->message, parts->footer,
                                                              text(item.at("implicit-assertion"))),
                                    parts->signature)));
        }
        ++refused;
      }
    }
    CHECK(signed_count > 0);
    CHECK(refused > 0);
    std::cout << "paseto-v4: " << signed_count << " 4-S, " << refused << " 4-F\n";
  }

  TEST_CASE("our own vectors: tokens are minted, read and converted byte for byte") {
    const Json file = tokens();
    const auto key = test_key();
    for (const Json& item : file.at("tokens")) {
      const std::string good = text(item.at("token"));
      const auto token = token::parse(good);
      CHECK(token.message == text(item.at("message")));
      CHECK(token::mint(token.claims, key) == good);
      CHECK(token::to_text(token) == good);
      CHECK(token::signed_by(token, key.public_key()));
      CHECK(token::token_hash(good) == test::hash(item.at("token_hash")));
      CHECK(token::to_paseto(token) == text(item.at("paseto")));
      const auto converted = token::from_paseto(text(item.at("paseto")));
      CHECK(token::to_text(converted) == good);
      CHECK(converted.claims == token.claims);
    }
    std::cout << "tokens: " << file.at("tokens").size() << " read, " << file.at("refused").size()
              << " refused\n";
  }

  TEST_CASE("our own vectors: a token that the minter would not have written is refused") {
    const Json file = tokens();
    for (const Json& item : file.at("refused")) {
      CAPTURE(text(item.at("why")));
      CHECK_FALSE(read(text(item.at("token"))));
    }
  }

  TEST_CASE("what is minted checks, under its own key alone") {
    auto entropy = test::seeded_entropy(51);
    const auto key = crypto::SecretKey::generate(entropy);
    const auto other = crypto::SecretKey::generate(entropy);
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      CAPTURE(seed);
      test::Random random(seed);
      const auto claims = random_claims(random, key.public_key().kid());
      const std::string text = token::mint(claims, key);
      const auto token = token::parse(text);
      CHECK(token.claims == claims);
      CHECK(token::signed_by(token, key.public_key()));
      CHECK_FALSE(token::signed_by(token, other.public_key()));
      CHECK(token::to_text(token::from_paseto(token::to_paseto(token))) == text);
      CHECK(token::mint(claims, key) == text);
      CHECK_THROWS_AS(static_cast<void>(token::mint(claims, other)), Error);
    }
  }

  TEST_CASE("no bit of a token can be changed") {
    const auto key = test_key().public_key();
    const Json file = tokens();
    for (const Json& item : file.at("tokens")) {
      for (const char* form : {"token", "paseto"}) {
        const std::string good = text(item.at(form));
        for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
          std::string other = good;
          other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
          const auto token = std::string_view(form) == "token" ? read(other) : read_paseto(other);
          REQUIRE_FALSE((token && token::signed_by(*token, key)));
        }
      }
    }
  }

  TEST_CASE("a token has one text") {
    const std::string good = text(tokens().at("tokens").at(0).at("token"));
    const std::string paseto = text(tokens().at("tokens").at(0).at("paseto"));
    for (std::size_t length = 0; length < good.size(); ++length) {
      REQUIRE_FALSE(read(good.substr(0, length)));
    }
    for (const std::string& bad : {good + "=", good + "\n", " " + good, good + "A", "CAP" + good,
                                   "cap_" + good, paseto, std::string(4097, 'a')}) {
      CHECK_FALSE(read(bad));
    }
    for (const std::string& bad :
         {paseto + ".", paseto + ".Zm9v", paseto + "=", good, "v3.public." + paseto.substr(10),
          std::string("v4.public."), "v4.public." + std::string(86, 'A')}) {
      CHECK_FALSE(read_paseto(bad));
    }
  }

  TEST_CASE("a claim of the wrong shape is never minted") {
    const auto key = test_key();
    REQUIRE_NOTHROW(static_cast<void>(token::mint(some_claims(), key)));
    const auto minted = [&](auto change) {
      auto claims = some_claims();
      change(claims);
      try {
        static_cast<void>(token::mint(claims, key));
        return true;
      } catch (const Error&) {
        return false;
      }
    };
    using token::Claims;
    CHECK_FALSE(minted([](Claims& c) { c.issuer = "A"; }));
    CHECK_FALSE(minted([](Claims& c) { c.subject = "support"; }));
    CHECK_FALSE(minted([](Claims& c) { c.audience = ""; }));
    CHECK_FALSE(minted([](Claims& c) { c.jti = "tok_1"; }));
    CHECK_FALSE(minted([](Claims& c) { c.issued_at.micros += 1; }));
    CHECK_FALSE(minted([](Claims& c) { c.expires_at.micros += 1; }));
    CHECK_FALSE(minted([](Claims& c) { c.expires_at = c.issued_at; }));
    CHECK_FALSE(minted([](Claims& c) { c.expires_at = time("2026-03-02T10:00:01Z"); }));
    CHECK(minted([](Claims& c) { c.expires_at = time("2026-03-02T10:00:00Z"); }));
    CHECK_FALSE(minted([](Claims& c) { c.issued_at.micros = -1'000'000; }));
    CHECK_FALSE(minted([](Claims& c) { c.action = "action:*"; }));
    CHECK_FALSE(minted([](Claims& c) { c.tool = ""; }));
    CHECK_FALSE(minted([](Claims& c) { c.resource = "resource:a/../b"; }));
    CHECK_FALSE(minted([](Claims& c) { c.data_classes = {"data:b", "data:a"}; }));
    CHECK_FALSE(minted([](Claims& c) { c.policy_hash = ""; }));
    CHECK_FALSE(minted([](Claims& c) { c.decision_id = "dec_1"; }));
    CHECK_FALSE(minted([](Claims& c) { c.uses = 0; }));
    CHECK_FALSE(minted([](Claims& c) { c.uses = 1'000'001; }));
    CHECK_FALSE(minted([](Claims& c) { c.params_hash = "x"; }));
    CHECK_FALSE(minted([](Claims& c) { c.tenant = "a b"; }));
    CHECK_FALSE(minted([](Claims& c) {
      c.data_classes.clear();
      for (char i = 'a'; i < 'a' + 20; ++i) {
        c.data_classes.push_back("data:" + std::string(200, i));
      }
    }));
  }

  TEST_CASE("the text is as long as 4,096 bytes and no longer") {
    const auto key = test_key();
    auto claims = some_claims();
    claims.data_classes.clear();
    for (char i = 'a'; i < 'a' + 9; ++i) {
      claims.data_classes.push_back("data:" + std::string(245, i));
    }
    std::size_t longest = 0;
    for (std::size_t length = 1; length <= 255; ++length) {
      claims.audience = std::string(length, 'x');
      try {
        const std::string text = token::mint(claims, key);
        longest = std::max(longest, text.size());
        CHECK(token::to_text(token::from_paseto(token::to_paseto(token::parse(text)))) == text);
      } catch (const Error&) {
        break;
      }
    }
    CHECK(longest <= token::max_token_bytes);
    CHECK(longest > token::max_token_bytes - 4);
  }
}
