#include "agent/names.hpp"

#include <doctest/doctest.h>

#include <set>

#include "base/error.hpp"
#include "policy/term.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("agent/names");

namespace lexecon::agent {
namespace {

bool is_refused(const std::string& url) {
  try {
    static_cast<void>(host_resource(url));
  } catch (const Error& error) {
    return error.code() == ErrorCode::bad_input;
  }
  return false;
}

TEST_CASE("a file has one name, inside the top or outside") {
  struct Row {
    const char* path;
    const char* id;
  };
  for (const auto& row : {
           Row{"/w/app", "resource:file:%2F"},
           Row{"/w/app/src/main.cpp", "resource:file:src/main.cpp"},
           Row{"/w/app/.git/config", "resource:file:.git/config"},
           Row{"/w/app/a b%c:d\ne", "resource:file:a%20b%25c%3Ad%0Ae"},
           Row{"/w/app/\xC3\xA9", "resource:file:%C3%A9"},
           Row{"/w/app/\xFF", "resource:file:%FF"},
           Row{"/w/app/...", "resource:file:..."},
           Row{"/w/app2/x", "resource:file_abs:w/app2/x"},
           Row{"/w", "resource:file_abs:w"},
           Row{"/", "resource:file_abs:%2F"},
       }) {
    CAPTURE(row.path);
    const auto id = file_resource(row.path, "/w/app");
    CHECK(id == row.id);
    CHECK(policy::request_term(policy::TermType::resource, id) == id);
  }
  CHECK(file_resource("/etc/x", "/") == "resource:file:etc/x");
  CHECK(file_resource("/", "/") == "resource:file:%2F");
}

TEST_CASE("a long name keeps its leading folders and ends in the digest of all of it") {
  const std::string folder = "/w/app/src/" + std::string(100, 'd') + "/";
  const auto one = file_resource(folder + std::string(140, 'x'), "/w/app");
  const auto two = file_resource(folder + std::string(139, 'x') + "y", "/w/app");
  CHECK(one.starts_with("resource:file:src/" + std::string(100, 'd') + "/%00"));
  CHECK(one.size() <= 255);
  CHECK(one != two);
  CHECK(policy::request_term(policy::TermType::resource, one) == one);
  const auto flat = file_resource("/" + std::string(250, 'x'), "/w/app");
  CHECK(flat.starts_with("resource:file_abs:%00"));
  CHECK(flat.size() == 18 + 3 + 64);
}

TEST_CASE("names at the bounds of length are terms, and no two files share one") {
  std::set<std::string> seen;
  for (std::size_t length = 1; length <= 600; ++length) {
    for (const std::string byte : {"x", "\xC3", "x/"}) {
      std::string path = "/w/app/";
      while (path.size() < length + 7) path += byte;
      if (path.back() == '/') path += 'x';
      const auto id = file_resource(path, "/w/app");
      CAPTURE(path);
      CHECK(policy::request_term(policy::TermType::resource, id) == id);
      seen.insert(id);
    }
  }
  // "x" of one byte is made twice, and "x/x" of 2k and 2k - 1 bytes.
  CHECK(seen.size() >= 600 + 600 + 299);
}

TEST_CASE("a host is named by its plain URL") {
  struct Row {
    const char* url;
    const char* id;
  };
  for (const auto& row : {
           Row{"https://docs.python.org/3/library/", "resource:host:docs.python.org"},
           Row{"HTTPS://Docs.Python.ORG", "resource:host:docs.python.org"},
           Row{"https://example.org.:443/a?b#c", "resource:host:example.org"},
           Row{"http://example.org:80", "resource:host:example.org"},
           Row{"https://example.org:80", "resource:host:example.org:80"},
           Row{"http://localhost:3000?x=1", "resource:host:localhost:3000"},
           Row{"http://[::1]:8080/x", "resource:host:%5B%3A%3A1%5D:8080"},
           Row{"http://[::1]", "resource:host:%5B%3A%3A1%5D"},
           Row{"https://example.org/@evil.test", "resource:host:example.org"},
       }) {
    CAPTURE(row.url);
    const auto id = host_resource(row.url);
    CHECK(id == row.id);
    CHECK(policy::request_term(policy::TermType::resource, id) == id);
  }
}

TEST_CASE("a URL that programs read differently is refused") {
  for (const auto* url : {"",
                          "example.org",
                          "ftp://example.org",
                          "file:///etc/passwd",
                          "https:example.org",
                          "https:///example.org",
                          "https://",
                          "https://user@example.org",
                          "https://a:b@example.org",
                          "https://example.org\\@evil.test",
                          "https://exa\tmple.org",
                          " https://example.org",
                          "https://ex\xC3\xA4mple.org",
                          "https://example.org:",
                          "https://example.org:x",
                          "https://example.org:080",
                          "https://example.org:123456",
                          "https://.example.org",
                          "https://a..b",
                          "https://[::1",
                          "https://[]",
                          "https://%65xample.org",
                          "http://:80"}) {
    CAPTURE(url);
    CHECK(is_refused(url));
  }
}

}  // namespace
}  // namespace lexecon::agent

TEST_SUITE_END();
