// Vectors of FIPS 180-4 and of the NIST example files.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "support.hpp"

using namespace onus;
using namespace onus::testing;

TEST_CASE("SHA-256 of the published messages") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                   "nopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(sha256_hex(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("pieces of any size give the hash of the whole") {
  Random random(31);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string message;
    for (std::size_t i = 0; i < size; ++i) message += static_cast<char>(random.below(256));
    Sha256 pieces;
    for (std::string_view rest = message; !rest.empty();) {
      const std::size_t taken = std::min<std::size_t>(rest.size(), random.below(100));
      pieces.update(rest.substr(0, taken));
      rest.remove_prefix(taken);
    }
    REQUIRE(pieces.finish() == sha256(message));
  }
}

TEST_CASE("one changed byte changes the hash, and hex is the digest") {
  CHECK(sha256("a") != sha256("b"));
  CHECK(to_hex(sha256("abc")) == sha256_hex("abc"));
  CHECK(sha256("abc")[0] == 0xba);
}
