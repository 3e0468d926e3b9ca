#include "report/template.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace lexecon::report {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t max_depth = 64;  // of sections, and of templates in templates
constexpr std::size_t max_bytes = 4'194'304;
constexpr std::string_view blank = " \t\r\n";
// Tags that leave no line behind where they stand alone on one.
constexpr std::string_view lineless = "#^/!>";
// Stands for a line's end while a template is filled: the library would take blank lines out that are meant.
constexpr char line_end = '\x01';

[[noreturn]] void refuse(const std::string& name, const std::string& message) {
  throw Error(ErrorCode::bad_input, message, name, "see lexecon-report(5), Templates");
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(blank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blank) - from + 1);
}

/// Puts templates into templates, and counts how deep sections stand.
class Expansion {
 public:
  explicit Expansion(const Partials& partials) : partials_(partials) {}

  void add(const Template& from) {
    if (std::find(names_.begin(), names_.end(), from.name) != names_.end() ||
        names_.size() >= max_depth) {
      refuse(from.name, "expected a template that does not hold itself");
    }
    names_.push_back(from.name);
    for (std::size_t at = 0; at < from.text.size();) at = add_next(from.text, at);
    names_.pop_back();
  }

  [[nodiscard]] std::string finish() && { return std::move(out_); }

 private:
  /// The text before a tag and the tag; where they end.
  std::size_t add_next(std::string_view text, std::size_t from) {
    const auto open = text.find("{{", from);
    if (open == std::string_view::npos) {
      append(text.substr(from));
      return text.size();
    }
    const auto close = text.find("}}", open);
    if (close == std::string_view::npos) refuse(names_.back(), "expected }} behind {{");
    const auto end = close + 2;
    const auto tag = trimmed(text.substr(open + 2, close - open - 2));
    const auto line = line_around(text, open, end);
    const bool stands_alone = line && !tag.empty() && lineless.find(tag[0]) != std::string::npos;
    append(text.substr(from, (stands_alone ? std::max(line->first, from) : open) - from));
    if (tag.starts_with('=')) refuse(names_.back(), "expected tags in {{ }} and no others");
    if (tag.starts_with('>')) {
      add_partial(std::string(trimmed(tag.substr(1))));
    } else {
      count(tag);
      append(text.substr(open, end - open));
    }
    return stands_alone ? line->second : end;
  }

  /// The line that a tag has to itself: where it begins, and where the next one does.
  static std::optional<std::pair<std::size_t, std::size_t>> line_around(std::string_view text,
                                                                        std::size_t open,
                                                                        std::size_t end) {
    const auto before = text.substr(0, open).find_last_not_of(" \t");
    const auto after = text.find_first_not_of(" \t", end);
    const bool begins = before == std::string_view::npos || text[before] == '\n';
    const bool ends = after == std::string_view::npos || text[after] == '\n';
    if (!begins || !ends) return std::nullopt;
    return std::pair(before == std::string_view::npos ? 0 : before + 1,
                     after == std::string_view::npos ? text.size() : after + 1);
  }

  void add_partial(const std::string& name) {
    const auto text = partials_(name);
    if (!text) refuse(names_.back(), "expected a template `" + name + "`");
    add({name, *text});
  }

  void count(std::string_view tag) {
    if (tag.starts_with('#') || tag.starts_with('^')) ++depth_;
    if (tag.starts_with('/') && depth_ > 0) --depth_;
    if (depth_ > max_depth) refuse(names_.back(), "expected at most 64 sections in one another");
  }

  void append(std::string_view text) {
    out_ += text;
    if (out_.size() > max_bytes) refuse(names_.back(), "expected a template of at most 4 MiB");
  }

  const Partials& partials_;
  std::vector<std::string> names_;
  std::string out_;
  std::size_t depth_ = 0;
};

mustache::data data_of(const Json& value, const Escape& escape);

mustache::data object_of(const Json& value, const Escape& escape) {
  mustache::data out(mustache::data::type::object);
  for (const auto& [name, each] : value.items()) out[name] = data_of(each, escape);
  return out;
}

mustache::data list_of(const Json& value, const Escape& escape) {
  mustache::list out;
  out.reserve(value.size());
  for (const auto& each : value) out.push_back(data_of(each, escape));
  return mustache::data(out);
}

// INVARIANT: what comes out holds no text that was not escaped, but markup that this program made.
mustache::data data_of(const Json& value, const Escape& escape) {
  switch (value.type()) {
    case Json::value_t::object:
      return object_of(value, escape);
    case Json::value_t::array:
      return list_of(value, escape);
    case Json::value_t::string:
      return mustache::data(escape(value.get_ref<const std::string&>()));
    case Json::value_t::binary: {
      const auto& bytes = value.get_binary();
      return mustache::data(std::string(bytes.begin(), bytes.end()));
    }
    case Json::value_t::boolean:
      return mustache::data(value.get<bool>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return mustache::data(escape(value.dump()));
    case Json::value_t::null:
    case Json::value_t::discarded:
      break;
  }
  return mustache::data(false);
}

/// Where names are looked up: a slip of the pen must not leave a row out.
class Names : public mustache::basic_context<std::string> {
 public:
  Names(const mustache::data& root, std::string name) : items_{&root}, name_(std::move(name)) {}

  void push(const mustache::data* data) override { items_.push_back(data); }
  void pop() override { items_.pop_back(); }

  [[nodiscard]] const mustache::data* get(const std::string& name) const override {
    if (name == ".") return items_.back();
    const auto words = split(name, '.');
    for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
      const auto* found = (*item)->get(words.front());
      if (found != nullptr) return inner(found, words, name);
    }
    refuse(name_, "expected a member of the report, got `" + name + "`");
  }
  [[nodiscard]] const mustache::data* get_partial(const std::string&) const override {
    return nullptr;
  }

 private:
  const mustache::data* inner(const mustache::data* from, const std::vector<std::string>& words,
                              const std::string& name) const {
    for (std::size_t at = 1; at < words.size(); ++at) {
      if (from->is_false()) return from;
      from = from->get(words[at]);
      if (from == nullptr) refuse(name_, "expected a member of the report, got `" + name + "`");
    }
    return from;
  }

  std::vector<const mustache::data*> items_;
  std::string name_;
};

}  // namespace

Template whole(const Template& from, const Partials& partials) {
  Expansion expansion(partials);
  expansion.add(from);
  return {from.name, std::move(expansion).finish()};
}

std::string fill(const Template& from, const Json& value, const Escape& escape) {
  auto text = from.text;
  std::replace(text.begin(), text.end(), '\n', line_end);
  mustache::mustache parsed(text);
  if (!parsed.is_valid()) refuse(from.name, "expected mustache: " + parsed.error_message());
  parsed.set_custom_escape([](const std::string& each) { return each; });
  const auto data = data_of(value, escape);
  Names names(data, from.name);
  auto out = parsed.render(names);
  if (!parsed.is_valid()) refuse(from.name, "expected mustache: " + parsed.error_message());
  std::replace(out.begin(), out.end(), line_end, '\n');
  return out;
}

}  // namespace lexecon::report
