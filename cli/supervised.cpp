#include "supervised.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <new>
#include <optional>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon::cli {
namespace {

constexpr std::array endings{SIGALRM, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1,   SIGUSR2, SIGXCPU,
                             SIGSEGV, SIGBUS,  SIGFPE, SIGILL, SIGABRT, SIGVTALRM, SIGPROF};
constexpr std::uint64_t max_answer_bytes = 1U << 20U;
constexpr char separator = '\x1f';  // in no message: they are printable

// Nothing but write and _exit is allowed in a signal handler, and nothing else is done.
extern "C" void end_at_signal(int number) {
  constexpr std::string_view late =
      "lexecon: error: no decision before the deadline, so the tool must not run\n";
  constexpr std::string_view stopped =
      "lexecon: error: interrupted by a signal, so the tool must not run\n";
  const auto said = number == SIGALRM ? late : stopped;
  [[maybe_unused]] const auto written = write(STDERR_FILENO, said.data(), said.size());
  _exit(static_cast<int>(tool_blocked));
}

void handle_endings(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  for (const int number : endings) sigaction(number, &action, nullptr);
}

std::string frame_of(const std::function<std::string()>& work) {
  try {
    return "a" + work();
  } catch (const Error& error) {
    return "e" + std::to_string(static_cast<int>(error.code())) + separator +
           printable(error.message()) + separator + printable(error.where()) + separator +
           printable(error.hint());
  } catch (const std::bad_alloc&) {
    return "e" + std::to_string(static_cast<int>(ErrorCode::internal)) + separator +
           "not enough memory" + separator + separator;
  }
}

[[noreturn]] void be_the_child(const std::function<std::string()>& work, int output, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  handle_endings(SIG_DFL);
  // What the work says on the side must not stand beside the one line of an ending.
  const auto nowhere = try_open("/dev/null", O_WRONLY);
  dup2(nowhere.get(), STDERR_FILENO);
  int status = 1;
  try {
    write_all(output, frame_of(work), "the waiting process");
    status = 0;
  } catch (...) {
    status = 1;
  }
  // Nothing of the parent's is flushed or destroyed here.
  _exit(status);
}

bool ended_well(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// The error that stands in a frame, thrown here as it was thrown there.
[[noreturn]] void rethrow(std::string_view frame) {
  const auto parts = split(frame, separator);
  const auto code = parse_integer(parts.front());
  if (parts.size() != 4 || !code) {
    throw Error(ErrorCode::internal, "the process that decides said nothing that can be read");
  }
  throw Error(static_cast<ErrorCode>(*code), parts[1], parts[2], parts[3]);
}

}  // namespace

void end_blocked() noexcept {
  constexpr std::string_view said =
      "lexecon: error: an error inside the program, so the tool must not run\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, said.data(), said.size());
  _exit(static_cast<int>(tool_blocked));
}

void end_in_time(std::chrono::seconds deadline) {
  handle_endings(end_at_signal);
  std::signal(SIGPIPE, SIG_IGN);
  // A mask that was inherited would keep the deadline away.
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_UNBLOCK, &all, nullptr);
  itimerval timer{};
  timer.it_value.tv_sec = deadline.count();
  setitimer(ITIMER_REAL, &timer, nullptr);
}

std::string supervised(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw system_error(ErrorCode::io, "make", "a pipe", errno);
  }
  const Descriptor input(ends[0]);
  std::optional<Descriptor> output(std::in_place, ends[1]);
  const auto parent = getpid();
  const auto child = fork();
  if (child == -1) throw system_error(ErrorCode::io, "start", "a process", errno);
  if (child == 0) be_the_child(work, output->get(), parent);
  output.reset();
  const auto frame = read_descriptor(input.get(), max_answer_bytes, "the process that decides");
  if (!ended_well(child) || frame.empty()) {
    throw Error(ErrorCode::internal, "the process that decides ended without an answer");
  }
  if (frame.front() == 'e') rethrow(std::string_view(frame).substr(1));
  return frame.substr(1);
}

}  // namespace lexecon::cli
