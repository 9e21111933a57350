// Reads a case file, YAML or JSON alike, against a model: the document's texts become entities, states of facts, stated
// conclusions, performances and expectations.
//
// Promises. Nothing in the file is passed over: every key, list item and value ends up in the case or in an error at its own
// place. All errors of a file are reported in one run (the first thousand; then their number). A text in quotes is never a
// number; a value without quotes is what the declared type of its term says, whatever it looks like. Names of kinds and terms
// are compared as in rules (case ignored, hyphen = blank, articles left out); members, answers and names of entities are
// compared as written. Both formats of one case give equal cases but for spans.
//
// The states (semantics.md § 2):
//   v, {"amount": v, "unit": u}, a member, a name, a date      Exact; numbers in base units, dates as days, moments as minutes
//   between a and b u, {"between": [a, b], "unit": u}          Between; Exact where a = b
//   about v u ± p %, {"about": v, "percent": p, "unit": u}     Between v(1 − p/100), cut at 0, and v(1 + p/100)
//   not given                                                  NotGiven; for a judgement with no answer
//   not applicable                                             NotApplicable
//   unknowable                                                 NotGiven with unknowable_to_all
//   {value: S, unknowable to: [A, …]}                          as S, with unknowable_to
//   judgement yes, no                                          Exact, `yes`, and the answer
//   judgement not established                                  NotGiven with the answer NotEstablished
#pragma once

#include <optional>

#include "base/limits.hpp"
#include "data/document.hpp"
#include "diagnostics/diagnostic.hpp"
#include "facts/case.hpp"
#include "model/model.hpp"
#include "source/source.hpp"

namespace onus::facts {

// Nothing when at least one error was reported. The case is called after the file's path. A case is a situation, not a
// population: beyond `case_entities`, `case_facts` and `case_digits` it is refused, so that no file of the allowed size takes
// more memory or time than its size warrants.
[[nodiscard]] std::optional<Case> read_case(const model::Model& model, const data::Document& document,
                                            const SourceStore& store, FileId file, Sink& sink, const Limits& limits = {});

}  // namespace onus::facts
