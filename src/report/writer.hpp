// Where a page goes: its titles, verdicts and entries, as lines for a terminal or as Markdown. Whoever writes a page gives plain
// text; what comes from a file is made safe here, for what it is written to.
#pragma once

#include <string>
#include <string_view>

#include "report/text.hpp"

namespace onus::reports {

class Writer {
 public:
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;

  virtual void title(std::string_view text) = 0;                                        // of a case
  virtual void under(std::string_view label, std::string_view text) = 0;                // below a title: "under  --no-defaults"
  virtual void section(std::string_view text) = 0;                                      // of a case, in Markdown alone
  virtual void group(std::string_view text) = 0;                                        // "Acme, for the model M"
  virtual void head(std::string_view word, std::string_view text, Tone tone) = 0;       // "applies  53(1)(d) …"
  virtual void entry(std::string_view label, std::string_view text, Tone tone) = 0;     // below a head; no label: it goes on
  virtual void gap() = 0;                                                               // before what closes the page
  virtual void closing(std::string_view label, std::string_view text, Tone tone) = 0;   // "left out  …"
  virtual void line(std::string_view text, Tone tone) = 0;
  virtual std::string take() = 0;
};

class TerminalWriter final : public Writer {
 public:
  explicit TerminalWriter(const Style& style) : style_(style) {}
  void title(std::string_view text) override;
  void under(std::string_view label, std::string_view text) override;
  void section(std::string_view text) override;
  void group(std::string_view text) override;
  void head(std::string_view word, std::string_view text, Tone tone) override;
  void entry(std::string_view label, std::string_view text, Tone tone) override;
  void gap() override;
  void closing(std::string_view label, std::string_view text, Tone tone) override;
  void line(std::string_view text, Tone tone) override;
  std::string take() override { return std::move(out_); }

 private:
  Style style_;
  std::string out_;
};

class MarkdownWriter final : public Writer {
 public:
  void title(std::string_view text) override;
  void under(std::string_view label, std::string_view text) override;
  void section(std::string_view text) override;
  void group(std::string_view text) override;
  void head(std::string_view word, std::string_view text, Tone tone) override;
  void entry(std::string_view label, std::string_view text, Tone tone) override;
  void gap() override;
  void closing(std::string_view label, std::string_view text, Tone tone) override;
  void line(std::string_view text, Tone tone) override;
  std::string take() override { return std::move(out_); }

 private:
  void block(std::string_view mark, const std::string& text);   // with a blank line before it
  void item(std::string_view mark, const std::string& text);    // of a list

  std::string out_;
  bool in_list_ = false;
};

// Text as Markdown that shows exactly it: no emphasis, links, HTML, entities, footnotes, formulas, nor links that some readers
// make of bare addresses. On one line.
std::string markdown(std::string_view text);

}  // namespace onus::reports
