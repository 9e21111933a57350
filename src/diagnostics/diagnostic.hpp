// Diagnostics: one line a kind in kinds.def; text, JSON and every other form render the same value.
//
//   diagnose<Kind::UnknownName>(sink, span, "modl").note(other, "declared here").suggest("model");
//
// The number and the types of the arguments are checked at compile time against the kind's line. Messages are lower case,
// without a full stop, names in backticks; what was seen comes first, then the rule if it is not plain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "source/source.hpp"

namespace onus {

enum class Severity : std::uint8_t { Error, Warning, Info };

enum class Kind : std::uint16_t {
#define ONUS_DIAGNOSTIC(code, name, severity, format, ...) name,
#include "diagnostics/kinds.def"
#undef ONUS_DIAGNOSTIC
};

struct KindInfo {
  std::string_view code;      // "ON1003"
  std::string_view name;      // "unknown-name", made from the enumerator
  Severity severity;
  std::string_view format;    // with one {} for each argument
};

[[nodiscard]] const KindInfo& info(Kind kind);
[[nodiscard]] std::size_t kind_count();

struct Note {
  Span span;
  std::string message;
};

// Replace the text of `span` by `text`. `keeps_meaning` is true when no verdict can change by it.
struct Fix {
  Span span;
  std::string text;
  bool keeps_meaning = false;
};

struct Diagnostic {
  Kind kind;
  Severity severity;
  Span span;
  std::string message;
  std::vector<Note> notes;
  std::vector<Fix> fixes;
};

// Collects what a run has to say. Order of report is kept; `sorted` orders by file and place.
class Sink {
 public:
  Diagnostic& add(Diagnostic diagnostic);
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] Diagnostic& at(std::size_t index) { return diagnostics_[index]; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] std::vector<Diagnostic> sorted() const;
  // Drops every diagnostic reported after the first `count`: for trials that are taken back.
  void truncate(std::size_t count);

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

namespace detail {
// Each kind's argument types, from its .def line.
template <Kind K>
struct Arguments;
#define ONUS_DIAGNOSTIC(code, name, severity, format, ...) \
  template <>                                              \
  struct Arguments<Kind::name> {                           \
    using type = std::tuple<__VA_ARGS__>;                  \
  };
#include "diagnostics/kinds.def"
#undef ONUS_DIAGNOSTIC

// Replaces the n-th `{}` of the kind's format by the n-th text; `a {}` becomes `an …` before a vowel.
std::string fill(std::string_view format, const std::vector<std::string>& texts);
inline std::string text_of(std::string_view text) { return std::string(text); }
inline std::string text_of(std::int64_t number) { return std::to_string(number); }

template <Kind K, class... Texts>
std::string message_of(std::tuple<Texts...>* /*types*/, std::type_identity_t<Texts>... arguments) {
  return fill(info(K).format, {text_of(arguments)...});
}
}  // namespace detail

// Returned by `diagnose` to hang notes and fixes on.
class Reported {
 public:
  Reported(Sink& sink, std::size_t index) : sink_(&sink), index_(index) {}
  Reported& note(Span span, std::string message);
  Reported& fix(Span span, std::string text, bool keeps_meaning = false);

 private:
  Sink* sink_;
  std::size_t index_;
};

Reported report(Sink& sink, Kind kind, Span span, std::string message);

template <Kind K, class... Given>
Reported diagnose(Sink& sink, Span span, Given&&... arguments) {
  typename detail::Arguments<K>::type* types = nullptr;
  return report(sink, K, span, detail::message_of<K>(types, std::forward<Given>(arguments)...));
}

}  // namespace onus
