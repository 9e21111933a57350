// Every message of the resolver: a text in which «» marks the place, the code, and the suggestion.
#include <doctest/doctest.h>

#include <set>

#include "unit/model/support.hpp"

using namespace onus;
using namespace onus::testing;

namespace {

struct Mistake {
  std::string_view code;
  std::string_view body;         // of the regulation, with the marks
  std::string_view suggestion;   // empty: none
  std::string_view declaration;  // further terms of the vocabulary, with the marks if they are not in the body
};

const Mistake mistakes[] = {
    // ---- names that are not declared
    {"ON2016", "value v: the «wieght» of a model is 3 EUR.\ndefinition d: a model is systemic if the weight of the model exceeds 3 EUR and the weight of the model is below 5 EUR.", "weight", ""},
    {"ON2001", "definition d: a model is systemic if the training compute of the model exceeds the «larg compute».", "large compute", ""},
    {"ON2001", "duty d: each provider of a model must \"act\".\n towards: the «AI Ofice».", "AI Office", ""},
    {"ON2001", "definition d: a model is systemic if the training compute of the «modul» exceeds 1 FLOP.", "model", ""},
    {"ON2001", "duty d: the «comission» must \"act\".", "Commission", ""},
    {"ON2002", "definition d: a model is systemic if the «training computer» of the model exceeds 1 FLOP.", "training compute", ""},
    {"ON2002", "definition d: a model is systemic if the «compute» of the model exceeds 1 FLOP.", "", ""},
    {"ON2002", "definition d: a model is systemic if the model has an «orign».", "origin", ""},
    {"ON2003", "definition d: a model is systemic if the model is «licenced for use».", "licensed for use", ""},
    {"ON2003", "definition d: a model is systemic if the model is «sold in the Union».", "", ""},
    {"ON2003", "definition d: a model is «sistemic» if the model is licensed for use.", "systemic", ""},
    {"ON2003", "definition d: a «freely licenced» model is systemic.", "freely licensed", ""},
    {"ON2003", "duty d: each provider of a model that is «open-weigth» must \"act\".", "open-weight", ""},
    {"ON2003", "presumption d: a model is presumed «generaly capable».", "generally capable", ""},
    {"ON2004", "definition d: the placer of a model is a «providor» of the model.", "provider", ""},
    {"ON2004", "definition d: a model is systemic if the developer of the model is a «contracter» of the placer of the model.", "contractor", ""},
    {"ON2005", "definition d: a «modle» is systemic.", "model", ""},
    {"ON2005", "", "actor", "the maker of a model is an «acter»."},
    {"ON2005", "", "model", "the maker of a «modle» is an actor."},
    {"ON2005", "", "date", "the day of a model is a «dat»."},
    {"ON2006", "definition d: a modification is relevant if the technique of the modification is «mergeing».", "merging", ""},
    {"ON2006", "definition d: a model is systemic if at least one modality of the model is text or «imagery».", "image", ""},
    {"ON2007", "definition d: a model is systemic if the training compute of the model exceeds 1e25 «FLOPP».", "FLOP", ""},
    {"ON2007", "", "", "the weight of a model is an amount of «stones»."},
    {"ON2008", "exception e to definition «defn»:\n does not apply.\ndefinition defs: a model is systemic.", "defs", ""},
    {"ON2008", "transition t for part «VI»: applies from 2026-01-01.\npart VII.\nduty d: the Commission must \"act\".", "", ""},
    {"ON2009", "definition d: a model is systemic if the model is general-purpose under «test-akt».", "test-act", ""},
    {"ON2010", "definition d [«TB» 3]: a model is systemic.", "TA", ""},
    {"ON2010", "definition d [«TAA» 5]: a model is systemic.", "TA", ""},
    {"ON2011", "definition d:\n a model is systemic if all of the following apply:\n - (a) the model is licensed for use;\n - (b) the model is open-weight.\n reading \"r\": instead of «(c)»: the model is general-purpose.", "", ""},
    {"ON2012", "definition d:\n a model is systemic if all of the following apply:\n - (a) the model is licensed for use.\n reading \"strict\": instead of (a): the model is open-weight.\ncase \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - reading «\"strikt\"»: \"M\" is systemic.", "strict", ""},
    {"ON2014", "", "amount", "the weight of a model is an «amoun» of FLOP."},
    {"ON2015", "definition d: a model is systemic.\nexception e to definition d:\n does not apply if the «system» is sold in the Union.", "", ""},
    // ---- names that mean too much
    {"ON2020", "definition d: the developer of a model is supervised if «the staff» exceeds 3 persons and the model has a placer.", "", "the staff of a model is a number of persons."},
    {"ON2021", "parameter the «share» is 1/2.", "", ""},
    {"ON2021", "", "", "the mood of a model is one of: good; bad; «good»."},
    {"ON2021", "definition d:\n a model is systemic if all of the following apply:\n - (a) the model is licensed for use.\n reading \"r\": instead of (a): the model is open-weight.\n reading «\"r\"»: instead of (a): the model is freely licensed.", "", ""},
    {"ON2022", "", "", "the «training  Compute» of a model is a date."},
    {"ON2022", "", "", "a model may be: «open weight»."},
    {"ON2022", "terms:\n a model may be by law: «open-weight».", "", ""},
    {"ON2023", "definition d: a model is systemic.\ndefinition «d»: a model is general-purpose.", "", ""},
    {"ON2023", "part V.\npart «V».", "", ""},
    {"ON2024", "definition d:\n a model is systemic if all of the following apply:\n - (a) the model is licensed for use;\n - «(a)» the model is open-weight.", "", ""},
    {"ON2026", "duty d: for each model, each provider of a «model» must \"act\".", "", ""},
    {"ON2027", "definition d: a model is systemic.\nexception e to definition d and definition «d»:\n does not apply.", "", ""},
    {"ON2028", "definition d: a model is systemic if for at least one «other» modification of the model, the modification is internal.", "", ""},
    {"ON2029", "case \"c\" as of 2026-01-01:\n given:\n - the turnover of «\"A\"» in 2025 is 1 EUR;\n expect:\n - \"M\" is systemic.\n", "", "the turnover of a system in a year is an amount of EUR."},
    // ---- things in the wrong place
    {"ON2030", "definition d: a model is systemic if the «provider» of the model is established in the Union.", "", ""},
    {"ON2031", "definition d: a model is systemic if the «open-weight» of the model is established in the Union.", "", ""},
    {"ON2032", "definition d: a model is systemic if the compute of the «modifications of the model» exceeds 1 FLOP.", "", ""},
    {"ON2033", "definition d: a model is systemic if the staff of the «placing date of the model» exceeds 3 persons.", "", ""},
    {"ON2034", "definition d: a model is systemic if every «developer» of the model is established in the Union.", "", ""},
    {"ON2035", "definition d: a model is systemic if every «training cost» of the model is established in the Union.", "", ""},
    {"ON2036", "duty d: each «provider» must \"act\".", "", ""},
    {"ON2036", "definition d: a model is systemic if the developer of the model is a «provider».", "", ""},
    {"ON2037", "definition d: a model is systemic if the compute «of a modification» exceeds 1 FLOP.", "", ""},
    {"ON2038", "duty d: for each «upstream model» of a model, the developer must \"act\".", "", ""},
    {"ON2039", "definition d: «the placing date of a model» is systemic.", "", ""},
    {"ON2040", "definition d: a model is systemic if the compute of «\"M\"» exceeds 1 FLOP.", "", ""},
    {"ON2041", "case \"c\" as of 2026-01-01:\n given:\n - \"M\" «of the model» is open-weight;\n expect:\n - \"M\" is systemic.", "", ""},
    {"ON2042", "parameter the count is the number of «models».", "", ""},
    {"ON2047", "duty d: each provider of a model must «\" \"».", "", ""},
    {"ON2043", "definition d: a model is systemic.\n «due»: by 2026-01-01.", "", ""},
    {"ON2043", "duty d: each provider of a model must \"act\".\n «rebutted if»: the model is open-weight.", "", ""},
    {"ON2044", "duty d: each provider of a model must \"act\".\n from: 2026-01-01.\n «from»: 2026-01-02.", "", ""},
    // ---- amounts and dates
    {"ON2050", "definition d: a model is systemic if the training compute of the model exceeds «3e6 EUR».", "", ""},
    {"ON2050", "definition d: a model is systemic if the training compute of the model plus «the training cost of the model» exceeds 1 FLOP.", "", ""},
    {"ON2050", "definition d: a model is systemic if the placing date of the model is after «the discovery of the gravest incident».", "", "the gravest incident of a model is an incident."},
    {"ON2050", "definition d: a model is systemic if the training compute of the model exceeds «the placing date of the model».", "", ""},
    {"ON2050", "definition d: a model is systemic if the developer of the model is «the Commission».", "", ""},
    {"ON2051", "definition d: a model is systemic if the training compute of the model exceeds «1e25».", "", ""},
    {"ON2051", "definition d: a model is systemic if «1e25» is below the training compute of the model.", "", ""},
    {"ON2052", "definition d: a model is systemic if «the developer of the model» exceeds 3 EUR.", "", ""},
    {"ON2052", "duty d: each provider of a model must \"act\".\n due: by «the training cost of the model».", "", ""},
    {"ON2052", "definition d: a model is systemic if «the training cost of the model» is before 2026-01-01.", "", ""},
    {"ON2053", "definition d: a model is systemic if «the score of the model times the training cost of the model» exceeds 1 EUR.", "", ""},
    {"ON2054", "definition d: a model is systemic if the training compute of the model exceeds «3 EUR times 2 FLOP».", "", ""},
    {"ON2055", "definition d: a model is systemic if the training compute of the model exceeds «3» of the large compute.", "", ""},
    {"ON2056", "definition d: a model is systemic if the training compute of the model exceeds 3 «EUR» of the large compute.", "", ""},
    {"ON2057", "definition d: a model is systemic if the placing date of the model is before «2026-02-30».", "", ""},
    {"ON2057", "part V.\n applies from: «2023-02-29».", "", ""},
    {"ON2059", "duty d: each provider of a model must \"act\".\n due: within 3 «EUR» of 2026-01-01.", "", ""},
    {"ON2060", "duty d: each provider of a model must \"act\".\n due: within «1.5» days of 2026-01-01.", "", ""},
    {"ON2061", "definition d: a model is systemic if 3 «hours» after the placing date of the model is before today.", "", ""},
    {"ON2062", "definition d: an actor is supervised if «the turnover of the actor» exceeds 1 EUR.", "", ""},
    {"ON2063", "definition d: an actor is supervised if the staff of the actor «in 2024» exceeds 1 person.", "", ""},
    {"ON2064", "definition d: an actor is supervised if the turnover of the actor in «20240» exceeds 1 EUR.", "", ""},
    {"ON2065", "definition d: an actor is supervised if the staff of the actor «as of today» exceeds 1 person.", "", ""},
    {"ON2066", "parameter the size is «the share times 3».", "", ""},
    {"ON2067", "parameter the size is 3 from 2026-01-01 until «2025-12-31».", "", ""},
    {"ON2068", "parameter the size is:\n - 3 from 2025-01-01 until 2026-01-01;\n «- 4 from 2026-01-01».", "", ""},
    {"ON2069", "definition d:\n a model is systemic if any «3» of the following apply:\n - the model is open-weight;\n - the model is licensed for use.", "", ""},
    {"ON2070", "definition d: a model is systemic if at least «0» modifications of the model are internal.", "", ""},
    {"ON2071", "parameter the size is 3 from 2026-01-01.\ndefinition d: a model is systemic if the score of the model exceeds «the size».", "", ""},
    {"ON2071", "parameter the size is:\n - 3 until 2025-01-01;\n - 4 from 2025-01-03.\ndefinition d: a model is systemic if the score of the model exceeds «the size».", "", ""},
    {"ON2071", "parameter the size is 3 from 2026-01-01.\ndefinition d: a model is systemic if the score of the model exceeds «the size as of 2025-12-31».", "", ""},
    {"ON2071", "parameter the size is 3 from 2026-01-01.\ndefinition d: a model is systemic if the score of the model exceeds «the size as of the placing date of the model».\n from: 2026-01-01.", "", ""},
    // ---- what is said of things
    {"ON2080", "definition d: a model is systemic if the placing date of the model is «systemic».", "", ""},
    {"ON2081", "definition d: a model is systemic if the developer of the model is «the original model of the origin of the model».", "", ""},
    {"ON2082", "definition d: a model is systemic if it is established that the model is «open-weight».", "", ""},
    {"ON2082", "presumption p: a model is presumed «general-purpose».", "", ""},
    {"ON2083", "definition d: a model is «open-weight» if the model is general-purpose.", "", ""},
    {"ON2083", "definition d: the developer of a model is a «contractor» of the placer of the model.", "", ""},
    {"ON2084", "definition d: a model is systemic if the model is open-weight «under test-act».", "", ""},
    {"ON2085", "definition d: a model is systemic if the model is not open-weight or «licensed for use».", "", ""},
    {"ON2086", "definition d: a model is systemic if the score of the model exceeds 3 and «open-weight».", "", ""},
    {"ON2087", "definition d: a model is systemic if at least one modality of the model «exceeds 3».", "", ""},
    {"ON2088", "definition d: a model is systemic if the model has a «developer».", "", ""},
    {"ON2089", "definition d: a model is systemic if «the training cost of the model» is unknowable to the developer of the model.", "", ""},
    {"ON2090", "definition d: a model is systemic if «the modifier of the origin of the model is not freely licensed».", "", "an actor may be: freely licensed."},
    // ---- declarations
    {"ON2100", "", "", "the «budget» is an amount of EUR."},
    {"ON2101", "", "", "the budget of an actor in a «month» is an amount of EUR."},
    {"ON2102", "", "", "the founding of an actor «in a year» is a date."},
    {"ON2103", "", "", "the shown models of an actor «is the model with that developer, if any»."},
    {"ON2104", "", "", "the heads of an actor are «an actor»."},
    {"ON2104", "", "an actor", "the head of an actor is «actors»."},
    {"ON2104", "", "an amount of EUR", "the budget of an actor is «EUR»."},
    {"ON2105", "", "", "the finest models of an actor are the models with that «origin»."},
    {"ON2106", "", "", "the old models of a model are the origin of the «modification», repeated."},
    {"ON2107", "", "", "the old models of a model are «the origin of the model, repeated»."},
    {"ON2108", "", "", "an incident exists from «the placing date of the affected model of the incident»."},
    {"ON2109", "value v: «a model» is 3 EUR.", "", ""},
    {"ON2109", "value v: «the cost of the original model of a modification» is 3 EUR.", "", ""},
    {"ON2110", "value v: the «weight» of a model is the weight of the original model of the origin of the model.", "", ""},
    {"ON2111", "value v:\n the weight of a model is:\n - 3 EUR «otherwise»;\n - 4 EUR if the model is open-weight.", "", ""},
    // ---- provisions that name others
    {"ON2120", "value v: the weight of a model is 3 EUR.\nexception e to «value v»:\n does not apply.", "", ""},
    {"ON2121", "«exception e» to every duty:\n does not apply.\ndefinition d: a model is systemic.", "", ""},
    {"ON2122", "definition d over «every duty»: a model is systemic.", "", ""},
    {"ON2123", "definition d: a model is systemic.\ncase \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - \"M\" is systemic because «every duty».", "", ""},
    {"ON2124", "«exception e» to exception f:\n does not apply.\nexception f to exception e:\n does not apply.", "", ""},
    {"ON2125", "«definition d»: a model is systemic if the model is general-purpose.\ndefinition e: a model is general-purpose if the model is systemic.", "", ""},
    {"ON2127", "definition d: a model is systemic.\ncase \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - «definition d» applies for \"M\".", "", ""},
    {"ON2128", "duty d: each provider of a model must \"act\".\n failing which: «duty e».\nduty e: the Commission must \"act\".", "", ""},
    {"ON2129", "duty d: each provider of a model must \"act\".\n fulfilled by: «duty d».", "", ""},
    {"ON2130", "duty d: each provider of a model must \"act\".\n fulfilled by: «duty e».\nduty e: the Commission must \"act\".", "", ""},
    {"ON2043", "permission p: each provider of a model may \"act\".\n «failing which»: penalty e.\npenalty e: each provider of a model is liable to a fine of at most 3 EUR.", "", ""},
    {"ON2052", "penalty e: each provider of a model is liable to a fine of at most «3».", "", ""},
    // ---- what has no meaning yet
    {"ON2190", "duty d: each provider of a model must \"act\".\n «renamed from»: duty c.", "", ""},
    {"ON2190", "definition d: an actor is supervised if «the greatest of the training cost of the developed model for every developed model of the actor» exceeds 3 EUR.", "", ""},
    {"ON2190", "case \"c\" as of 2026-01-01:\n given:\n - \"M\" is open-weight;\n expect:\n - «every model» is systemic.", "", ""},
};

struct Unmarked {
  std::string text;
  std::size_t begin = std::string::npos;
  std::size_t end = 0;
};

Unmarked unmark(std::string_view marked) {
  constexpr std::string_view open = "«";
  constexpr std::string_view close = "»";
  Unmarked result;
  const auto at = marked.find(open);
  if (at == std::string_view::npos) {
    result.text = std::string(marked);
    return result;
  }
  const auto to = marked.find(close);
  result.text = std::string(marked.substr(0, at)) + std::string(marked.substr(at + open.size(), to - at - open.size())) +
                std::string(marked.substr(to + close.size()));
  result.begin = at;
  result.end = to - open.size();
  return result;
}

}  // namespace

