#include "report/json.hpp"

#include <stdexcept>

#include "source/utf8.hpp"

namespace onus::reports {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

void append_escape(std::string& out, unsigned unit) {
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(unit >> shift) & 0xFU];
}

// Characters that a reader may take for a line end, or that cannot be seen, are written as escapes.
bool plain(char32_t code_point) { return code_point == 0x09 || code_point == 0x0A || judge_code_point(code_point).allowed; }

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
      ++at;
      continue;
    }
    const Decoded decoded = decode_utf8(text, at);
    if (!decoded.valid) {
      for (std::uint32_t i = 0; i < decoded.length; ++i) {
        const auto stray = static_cast<unsigned char>(text[at + i]);
        out += "\\\\x";
        out += digits[stray >> 4U];
        out += digits[stray & 0xFU];
      }
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (plain(decoded.code_point)) {
      out.append(text.substr(at, decoded.length));
    } else if (decoded.code_point >= 0x10000) {
      const auto rest = static_cast<unsigned>(decoded.code_point) - 0x10000U;
      append_escape(out, 0xD800U + (rest >> 10U));
      append_escape(out, 0xDC00U + (rest & 0x3FFU));
    } else {
      append_escape(out, static_cast<unsigned>(decoded.code_point));
    }
    at += decoded.length;
  }
  out += '"';
  return out;
}

Json Json::text(std::string_view value) {
  Json json;
  json.scalar_ = json_quoted(value);
  json.flat_ = json.scalar_.size();
  return json;
}

Json Json::number(std::int64_t value) {
  Json json;
  json.scalar_ = std::to_string(value);
  json.flat_ = json.scalar_.size();
  return json;
}

Json Json::number(const Number& value) {
  const auto written = to_text(value);
  if (written.find('/') != std::string::npos) return text(written);
  Json json;
  json.scalar_ = written;
  json.flat_ = json.scalar_.size();
  return json;
}

Json Json::boolean(bool value) {
  Json json;
  json.scalar_ = value ? "true" : "false";
  json.flat_ = json.scalar_.size();
  return json;
}

Json Json::null() {
  Json json;
  json.scalar_ = "null";
  json.flat_ = json.scalar_.size();
  return json;
}

Json Json::list() {
  Json json;
  json.shape_ = Shape::List;
  return json;
}

Json Json::object() {
  Json json;
  json.shape_ = Shape::Object;
  return json;
}

Json Json::texts(const std::vector<std::string>& values) {
  Json json = list();
  for (const auto& value : values) json.push(text(value));
  return json;
}

Json& Json::push(Json value) {
  if (shape_ != Shape::List) throw std::logic_error("only a list of JSON takes items");
  flat_ += value.flat_ + (entries_.empty() ? 0 : 2);
  entries_.emplace_back(std::string(), std::move(value));
  return *this;
}

Json& Json::append(const Json& list) {
  for (const auto& [key, value] : list.entries_) push(value);
  return *this;
}

Json& Json::add(std::string_view key, Json value) {
  if (shape_ != Shape::Object) throw std::logic_error("only an object of JSON takes keys");
  auto quoted = json_quoted(key);
  flat_ += quoted.size() + 2 + value.flat_ + (entries_.empty() ? 0 : 2);
  entries_.emplace_back(std::move(quoted), std::move(value));
  return *this;
}

std::string Json::print(std::size_t columns) const {
  std::string out;
  out.reserve(flat_ + flat_ / 4);
  print_to(out, 0, columns);
  out += '\n';
  return out;
}

std::string Json::compact() const {
  std::string out;
  out.reserve(flat_);
  print_flat(out);
  return out;
}

// The nesting is that of the report's format, a dozen levels, whatever the input.
void Json::print_to(std::string& out, std::size_t indent, std::size_t columns) const {
  if (shape_ == Shape::Scalar || indent + flat_ <= columns || entries_.empty()) return print_flat(out);
  out += shape_ == Shape::List ? '[' : '{';
  bool first = true;
  for (const auto& [key, value] : entries_) {
    if (!first) out += ',';
    out += '\n';
    out.append(indent + 1, ' ');
    first = false;
    if (shape_ == Shape::Object) {
      out += key;
      out += ": ";
    }
    value.print_to(out, indent + 1, columns);
  }
  out += '\n';
  out.append(indent, ' ');
  out += shape_ == Shape::List ? ']' : '}';
}

void Json::print_flat(std::string& out) const {
  if (shape_ == Shape::Scalar) {
    out += scalar_;
    return;
  }
  out += shape_ == Shape::List ? '[' : '{';
  bool first = true;
  for (const auto& [key, value] : entries_) {
    if (!first) out += ", ";
    first = false;
    if (shape_ == Shape::Object) {
      out += key;
      out += ": ";
    }
    value.print_flat(out);
  }
  out += shape_ == Shape::List ? ']' : '}';
}

}  // namespace onus::reports
