#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/descriptor.hpp"

namespace lexecon::cli {
namespace {

constexpr std::size_t max_output_bytes = 65'536;
constexpr std::chrono::seconds grace{1};
using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// What the child's descriptors are: a pipe to write, and nothing to read and its errors unheard
/// unless it is interactive.
class Actions {
 public:
  Actions(int output, bool is_interactive) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    if (is_interactive) return;
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// No signal is held back in the child, whatever its parent holds back meanwhile.
class Attributes {
 public:
  Attributes() {
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

pid_t start(const Child& child, int output) {
  std::vector<std::string> words{child.program.string()};
  words.insert(words.end(), child.arguments.begin(), child.arguments.end());
  auto environment = child.environment;
  const Actions actions(output, child.is_interactive);
  const Attributes attributes;
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, child.program.c_str(), actions.get(), attributes.get(),
                                 pointers(words).data(), pointers(environment).data());
  if (failed != 0) throw system_error(ErrorCode::io, "run", child.program, failed);
  return pid;
}

/// Reads until the other end closes, or until `deadline`: then false.
bool read_until(int descriptor, Clock::time_point deadline, std::string& output) {
  std::array<char, 4'096> buffer{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    const int ready = left <= 0 ? 0 : poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const auto got = read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    output.append(buffer.data(), static_cast<std::size_t>(got));
    if (output.size() > max_output_bytes) return false;
  }
}

/// Asks it to end first: it may have to put a terminal back in order.
void end(pid_t pid, int reading) {
  std::string unread;
  kill(pid, SIGTERM);
  if (!read_until(reading, Clock::now() + grace, unread)) kill(pid, SIGKILL);
}

}  // namespace

std::optional<Path> find_program(std::string_view name) {
  for (const auto* folder : {"/usr/local/bin", "/usr/bin", "/bin"}) {
    auto path = Path(folder) / name;
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

Ended run_child(const Child& child, std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
    throw system_error(ErrorCode::io, "make a pipe to", child.program, errno);
  }
  const Descriptor reading(pipe_ends[0]);
  pid_t pid = -1;
  {
    const Descriptor writing(pipe_ends[1]);
    pid = start(child, writing.get());
  }
  Ended ended;
  const bool closed = read_until(reading.get(), deadline, ended.output);
  if (!closed) end(pid, reading.get());
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) throw system_error(ErrorCode::io, "wait for", child.program, errno);
  }
  if (closed && WIFEXITED(status)) ended.exit_status = WEXITSTATUS(status);
  return ended;
}

std::vector<std::string> environment_of(std::span<const std::string_view> names) {
  std::vector<std::string> out;
  for (const auto name : names) {
    const std::string key(name);
    if (const char* value = std::getenv(key.c_str())) out.push_back(key + "=" + value);
  }
  return out;
}

}  // namespace lexecon::cli
