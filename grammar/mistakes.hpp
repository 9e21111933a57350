// What is wrong with a file, collected while it is read: each mistake with the token where it was noticed, so that one
// slip is reported once however often a sentence is tried again. `deliver` drops what another mistake explains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "source/source.hpp"

namespace onus::syntax {

class Mistakes {
 public:
  explicit Mistakes(FileId file) : file_(file) {}

  // Reports at bytes [begin, end). False through `muted`: nothing is recorded, the result is a sink that is thrown away.
  template <Kind K, class... Given>
  Reported add(std::uint32_t token, std::uint32_t begin, std::uint32_t end, Given&&... arguments) {
    if (muted_ || !seen_.insert({token, K}).second) {
      unheard_ = Sink();
      return diagnose<K>(unheard_, Span{file_, begin, end}, std::forward<Given>(arguments)...);
    }
    tokens_.push_back(token);
    return diagnose<K>(heard_, Span{file_, begin, end}, std::forward<Given>(arguments)...);
  }

  void mute(bool muted) { muted_ = muted; }
  [[nodiscard]] bool muted() const { return muted_; }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
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
  bool muted_ = false;
};

}  // namespace onus::syntax
