#include "agent/command_line.hpp"

#include <doctest/doctest.h>

#include "support/shell.hpp"
#include "support/support.hpp"

TEST_SUITE_BEGIN("agent/command_line");

namespace lexecon::agent {
namespace {

/// "a b|c" for the commands a b and c.
std::string shown(const std::string& text) {
  const auto line = read_command_line(text);
  if (!line) return "unparsed";
  std::string out;
  for (const auto& words : line->commands) {
    if (!out.empty()) out += '|';
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : " ") + words[i];
  }
  for (const auto& file : line->redirections) out += "|>" + file;
  return out;
}

TEST_CASE("plain commands are read with their words, joins and redirections") {
  struct Row {
    const char* text;
    const char* read;
  };
  for (const auto& row : {
           Row{"ls", "ls"},
           Row{"  git push  --force\torigin ", "git push --force origin"},
           Row{"cat a | grep -i 'b c' | wc -l", "cat a|grep -i b c|wc -l"},
           Row{"make && make test || echo \"no $\"", "unparsed"},
           Row{"make && make test || echo \"no luck\"", "make|make test|echo no luck"},
           Row{"a; b & c\nd\n\n", "a|b|c|d"},
           Row{"a |\n b", "a|b"},
           Row{"a &&\n\nb;", "a|b"},
           Row{"a |& b", "a|b"},
           Row{"make 2>&1 >log.txt", "make|>log.txt"},
           Row{"make >> log 2>/dev/null <in", "make|>log|>/dev/null|>in"},
           Row{"make &>log", "make|>log"},
           Row{"echo 2 >x", "echo 2|>x"},
           Row{"echo a2>x", "echo a2|>x"},
           Row{"git diff HEAD~1 a=b 50%", "git diff HEAD~1 a=b 50%"},
           Row{"'l's \"-\"l", "ls -l"},
           Row{"echo '$x `y` \\' ''", "echo $x `y` \\ "},
           Row{"'a\nb' c", "a\nb c"},
       }) {
    CAPTURE(row.text);
    CHECK(shown(row.text) == row.read);
  }
}

TEST_CASE("what a shell would expand or take apart is not read") {
  for (const auto* text : {"",
                           " \n ",
                           "echo $HOME",
                           "echo \"$x\"",
                           "echo `id`",
                           "echo $(id)",
                           "(ls)",
                           "{ ls; }",
                           "ls *.c",
                           "ls a?",
                           "ls [ab]",
                           "echo {a,b}",
                           "ls ~",
                           "ls ~root",
                           "a\\ b",
                           "A=1 ls",
                           "PATH=. ls",
                           "if true",
                           "for x in a",
                           "while true",
                           "! ls",
                           "cat <<EOF\nEOF",
                           "cat <<<x",
                           "diff <(a) b",
                           "tee >(a)",
                           "ls # x",
                           "f() { ls; }",
                           "'ls",
                           "\"ls",
                           "ls 'a",
                           "a ||",
                           "a &&",
                           "a |",
                           "| a",
                           "; a",
                           "a ;; b",
                           "a && ; b",
                           "> file",
                           "a >",
                           "a > $x",
                           "a >| b",
                           "a <> b",
                           "a >& b",
                           "a 2>&x",
                           "cat </dev/tcp/a/1",
                           "=ls",
                           "%1",
                           "ls =x",
                           "''",
                           ". ./x",
                           "\xC3\xA9",
                           "a\rb",
                           "\"a!b\"",
                           "noglob rm x",
                           "- ls",
                           "select x",
                           "time ls",
                           "coproc ls",
                           "a 2>&-b",
                           "ls ^x",
                           "ls a=~/x",
                           "ls a:~",
                           "a 22>x"}) {
    CAPTURE(text);
    CHECK(shown(text) == "unparsed");
  }
  CHECK_FALSE(read_command_line(std::string("ls\0x", 4)));
  CHECK_FALSE(read_command_line(std::string("'ls\0x'", 6)));
}

TEST_CASE("programs are the first words, each once, as they are written") {
  const auto line = read_command_line("/bin/rm x; git a | git b; ./git");
  REQUIRE(line);
  CHECK(programs_of(*line) == std::vector<std::string>{"/bin/rm", "git", "./git"});
}

// What is read here is what a shell makes of it: the words go through printf of sh.
TEST_CASE("the words of random lines are those that sh reads") {
  const auto seed = test::first_seed();
  CAPTURE(seed);
  test::Random random(seed);
  int compared = 0;
  for (int round = 0; round < 4'000 * test::rounds() && compared < 150 * test::rounds(); ++round) {
    const auto text =
        "a" + random.text(static_cast<std::size_t>(random.between(1, 9)), "ab1 '\"-~=%:,\t+@.");
    const auto line = read_command_line(text);
    if (!line || line->commands.size() != 1) continue;
    ++compared;
    CAPTURE(text);
    std::string words;
    for (const auto& word : line->commands.front()) words += "<" + word + ">";
    const auto said = test::run("printf '<%s>' " + text).output;
    CHECK(said == words);
  }
  CHECK(compared >= 50);
}

}  // namespace
}  // namespace lexecon::agent

TEST_SUITE_END();