TEST_CASE("each mistake has one message, at its place, with its suggestion") {
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.body);
    CAPTURE(mistake.declaration);
    const Unmarked body = unmark(mistake.body);
    const Unmarked declaration = unmark(mistake.declaration);
    const std::string vocabulary = test_vocabulary();
    const std::string frame = test_regulation("");
    const Built built = build({vocabulary + declaration.text + "\n", frame + body.text + "\n"});
    INFO(built.messages());
    CHECK(built.syntax_errors == 0);
    CHECK(built.sink.all().size() == 1);
    if (built.sink.all().size() != 1) continue;
    const Diagnostic& said = built.sink.all().front();
    CHECK(info(said.kind).code == mistake.code);
    const bool in_body = body.begin != std::string::npos;
    const std::size_t begin = in_body ? frame.size() + body.begin : vocabulary.size() + declaration.begin;
    const std::size_t end = in_body ? frame.size() + body.end : vocabulary.size() + declaration.end;
    CHECK(built.sources.text(said.span) == (in_body ? frame + body.text : vocabulary + declaration.text).substr(begin, end - begin));
    CHECK(said.span.file.index == (in_body ? 1 : 0));
    CHECK(said.span.begin == begin);
    CHECK((said.fixes.empty() ? std::string() : said.fixes.front().text) == mistake.suggestion);
  }
}

