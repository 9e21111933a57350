// The program's own `operator new` and `delete` for small objects. Judging a case makes and drops some hundred thousand of
// them; the general allocator takes a fifth of the whole run for that. Here one is taken from, and given back to, a list of
// its size. There is one thread (no lock), and what does not fit comes from `malloc`, as usual.
//
// Not for sanitizer builds: those have to see each object.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t granule = 16, largest = 512, page = 4096, pages = 16384;
static_assert(__STDCPP_DEFAULT_NEW_ALIGNMENT__ <= granule);

struct Free {
  Free* next;
};

// Pages of the arena hold objects of one size each. Untouched, it takes no memory.
alignas(page) std::array<std::byte, page * pages> arena;
std::array<std::uint8_t, pages> class_of_page;
std::size_t next_page = 0;
std::array<Free*, largest / granule + 1> free_objects;

struct Rest {   // of the page that a size is cut from now
  std::byte* next = nullptr;
  std::size_t objects = 0;
};
std::array<Rest, largest / granule + 1> rests;

void* from_malloc(std::size_t bytes) {
  for (;;) {
    if (void* const result = std::malloc(bytes == 0 ? 1 : bytes)) return result;
    const auto handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void* from_page(std::size_t size_class) {
  Rest& rest = rests[size_class];
  const std::size_t bytes = size_class * granule;
  if (rest.objects == 0) {
    if (next_page == pages) return from_malloc(bytes);
    class_of_page[next_page] = static_cast<std::uint8_t>(size_class);
    rest = {arena.data() + next_page * page, page / bytes};
    ++next_page;
  }
  --rest.objects;
  void* const result = rest.next;
  rest.next += bytes;
  return result;
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (bytes > largest) return from_malloc(bytes);
  const std::size_t size_class = bytes == 0 ? 1 : (bytes + granule - 1) / granule;
  Free* const first = free_objects[size_class];
  if (first == nullptr) return from_page(size_class);
  free_objects[size_class] = first->next;
  return first;
}

void operator delete(void* object) noexcept {
  const auto offset = reinterpret_cast<std::uintptr_t>(object) - reinterpret_cast<std::uintptr_t>(arena.data());
  if (offset >= page * pages) {
    std::free(object);
    return;
  }
  Free*& first = free_objects[class_of_page[offset / page]];
  first = new (object) Free{first};
}

void operator delete(void* object, std::size_t /*bytes*/) noexcept { operator delete(object); }
