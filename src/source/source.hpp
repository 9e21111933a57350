// Source buffers and positions: every text that onus reads is a named buffer here, read once.
// Spans are byte offsets with a file; line and column exist only in this module.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onus {

struct FileId {
  std::uint32_t index = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

// Bytes [begin, end) of a file.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend auto operator<=>(const Span&, const Span&) = default;
};

// The smallest span that holds both; both must be of one file.
[[nodiscard]] Span cover(Span a, Span b);

// One-based; the column counts code points, `byte_column` bytes, `utf16_column` UTF-16 units.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t byte_column = 1;
  std::uint32_t utf16_column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Position position(std::uint32_t offset) const;
  // The line (one-based) without its line end; empty when there is no such line.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  // SHA-256 of the bytes as they were read, in lower-case hexadecimal.
  [[nodiscard]] std::string sha256() const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

// Owns all buffers of a run. Adding may move the files: keep ids, not references.
class SourceStore {
 public:
  // `text` must be shorter than 4 GiB.
  FileId add(std::string path, std::string text);
  [[nodiscard]] const SourceFile& file(FileId id) const { return files_[id.index]; }
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::vector<SourceFile> files_;
};

}  // namespace onus
