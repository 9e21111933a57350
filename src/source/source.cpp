#include "source/source.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/hash.hpp"

namespace onus {

Span cover(Span a, Span b) {
  assert(a.file == b.file);
  return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

Position SourceFile::position(std::uint32_t offset) const {
  const auto end = std::min<std::size_t>(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::uint32_t>(end));
  const auto index = static_cast<std::uint32_t>(next - line_starts_.begin()) - 1;
  Position result;
  result.line = index + 1;
  for (std::size_t at = line_starts_[index]; at < end; ++at) {
    const auto byte = static_cast<unsigned char>(text_[at]);
    ++result.byte_column;
    if ((byte & 0xC0U) != 0x80U) {
      ++result.column;
      result.utf16_column += byte >= 0xF0U ? 2U : 1U;
    }
  }
  return result;
}

std::string_view SourceFile::line(std::uint32_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[number - 1];
  std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

std::string SourceFile::sha256() const { return sha256_hex(text_); }

FileId SourceStore::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::string_view SourceStore::text(Span span) const {
  return file(span.file).text().substr(span.begin, span.end - span.begin);
}

}  // namespace onus
