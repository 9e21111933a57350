#!/usr/bin/env bash
# tools/run in a made-up checkout whose "compiler" is a pair of fakes: when it builds, when it does not, and what onus gets.
# usage: run_test.sh RUN
set -euo pipefail

run=$(realpath -- "$1")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
root="$scratch/a check out"
failures=0
checks=0
status=0 out='' err='' log=''

mkdir -p "$root"/{tools/onus,src/base,cmake,include/onus,grammar} "$scratch/bin"
cp -- "$run" "$root/tools/run"
touch "$root"/{CMakeLists.txt,CMakePresets.json,src/base/number.cpp,README.md}

script() { { printf '#!/usr/bin/env bash\nlog=%q\n' "$scratch/log"; cat; } >"$1"; chmod +x "$1"; }
script "$root/tools/setup" <<'FAKE'
cat >/dev/null # a greedy reader: onus' input must not be within its reach
echo setup >>"$log"
[[ ! -e $log.no-setup ]]
FAKE
script "$scratch/bin/cmake" <<'FAKE'
echo "cmake $*" >>"$log"
[[ ! -e $log.no-cmake ]] || { echo "CMake Error: so there"; exit 1; }
touch build/release/build.ninja
FAKE
script "$scratch/bin/ninja" <<'FAKE'
[[ $1 == -C ]] || exit 9
if [[ $3 == -n ]]; then
  [[ ! -e $log.up-to-date ]] || echo "ninja: no work to do."
  exit 0
fi
echo "ninja ${*:3}" >>"$log"
[[ ! -e $log.no-ninja ]] || { echo "error: expected ';'"; exit 1; }
echo "[1/1] building"
mkdir -p "$2/tools/onus"
cat >"$2/tools/onus/onus" <<'ONUS'
#!/usr/bin/env bash
printf 'in %s:' "$PWD"
printf ' <%s>' "$@"
printf ' stdin %s\n' "$(cat)"
exit 4
ONUS
chmod +x "$2/tools/onus/onus"
FAKE
export PATH="$scratch/bin:$PATH"

try() { # try ARGS…: from $scratch, "hello" on standard input
  : >"$scratch/log"
  status=0
  (cd "$scratch" && echo hello | "$root/tools/run" "$@") >"$scratch/out" 2>"$scratch/err" || status=$?
  out=$(<"$scratch/out") err=$(<"$scratch/err") log=$(<"$scratch/log")
}
later() { touch -d '+2 seconds' "$@"; } # as if edited after the last build
settled() { find "$root" -exec touch -h -d '-1 minute' {} +; touch -h -d '-30 seconds' "$root/build/release/.tools-run"; }

check() { # check WHAT CONDITION…
  local what=$1
  shift
  checks=$((checks + 1))
  if ! "$@"; then
    failures=$((failures + 1))
    printf 'FAILED: %s (status %s)\n--- stdout\n%s\n--- stderr\n%s\n--- log\n%s\n' "$what" "$status" "$out" "$err" "$log"
  fi
}
is() { [[ $1 == "$2" ]]; }
has() { [[ $1 == *"$2"* ]]; }

answer="in $(cd "$scratch" && pwd): <check> <a b> <--x=*> <> stdin hello"
built=$'setup\ncmake --preset release --log-level=WARNING\nninja onus'
rebuilt=$'setup\nninja onus'

try check 'a b' '--x=*' ''
check "first run: sets up, configures, builds" is "$log" "$built"
check "onus gets the arguments, the folder and the input untouched" is "$out" "$answer"
check "its exit status is passed on" is "$status" 4
check "the building is told on stderr" has "$err" "[1/1] building"

settled
try check 'a b' '--x=*' ''
check "second run: nothing but onus" is "$log$err" ""
check "with the same answer" is "$out" "$answer"

later "$root/src/base/number.cpp"
touch "$scratch/log.up-to-date"
try x
check "ninja finds nothing to do: silence" is "$log$err" setup
rm "$scratch/log.up-to-date"

for path in src/base/number.cpp CMakeLists.txt; do
  settled
  later "$root/$path"
  try x
  check "$path changed: built again" is "$log" "$rebuilt"
done
settled
later "$root/CMakePresets.json"
try x
check "the presets changed: configured again" is "$log" "$built"
settled
touch "$root/src/base/new.cpp"
try x
check "a file came: built again" is "$log" "$rebuilt"
settled
rm "$root/src/base/new.cpp"
try x
check "a file went: built again" is "$log" "$rebuilt"
settled
later "$root/README.md"
try x
check "what is not built from does not count" is "$log$err" ""

settled
rm "$root/build/release/tools/onus/onus"
try x
check "the program is gone: built again" is "$log" "$rebuilt"

settled
later "$root/src/base/number.cpp"
touch "$scratch/log.no-ninja"
try x
check "a failed build: onus is not run" is "$status$out" 70
check "and the error is shown" has "$err" "error: expected ';'"
rm "$scratch/log.no-ninja"
try x
check "and the next run builds again" is "$log" "$rebuilt"

touch "$scratch/log.no-cmake"
later "$root/CMakePresets.json"
try x
check "a failed configuration: onus is not run" is "$status$out" 70
check "and CMake's words are shown" has "$err" "CMake Error: so there"
rm "$scratch/log.no-cmake"
touch "$scratch/log.no-setup"
try x
check "a failed set-up: nothing else is tried" is "$status$out$log" 70setup
rm "$scratch/log.no-setup"

try x
settled
mv "$root" "$scratch/moved"
root=$scratch/moved
try x
check "a checkout that moved: configured afresh" has "$log" "cmake --preset release --fresh"
settled
ln -s "$root/tools/run" "$scratch/bin/onus-run"
: >"$scratch/log"
out=$(cd / && onus-run y </dev/null) || status=$?
check "through a link, from elsewhere" is "$out" "in /: <y> stdin "

printf '%d checks, %d failures\n' "$checks" "$failures"
((failures == 0))
