#include <doctest/doctest.h>

#include "model/from_syntax/names.hpp"

using namespace onus::model::from_syntax;

TEST_CASE("spellings of one name have one key") {
  const auto same = [](std::string_view a, std::string_view b) { return key_of(a) == key_of(b); };
  CHECK(same("general-purpose", "General purpose"));
  CHECK(same("  training\n   compute ", "training compute"));
  CHECK(same("modality", "modalities"));
  CHECK(same("system", "systems"));
  CHECK(same("box", "boxes"));
  CHECK(same("cache", "caches"));
  CHECK(same("size", "sizes"));
  CHECK(same("purpose", "purposes"));
  CHECK(same("licence", "licences"));
  CHECK(same("class", "classes"));
  CHECK(same("status", "statuses"));
  CHECK(same("search", "searches"));
  CHECK(same("host system", "host-systems"));
  CHECK(same("use", "uses"));
}

TEST_CASE("other names have other keys") {
  const auto same = [](std::string_view a, std::string_view b) { return key_of(a) == key_of(b); };
  CHECK_FALSE(same("model", "modal"));
  CHECK_FALSE(same("impact date", "impact"));
  CHECK_FALSE(same("class", "clas"));
  CHECK_FALSE(same("systems host", "system host"));   // only the last word can be a plural
  CHECK_FALSE(same("", "s"));
}

TEST_CASE("singular and plural for printing") {
  CHECK(singular("modalities") == "modality");
  CHECK(singular("boxes") == "box");
  CHECK(singular("host systems") == "host system");
  CHECK(singular("status") == "status");
  CHECK(singular("analysis") == "analysis");
  CHECK(singular("class") == "class");
  CHECK(plural("modality") == "modalities");
  CHECK(plural("day") == "days");
  CHECK(plural("box") == "boxes");
  CHECK(plural("search") == "searches");
  CHECK(plural("") == "");
  CHECK(with_article("actor") == "an actor");
  CHECK(with_article("model") == "a model");
}

TEST_CASE("a scope hides nothing but adds to the vocabularies") {
  Names names;
  SymbolTable<int> table;
  const NameId shared = names.intern("shared");
  const NameId own = names.intern("own");
  CHECK(names.find("nothing") == no_name);
  table.add({shared, 1, vocabulary_scope}, 10);
  table.add({own, 1, 2}, 20);
  CHECK(*table.find(shared, 1, 2) == 10);
  CHECK(*table.find(own, 1, 2) == 20);
  CHECK(table.find(own, 1, 3) == nullptr);
  CHECK(table.find(own, 1, vocabulary_scope) == nullptr);
  CHECK(table.find(shared, 2, 2) == nullptr);
  CHECK(*table.add({own, 1, 2}, 30) == 20);
  CHECK(*table.find(own, 1, 2) == 20);
}
