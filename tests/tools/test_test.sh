#!/usr/bin/env bash
# tools/test and .ci/run in a made-up checkout with a made-up cmake, ninja and ctest: what fails them, what they print.
# usage: test_test.sh TEST CI-RUN
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
root="$scratch/a check out"
failures=0
checks=0
status=0 out='' log=''

mkdir -p "$root/tools" "$root/.ci" "$scratch/bin"
cp -- "$1" "$root/tools/test"
cp -- "$2" "$root/.ci/run"
unset CI ONUS_TEST_DATA ONUS_REQUIRE_CORPORA

script() { { printf '#!/usr/bin/env bash\nscratch=%q\n' "$scratch"; cat; } >"$1"; chmod +x "$1"; }
# Each fake logs its arguments and fails if $scratch/fails holds a line that begins like them.
for name in setup cmake ninja; do
  place=$scratch/bin/$name
  [[ $name != setup ]] || place=$root/tools/setup
  script "$place" <<FAKE
echo "$name \$*" >>"\$scratch/log"
! grep -q "^$name \${*:1:2}" "\$scratch/fails"
FAKE
done
script "$scratch/bin/ctest" <<'FAKE'
echo "ctest $* data=$ONUS_TEST_DATA" >>"$scratch/log"
echo "1/1 Test #1: some ....   Passed"
if [[ $2 == ci ]]; then
  mkdir -p build/ci/Testing/Temporary
  cp "$scratch/words" build/ci/Testing/Temporary/LastTest.log
fi
if grep -q "^ctest --preset $2" "$scratch/fails"; then
  printf '\n0%% tests passed, 1 tests failed out of 1\n\nThe following tests FAILED:\n\t  1 - some (Failed)\nErrors while running CTest\n'
  exit 8
fi
printf '\n100%% tests passed, 0 tests failed out of 1\n\nTotal Test time (real) =   0.01 sec\n'
FAKE
export PATH="$scratch/bin:$PATH"

try() { # try COMMAND ARGS…
  : >"$scratch/log"
  status=0
  (cd / && "$root/$1" "${@:2}") >"$scratch/out" 2>&1 || status=$?
  out=$(<"$scratch/out") log=$(<"$scratch/log")
}
check() { # check WHAT CONDITION…
  local what=$1
  shift
  checks=$((checks + 1))
  if ! "$@"; then
    failures=$((failures + 1))
    printf 'FAILED: %s (status %s)\n--- output\n%s\n--- log\n%s\n' "$what" "$status" "$out" "$log"
  fi
}
is() { [[ $1 == "$2" ]]; }
has() { [[ $1 == *"$2"* ]]; }
lacks() { [[ $1 != *"$2"* ]]; }
ends() { [[ $1 == *"$2" ]]; }

closing=$'100% tests passed, 0 tests failed out of 1\n\nTotal Test time (real) =   0.01 sec'
both='corpus present: a-b
xx corpus present: c
corpus present: c
'
printf '%s' "$both" >"$scratch/words"
: >"$scratch/fails"

try tools/test -R 'x y'
check "all is well" is "$status" 0
check "the last words are ctest's" ends "$out" "$closing"
check "the corpora are counted once each" has "$out" "corpora: 2 present, 0 absent"$'\n'
check "the packages of the tests are wanted" has "$log" "setup --tests"
check "sanitizers come first" has "${log%%ctest --preset ci*}" "ctest --preset asan"
check "every test of the main run, with the arguments" has "$log" "ctest --preset ci -j $(nproc) -R x y data=$root/../shared/data"

try tools/test --quick
check "--quick leaves the sanitizers out" is "$status$(grep -c asan "$scratch/log")" 00

for what in 'cmake --preset asan' 'ninja -C build/asan' 'ctest --preset asan'; do
  echo "$what" >"$scratch/fails"
  try tools/test
  check "'$what' fails: so does the whole" is "$status" 1
  check "which is said" has "$out" "FAILED: sanitizer"
  check "and the main run still takes place, with its words last" ends "$out" "$closing"
done
for what in 'setup --tests' 'cmake --preset ci' 'ninja -C build/ci'; do
  echo "$what" >"$scratch/fails"
  try tools/test
  check "'$what' fails: so does the whole" is "$status" 1
  check "and no test is said to have passed in the main run" lacks "$log" "ctest --preset ci"
done
echo 'ctest --preset ci' >"$scratch/fails"
try tools/test
check "a test fails: so does the whole" is "$status" 1
check "the last words are ctest's" ends "$out" "Errors while running CTest"
: >"$scratch/fails"

printf '%scorpus absent: e\ncorpus absent: d\n' "$both" >"$scratch/words"
try tools/test
check "an absent corpus is said" is "$status$(grep -c '^corpora: 2 present, 2 absent: d e$' "$scratch/out")" 01
try .ci/run
check "is no failure where there are no corpora" is "$status" 0
CI=true try .ci/run
check "is one under CI" is "$status$(grep -c '^FAILED: absent corpora$' "$scratch/out")" 11
mkdir -p "$scratch/shared/data"
try .ci/run
check "and where there are" is "$status$(grep -c '^FAILED: absent corpora$' "$scratch/out")" 11
check "the last words are ctest's still" ends "$out" "$closing"
echo nothing >"$scratch/words"
try .ci/run
check "no test looked for a corpus" is "$status$(grep -c '^FAILED: no test looked for a corpus$' "$scratch/out")" 11
printf '%s' "$both" >"$scratch/words"
try .ci/run
check "all there" is "$status" 0

printf '%d checks, %d failures\n' "$checks" "$failures"
((failures == 0))
