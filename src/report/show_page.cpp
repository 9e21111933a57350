#include <algorithm>

#include "base/text.hpp"
#include "report/show.hpp"
#include "report/show_words.hpp"
#include "report/words.hpp"

namespace onus::reports {
namespace {

constexpr std::size_t name_columns = 36;

class Page {
 public:
  Page(const model::Model& model, const Style& style, const std::vector<std::string>& only) : model_(model), style_(style), only_(only) {}

  std::string build() {
    if (wants("regulations")) regulations();
    if (wants("terms")) terms();
    if (wants("conclusions")) conclusions();
    if (wants("values")) values();
    if (wants("parameters")) parameters();
    if (wants("provisions")) provisions();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool wants(std::string_view section) const { return only_.empty() || std::find(only_.begin(), only_.end(), section) != only_.end(); }
  void title(const std::string& text) { out_ += (out_.empty() ? "" : "\n") + toned(safe(text), Tone::Strong, style_) + "\n"; }
  void entry(const std::string& name, const std::string& text) { append_entry(out_, safe(name), safe(text), 2, name_columns, style_); }
  void more(const std::string& text) { append_entry(out_, "", safe(text), 2, name_columns, style_); }

  void regulations() {
    for (const auto& regulation : model_.regulations) {
      title(regulation.label + ": " + regulation.title);
      if (!regulation.jurisdiction.empty()) entry("for", regulation.jurisdiction);
      entry("status", status_text(regulation));
      if (!regulation.periods.empty()) entry("periods", regulation.periods);
      if (!regulation.time_zone.empty()) entry("time zone", regulation.time_zone);
    }
    if (!model_.sources.empty()) {
      title("Sources");
      for (const auto& source : model_.sources) entry(source.label, source.title);
    }
    if (!model_.parts.empty()) {
      title("Parts");
      for (const auto& part : model_.parts) {
        std::string text = part.title;
        if (!part.citations.empty()) text += " [" + citations_text(part.citations) + "]";
        if (part.applies_from) text += "; applies from " + to_text(*part.applies_from);
        if (part.enforceable_from) text += "; enforceable from " + to_text(*part.enforceable_from);
        entry("part " + part.label, text);
      }
    }
  }

  void terms() {
    for (const auto kind : model_.kinds.ids()) {
      const auto fields = model_.fields_of(kind);
      if (fields.empty()) continue;
      title("Terms of " + with_article(model_.kinds[kind].name));
      for (const auto id : fields) {
        const auto& field = model_.fields[id];
        std::string text = type_text(model_, field);
        const auto presumptions = presumed_by(model_, id);
        if (!presumptions.empty()) text += "; presumed by " + join(presumptions, ", ");
        entry(field.name, text);
        if (!field.question.empty()) more("\"" + field.question + "\"");
      }
    }
    if (!model_.authorities.empty()) {
      title("Authorities");
      for (const auto& authority : model_.authorities) entry(authority.name, "");
    }
  }

  void conclusions() {
    if (model_.predicates.empty()) return;
    title("Conclusions");
    for (const auto id : model_.predicates.ids()) {
      const auto& predicate = model_.predicates[id];
      std::string name = with_article(model_.kinds[predicate.owner].name) + " is ";
      name += predicate.object ? with_article(predicate.name) + " of " + with_article(model_.kinds[*predicate.object].name) : predicate.name;
      const auto names = concluded_by(model_, id);
      entry(name, names.empty() ? "no provision says so" : "by " + join(names, ", "));
    }
  }

  void values() {
    if (model_.values.empty()) return;
    title("Computed terms");
    for (const auto& value : model_.values) {
      entry(value.name + " of " + with_article(model_.kinds[value.owner].name), value_type_text(model_, value) + ", by " + cited(model_, value.provision));
    }
  }

  void parameters() {
    if (model_.parameters.empty()) return;
    title("Parameters");
    for (const auto& parameter : model_.parameters) {
      bool first = true;
      for (const auto& span : parameter.spans) {
        std::string text = parameter_text(parameter, span);
        const std::string when = span_text(span.from, span.until);
        if (!when.empty()) text += " " + when;
        if (first && !parameter.citations.empty()) text += " [" + citations_text(parameter.citations) + "]";
        entry(first ? parameter.name : "", text);
        first = false;
      }
    }
  }

  void provisions() {
    if (model_.provisions.empty()) return;
    std::optional<model::RegulationId> regulation;
    for (const auto id : model_.provisions.ids()) {
      const auto& provision = model_.provisions[id];
      if (!regulation || *regulation != provision.regulation) {
        regulation = provision.regulation;
        title(provision.in_vocabulary || !model_.regulations.contains(*regulation) ? std::string("Provisions of the vocabulary")
                                                                                   : "Provisions of " + model_.regulations[*regulation].label);
      }
      std::string text = provision.title;
      if (!provision.citations.empty()) text += " [" + citations_text(provision.citations) + "]";
      const auto targets = target_names(model_, provision);
      if (!targets.empty()) text += "; about " + join(targets, ", ");
      if (const auto from = applies_from(model_, provision)) text += "; applies from " + to_text(*from);
      if (const auto from = enforceable_from(model_, provision)) text += "; enforceable from " + to_text(*from);
      for (const auto& reading : provision.readings) text += "; reading \"" + reading.name + "\"";
      entry(std::string(model::word(provision.kind)) + " " + provision.label, text);
    }
  }

  const model::Model& model_;
  Style style_;
  const std::vector<std::string>& only_;
  std::string out_;
};

}  // namespace

const std::vector<std::string>& show_sections() {
  static const std::vector<std::string> names{"regulations", "terms", "conclusions", "values", "parameters", "provisions"};
  return names;
}

std::string show_page(const model::Model& model, const Style& style, const std::vector<std::string>& only) {
  return Page(model, style, only).build();
}

}  // namespace onus::reports
