#include "driver/settings.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/number_text.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "driver/second_opinion.hpp"
#include "model/parameter_days.hpp"

namespace onus::driver {
namespace {

std::string without_article(std::string_view name) {
  std::string text = normalise_name(name);
  if (text.starts_with("the ")) text.erase(0, 4);
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// A value of a parameter as a rule would write it: `1e26 FLOP`, `1/3`, `3 percent`, a date.
Number parameter_value(const model::Parameter& parameter, std::string_view given) {
  const std::string option = "--set " + parameter.name;
  const std::string_view text = trimmed(given);
  if (parameter.is_date) return Number(date_of(option, std::string(text)).days);
  const auto blank = text.find(' ');
  const auto number = parse_number(text.substr(0, blank), NumberSyntax::Unsigned);
  if (!number) {
    throw UsageError(option + ": `" + std::string(text.substr(0, blank)) + "` is not a number: " + std::string(explain(number.error().kind)));
  }
  const std::string_view unit_text = blank == std::string_view::npos ? std::string_view() : trimmed(text.substr(blank));
  if (unit_text.empty()) {
    if (!parameter.unit || dimension_of(*parameter.unit) == Dimension::Share) return *number;
    throw UsageError(option + ": the parameter has a unit: write `" + std::string(text) + " " + std::string(unit_name(*parameter.unit)) + "`");
  }
  const auto unit = find_unit(unit_text);
  if (!unit) {
    const auto near = nearest_unit(unit_text);
    throw UsageError(option + ": `" + std::string(unit_text) + "` is not a unit" +
                     (near ? "; did you mean `" + std::string(unit_name(*near)) + "`?" : ""));
  }
  const Dimension wanted = parameter.unit ? dimension_of(*parameter.unit) : Dimension::Share;
  if (dimension_of(*unit) != wanted) {
    throw UsageError(option + ": the parameter is measured in " + std::string(dimension_name(wanted)) + ", and `" + std::string(unit_text) +
                     "` is a unit of " + std::string(dimension_name(dimension_of(*unit))));
  }
  return to_base(*number, *unit);
}

std::uint64_t whole_number(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw UsageError(option + ": `" + text + "` is not a whole number");
  return value;
}

}  // namespace

std::string hint(const std::string& word, const std::vector<std::string>& candidates) {
  const auto near = nearest(candidates, word);
  return near ? "; did you mean `" + candidates[*near] + "`?" : "";
}

Limits limits_of(const Common& common) {
  Limits limits;
  for (const auto& wanted : common.limits) {
    const std::string& name = wanted.first;   // clang 14 takes no bindings into lambdas
    const std::string& text = wanted.second;
    const auto it = std::find_if(limit_table.begin(), limit_table.end(), [&](const LimitInfo& limit) { return limit.name == name; });
    if (it == limit_table.end()) {
      std::vector<std::string> names;
      for (const auto& limit : limit_table) names.emplace_back(limit.name);
      throw UsageError("--limit: there is no limit `" + name + "`" + hint(name, names));
    }
    if (it->fixed) throw UsageError("--limit: `" + name + "` cannot be changed");
    limits.*(it->value) = whole_number("--limit " + name, text);
  }
  if (common.max_errors) limits.diagnostics_per_file = *common.max_errors;
  return limits;
}

Date date_of(const std::string& option, const std::string& text) {
  const auto date = parse_date(text);
  if (!date) throw UsageError(option + ": `" + text + "` is not a date: " + explain(date.error()));
  return *date;
}

Date today() {
  using namespace std::chrono;
  const auto days_since_1970 = floor<days>(system_clock::now()).time_since_epoch().count();
  const auto epoch = Date::from_civil(1970, 1, 1);
  return add_days(*epoch, days_since_1970).value_or(Date::last());
}

formula::Options formula_options(const model::Model& model, const Assumptions& assumptions) {
  formula::Options options;
  for (const auto& label : assumptions.assume_in_force) {
    std::vector<std::string> labels;
    std::optional<model::RegulationId> found;
    for (const auto id : model.regulations.ids()) {
      labels.push_back(model.regulations[id].label);
      if (labels.back() == label) found = id;
    }
    if (!found) throw UsageError("--assume-in-force: there is no regulation `" + label + "`" + hint(label, labels));
    options.assume_in_force.push_back(*found);
  }
  return options;
}

std::vector<std::pair<model::ProvisionId, std::uint32_t>> choices(const model::Model& model, const std::string& readings) {
  std::vector<std::pair<model::ProvisionId, std::uint32_t>> result;
  std::string_view rest = readings;
  for (bool more = true; more;) {
    const auto plus = rest.find(" + ");
    more = plus != std::string_view::npos;
    const std::string name(trimmed(rest.substr(0, plus)));
    if (more) rest.remove_prefix(plus + 3);
    std::vector<std::string> names;
    bool found = false;
    for (const auto id : model.provisions.ids()) {
      const auto& known = model.provisions[id].readings;
      for (std::uint32_t i = 0; i < known.size(); ++i) {
        names.push_back(known[i].name);
        if (known[i].name != name) continue;
        found = true;
        result.emplace_back(id, i);
        break;
      }
    }
    if (!found) throw UsageError("no provision has a reading `" + name + "`" + hint(name, names));
  }
  return result;
}

evaluate::Options judge_options(const model::Model& model, const Assumptions& assumptions, const Limits& limits) {
  evaluate::Options options;
  options.no_defaults = assumptions.no_defaults;
  options.budget = limits.graph_steps;
  options.second_opinion = second_opinion();
  for (const auto& reading : assumptions.readings) {
    const auto chosen = choices(model, reading);
    options.readings.insert(options.readings.end(), chosen.begin(), chosen.end());
  }
  for (const auto& [name, value] : assumptions.parameters) {
    const std::string wanted = without_article(name);
    std::vector<std::string> names;
    std::optional<model::ParameterId> found;
    for (const auto id : model.parameters.ids()) {
      names.push_back(model.parameters[id].name);
      if (normalise_name(names.back()) == wanted) found = id;
    }
    if (!found) throw UsageError("--set: there is no parameter `" + name + "`" + hint(wanted, names));
    for (const auto& [id, number] : options.parameters) {
      if (id == *found) throw UsageError("--set: `" + model.parameters[*found].name + "` is set twice");
    }
    options.parameters.emplace_back(*found, parameter_value(model.parameters[*found], value));
  }
  return options;
}

bool assumed_rules_hold(const model::Model& model, const formula::Options& assumed, const evaluate::Options& set, Sink& sink) {
  if (assumed.assume_in_force.empty()) return true;   // the model was checked without assumptions
  std::vector<model::ProvisionId> provisions;
  for (const auto id : model.provisions.ids()) provisions.push_back(id);
  std::vector<model::ParameterId> overridden;
  for (const auto& [id, number] : set.parameters) overridden.push_back(id);
  return model::check_parameters(model, provisions, assumed.assume_in_force, overridden, sink);
}

std::vector<std::string> described(const Assumptions& assumptions) {
  std::vector<std::string> result;
  for (const auto& label : assumptions.assume_in_force) result.push_back("`" + label + "` taken to be in force");
  for (const auto& [name, value] : assumptions.parameters) result.push_back("the " + without_article(name) + " set to " + value);
  for (const auto& name : assumptions.readings) result.push_back("the reading \"" + name + "\"");
  if (assumptions.no_defaults) result.emplace_back("no defaults: what a case does not say is not known");
  return result;
}

}  // namespace onus::driver
