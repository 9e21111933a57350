// How names are compared and found. Two spellings are one name when they have the same key: lower case, a hyphen as a blank,
// single blanks, and the last word in the singular (regular English plurals). Articles are never part of a name.
//
// Keys are numbered once; every table is hashed by these numbers together with the kind that the name belongs to and the
// scope in which it was declared: the vocabularies (0) or one regulation (its index + 1). A look-up tries a regulation's own
// scope first, then the vocabularies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "source/source.hpp"
#include "syntax/tree.hpp"

namespace onus::model::from_syntax {

using NameId = std::uint32_t;
inline constexpr NameId no_name = ~NameId{0};

using ScopeId = std::uint32_t;
inline constexpr ScopeId vocabulary_scope = 0;

// "modalities" -> "modality", "boxes" -> "box", "weights" -> "weight"; "class", "analysis", "status" stay as they are.
[[nodiscard]] std::string singular(std::string_view word);
// The regular plural. Both look at the last word only and are for printing: names are compared by their keys.
[[nodiscard]] std::string plural(std::string_view word);

// The key of a name as it is written, or of the words of a node from the `skip`-th on.
[[nodiscard]] std::string key_of(std::string_view written);
[[nodiscard]] std::string key_of(syntax::NodeRef words, const SourceStore& sources);
// The name for printing: the words as written, single blanks.
[[nodiscard]] std::string shown_of(syntax::NodeRef words, const SourceStore& sources);
// "a model", "an actor".
[[nodiscard]] std::string with_article(std::string_view noun);

class Names {
 public:
  NameId intern(std::string_view key);
  [[nodiscard]] NameId find(std::string_view key) const {
    const auto at = ids_.find(key);
    return at == ids_.end() ? no_name : at->second;
  }
  [[nodiscard]] const std::string& key(NameId id) const { return *keys_[id]; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, NameId, Hash, std::equal_to<>> ids_;
  std::vector<const std::string*> keys_;
};

// A name of something that belongs to a kind ("compute" of a modification); `owner` is 0 where there is no such kind.
struct SymbolKey {
  NameId name = no_name;
  std::uint32_t owner = 0;
  ScopeId scope = vocabulary_scope;
  friend bool operator==(const SymbolKey&, const SymbolKey&) = default;
};

struct SymbolKeyHash {
  std::size_t operator()(const SymbolKey& key) const {
    std::uint64_t value = key.name * 0x9e3779b97f4a7c15ULL;
    value ^= (static_cast<std::uint64_t>(key.owner) << 32U) + key.scope;
    value *= 0xff51afd7ed558ccdULL;
    return static_cast<std::size_t>(value ^ (value >> 32U));
  }
};

template <class T>
class SymbolTable {
 public:
  // The first declaration stays; returns it where there was one already.
  const T* add(SymbolKey key, T value) {
    const auto [at, fresh] = symbols_.try_emplace(key, std::move(value));
    return fresh ? nullptr : &at->second;
  }
  // In the scope itself, then in the vocabularies.
  [[nodiscard]] const T* find(NameId name, std::uint32_t owner, ScopeId scope) const {
    if (name == no_name) return nullptr;
    if (scope != vocabulary_scope) {
      if (const auto at = symbols_.find({name, owner, scope}); at != symbols_.end()) return &at->second;
    }
    const auto at = symbols_.find({name, owner, vocabulary_scope});
    return at == symbols_.end() ? nullptr : &at->second;
  }
  void erase(SymbolKey key) { symbols_.erase(key); }
  [[nodiscard]] T& at(SymbolKey key) { return symbols_[key]; }

 private:
  std::unordered_map<SymbolKey, T, SymbolKeyHash> symbols_;
};

}  // namespace onus::model::from_syntax
