// What is wrong with a file, collected while it is read: each mistake with the token where it was noticed, so that one
// slip is reported once however often a sentence is tried again. `deliver` drops what another mistake explains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::syntax {

class Mistakes {
 public:
  explicit Mistakes(FileId file) : file_(file) {}

  // More mistakes than these are not recorded; `deliver` says so.
  static constexpr std::size_t most = 1000;

  // Reports at bytes [begin, end). While muted, and for what was reported before, the report is thrown away.
  template <Kind K, class... Given>
  Reported add(std::uint32_t token, std::uint32_t begin, std::uint32_t end, Given&&... arguments) {
    const bool full = tokens_.size() >= most;
    if (full && !muted_ && !first_dropped_) first_dropped_ = begin;
    if (muted_ || full || !seen_.insert({token, K}).second) {
      ++unheard_count_;
      unheard_ = Sink();
      unheard_.add({K, Severity::Error, Span{file_, begin, end}, {}, {}, {}});
      return {unheard_, 0};
    }
    tokens_.push_back(token);
    return diagnose<K>(heard_, Span{file_, begin, end}, std::forward<Given>(arguments)...);
  }

  void mute(bool muted) { muted_ = muted; }
  // How many reports were thrown away so far.
  [[nodiscard]] std::size_t unheard() const { return unheard_count_; }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] bool full() const { return tokens_.size() >= most; }
  // The file is not read from here on.
  void stop_at(std::uint32_t begin) {
    if (!first_dropped_) first_dropped_ = begin;
  }
  [[nodiscard]] FileId file() const { return file_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return heard_.all(); }

  // Hands the mistakes to `sink` in the order of the text. Of several on one line, those after an unclosed text or an
  // unknown character are its consequences and are dropped.
  void deliver(const SourceStore& source, Sink& sink) const;

 private:
  FileId file_;
  Sink heard_;
  Sink unheard_;
  std::vector<std::uint32_t> tokens_;  // beside heard_.all()
  std::set<std::pair<std::uint32_t, Kind>> seen_;
  std::size_t unheard_count_ = 0;
  bool muted_ = false;
  std::optional<std::uint32_t> first_dropped_;
};

}  // namespace onus::syntax