TEST_CASE("statuses, regulations, vocabularies and drafts") {
  const auto only = [](const std::vector<std::string>& texts) {
    const Built built = build(texts);
    CHECK(built.syntax_errors == 0);
    return built.messages();
  };
  CHECK(only({"regulation r \"R\".\nstatus: propsed.\n"}) == "ON2013 [propsed] `propsed` is no status => proposed\n");
  CHECK(only({"regulation r \"R\".\n", "regulation R \"Other\".\n"}) == "ON2025 [R] there are two regulations `R`\n");
  CHECK(only({"vocabulary v \"V\".\nkinds: model.\nterms:\n  a model may be by law: big.\ndefinition d: a model is big.\n"}) ==
        "ON2045 [definition] a vocabulary declares words and states assumptions; a definition stands in a regulation\n");
  CHECK(only({"vocabulary v \"V\".\nacts: placing.\n"}) == "ON2190 [acts] `acts` has no meaning in this version\n");
  CHECK(only({"regulation r \"R\".\npart one \"P\" [RX 3].\npart two \"Q\" [RY 3; RX].\n"}) ==
        "ON2048 [RX] no source is declared, so nothing says what `RX` is\n");
  CHECK(only({"draft d \"D\" amends \"r\".\n"}) == "ON2190 [draft] `draft` has no meaning in this version\n");
}

