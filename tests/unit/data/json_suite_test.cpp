// JSONTestSuite: what the grammar must accept, must refuse, and what we decided where RFC 8259 leaves it open.
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "support.hpp"
#include "support/corpus.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

// The i_ files: accepted, or the code of the refusal.
const std::map<std::string, std::string> decisions{
    {"i_number_double_huge_neg_exp.json", "accepted"},  // exact: 123.456e-789
    {"i_number_huge_exp.json", "ON4107"},               // beyond the limit of exponents
    {"i_number_neg_int_huge_exp.json", "accepted"},     // exact: -1e9999
    {"i_number_pos_double_huge_exp.json", "accepted"},  // exact: 1.5e9999
    {"i_number_real_neg_overflow.json", "ON4107"},
    {"i_number_real_pos_overflow.json", "ON4107"},
    {"i_number_real_underflow.json", "ON4107"},
    {"i_number_too_big_neg_int.json", "accepted"},
    {"i_number_too_big_pos_int.json", "accepted"},
    {"i_number_very_big_negative_int.json", "accepted"},
    {"i_object_key_lone_2nd_surrogate.json", "ON4112"},
    {"i_string_1st_surrogate_but_2nd_missing.json", "ON4112"},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", "ON4112"},
    {"i_string_UTF-16LE_with_BOM.json", "ON0004"},  // UTF-8 only, and the encoding is named
    {"i_string_UTF-8_invalid_sequence.json", "ON0001"},
    {"i_string_UTF8_surrogate_U+D800.json", "ON0001"},
    {"i_string_incomplete_surrogate_and_escape_valid.json", "ON4112"},
    {"i_string_incomplete_surrogate_pair.json", "ON4112"},
    {"i_string_incomplete_surrogates_escape_valid.json", "ON4112"},
    {"i_string_invalid_lonely_surrogate.json", "ON4112"},
    {"i_string_invalid_surrogate.json", "ON4112"},
    {"i_string_invalid_utf-8.json", "ON0001"},
    {"i_string_inverted_surrogates_U+1D11E.json", "ON4112"},
    {"i_string_iso_latin_1.json", "ON0001"},
    {"i_string_lone_second_surrogate.json", "ON4112"},
    {"i_string_lone_utf8_continuation_byte.json", "ON0001"},
    {"i_string_not_in_unicode_range.json", "ON0001"},
    {"i_string_overlong_sequence_2_bytes.json", "ON0001"},
    {"i_string_overlong_sequence_6_bytes.json", "ON0001"},
    {"i_string_overlong_sequence_6_bytes_null.json", "ON0001"},
    {"i_string_truncated-utf-8.json", "ON0001"},
    {"i_string_utf16BE_no_BOM.json", "ON0004"},
    {"i_string_utf16LE_no_BOM.json", "ON0004"},
    {"i_structure_500_nested_arrays.json", "ON4103"},         // 64 levels are enough for a case
    {"i_structure_UTF-8_BOM_empty_object.json", "accepted"},  // as in every file that onus reads
};

// The y_ files that the grammar accepts and a case file may not contain.
const std::map<std::string, std::string> beyond_the_grammar{
    {"y_object_duplicated_key.json", "ON4102"},
    {"y_object_duplicated_key_and_value.json", "ON4102"},
    {"y_object_escaped_null_in_key.json", "ON4113"},
    {"y_string_allowed_escapes.json", "ON4113"},  // \b and \f
    {"y_string_escaped_control_character.json", "ON4113"},
    {"y_string_escaped_noncharacter.json", "ON4113"},
    {"y_string_last_surrogates_1_and_2.json", "ON4113"},  // U+10FFFF
    {"y_string_nonCharacterInUTF-8_U+10FFFF.json", "ON0002"},
    {"y_string_nonCharacterInUTF-8_U+FFFF.json", "ON0002"},
    {"y_string_null_escape.json", "ON4113"},
    {"y_string_u+2028_line_sep.json", "ON0002"},
    {"y_string_u+2029_par_sep.json", "ON0002"},
    {"y_string_unescaped_char_delete.json", "ON0002"},
    {"y_string_unicode_U+10FFFE_nonchar.json", "ON4113"},
    {"y_string_unicode_U+1FFFE_nonchar.json", "ON4113"},
    {"y_string_unicode_U+FDD0_nonchar.json", "ON4113"},
    {"y_string_unicode_U+FFFE_nonchar.json", "ON4113"},
    {"y_string_with_del_character.json", "ON0002"},
};

}  // namespace

TEST_CASE("corpus: JSONTestSuite") {
  const auto folder = find_corpus("JSONTestSuite", "hostile/JSONTestSuite/test_parsing");
  if (!folder) return;
  constexpr data::JsonRules grammar_alone{false, false};
  std::map<char, int> seen;
  std::set<std::string> decided;
  for (const auto& path : files_of(*folder, ".json")) {
    const std::string name = path.filename();
    CAPTURE(name);
    const std::string text = bytes_of(path);
    const Reading reading = read(Format::Json, text);
    CHECK(broken_promise(reading, Format::Json) == "");
    ++seen[name[0]];
    if (name[0] == 'y') {
      CHECK(read(Format::Json, text, {}, grammar_alone).accepted());
      const auto stricter = beyond_the_grammar.find(name);
      CHECK(reading.accepted() == (stricter == beyond_the_grammar.end()));
      if (stricter != beyond_the_grammar.end()) CHECK(reading.first_code() == stricter->second);
    } else if (name[0] == 'n') {
      CHECK_FALSE(reading.accepted());
      CHECK_FALSE(read(Format::Json, text, {}, grammar_alone).accepted());
    } else {
      REQUIRE(decisions.count(name) == 1);
      CHECK((reading.accepted() ? "accepted" : reading.first_code()) == decisions.at(name));
      decided.insert(name);
    }
  }
  CHECK(seen['y'] == 95);
  CHECK(seen['n'] == 188);
  CHECK(decided.size() == decisions.size());
}