TEST_CASE("every kind of message is in the table above") {
  std::set<std::string> tested{"ON2013", "ON2025", "ON2045", "ON2048"};
  for (const Mistake& mistake : mistakes) tested.insert(std::string(mistake.code));
  // Guards against texts that no test should have to write out: nesting that the parser refuses first, 100,000 targets.
  const std::set<std::string> guards{"ON2046", "ON2126"};
  const Kind kinds[] = {
#define ONUS_DIAGNOSTIC(code, name, severity, format, ...) Kind::name,
#include "diagnostics/model.def"
#undef ONUS_DIAGNOSTIC
  };
  for (const Kind kind : kinds) {
    const std::string code(info(kind).code);
    if (!guards.contains(code)) CHECK_MESSAGE(tested.contains(code), code << " has no test");
  }
}

TEST_CASE("a suggestion says where the name is declared; an ambiguous name shows its readings") {
  const Built near = build_regulation("definition d: a model is systemic if the model is licenced for use.\n");
  REQUIRE(near.sink.all().size() == 1);
  REQUIRE(near.sink.all()[0].notes.size() == 1);
  CHECK(near.sources.text(near.sink.all()[0].notes[0].span) == "licensed for use");
  CHECK(near.sink.all()[0].notes[0].span.file.index == 0);
  CHECK(near.sink.all()[0].notes[0].message == "`licensed for use` is declared here");

  const Built twice = build_regulation(
      "definition d: a modification is relevant if for at least one other modification of the original model, the compute exceeds 1 FLOP.\n");
  CHECK(twice.messages() == "ON2020 [the compute] `the compute` can mean more than one thing here\n");
  REQUIRE(twice.sink.all()[0].notes.size() == 2);
  CHECK(twice.sink.all()[0].notes[0].message == "`the compute of the modification`?");
  CHECK(twice.sink.all()[0].notes[1].message == "`the compute of the other modification`?");
}

TEST_CASE("what depends on a mistake is silent") {
  // The value's sentence is wrong; its uses are not.
  const Built value = build_regulation(
      "value v: the weight of a model is the training cost of the modle.\n"
      "definition d: a model is systemic if the weight of the model exceeds 3 EUR.\n"
      "value w: the height of a model is 2 times the weight of the model.\n"
      "definition e: a model is general-purpose if the height of the model exceeds 3 EUR.\n"
      "exception x to definition d:\n does not apply if the weight of the model exceeds 5 EUR.\n");
  CHECK(value.messages() == "ON2001 [modle] `modle` is not known here => model\n");
  CHECK(value.model.provisions.empty());

  // So is a parameter, a term, a kind that could not be read.
  const Built parameter = build_regulation(
      "parameter the border is 3 EURO-DOLLARS.\n"
      "definition d: a model is systemic if the training cost of the model exceeds the border.\n");
  INFO(parameter.messages());
  CHECK(parameter.sink.errors() == 1);

  const Built term = build({test_vocabulary() + "  the owner of a model is an acter.\n",
                            test_regulation("definition d: the owner of a model is supervised if the owner is established in the Union.\n")});
  CHECK(term.messages() == "ON2005 [acter] `acter` is no declared kind => actor\n");

  // A target without meaning, or with a mistake in its sentence.
  const Built target = build_regulation(
      "duty p: each provider of a model must \"act\" as notice.\n"
      "exception e to duty p:\n does not apply if the model is open-weight.\n"
      "definition d: a modle is systemic.\n"
      "exception f to definition d:\n does not apply if the model is open-weight.\n");
  CHECK(target.messages() ==
        "ON2190 [\"act\" as notice] `a declared act` has no meaning in this version\nON2005 [modle] `modle` is no declared kind => model\n");
}

TEST_CASE("an exception with several named targets is reported once") {
  const Built built = build_regulation(
      "duty k: each provider of a model must \"act\".\n"
      "duty b: each provider of a model must \"act again\".\n"
      "exception e to duty k and duty b:\n does not apply if the system is sold in the Union.\n");
  CHECK(built.messages() == "ON2015 [system] `system` is not in the row of duty k\n");
}

TEST_CASE("all mistakes of a file are reported in one run") {
  const Built built = build_regulation(
      "definition k: a modle is systemic.\n"
      "definition b: a model is sistemic.\n"
      "duty c: each provider of a model must \"act\".\n"
      "  towards: the comission.\n"
      "  due: within 3 moons of 2026-01-01.\n"
      "  limited to: the orign of the model.\n"
      "exception d to duty x:\n  does not apply.\n");
  CHECK(built.sink.errors() == 6);
}
