#!/usr/bin/env bash
# tools/setup against a made-up machine: dpkg-query, apt-get, sudo and id are replaced by scripts that log what is asked.
# usage: setup_test.sh SETUP
set -euo pipefail

setup=$(realpath -- "$1")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
bash=$(command -v bash)
failures=0
checks=0

# machine: a fresh one in $scratch/bin where everything is installed, the user is root and apt works.
# The files beside it steer the fakes: absent (package names), removes, uid, sudo (ok or password), broken (words).
machine() {
  rm -rf -- "${scratch:?}"/*
  mkdir -p "$scratch/bin"
  touch "$scratch"/{absent,removes,broken,log}
  echo 0 >"$scratch/uid"
  printf 'ID=debian\nVERSION_ID="12"\n' >"$scratch/os-release"
  local tool
  for tool in bash env sed cat mktemp; do ln -s "$(command -v "$tool")" "$scratch/bin/$tool"; done

  fake dpkg-query <<'FAKE'
status=0
for name in "$@"; do
  case $name in -* | *'${'*) continue ;; esac
  if grep -qx -- "$name" "$scratch/absent"; then
    echo "dpkg-query: no packages found matching $name" >&2; status=1
  elif grep -qx -- "$name config" "$scratch/absent"; then echo "$name config-files"
  else echo "$name installed"; fi
done
exit "$status"
FAKE
  fake apt-get <<'FAKE'
echo "apt-get $*" >>"$scratch/log"
grep -q apt "$scratch/broken" && { echo "E: apt is broken" >&2; exit 100; }
case " $* " in
  *" -s "*)
    grep -q plan "$scratch/broken" && { echo "E: Unable to locate package" >&2; exit 100; }
    while read -r name; do echo "Remv $name [1.0]"; done <"$scratch/removes"
    echo "Inst something (1.0 Debian:12/stable [amd64])" ;;
  *" update "*) grep -q update "$scratch/broken" && exit 100 ;;
  *" install "*)
    grep -q install "$scratch/broken" && exit 100
    [[ $DEBIAN_FRONTEND == noninteractive ]] || { echo "would ask" >&2; exit 1; }
    [[ $(<"$scratch/uid") == 0 || -n ${AS_ROOT:-} ]] || { echo "not root" >&2; exit 1; } ;;
esac
exit 0
FAKE
  fake id <<'FAKE'
cat "$scratch/uid"
FAKE
}

# fake NAME: a script from standard input that finds $scratch and the real tools, whatever PATH its caller has.
fake() { { printf '#!%s\nscratch=%q PATH=/usr/bin:/bin\n' "$bash" "$scratch"; cat; } >"$scratch/bin/$1"; chmod +x "$scratch/bin/$1"; }

sudo_that() {
  echo "$1" >"$scratch/sudo"
  fake sudo <<'FAKE'
echo "sudo $*" >>"$scratch/log"
[[ $1 == -n ]] || { echo "sudo would ask for a password" >&2; exit 1; }
[[ $(<"$scratch/sudo") == ok ]] || { echo "sudo: a password is required" >&2; exit 1; }
shift
export AS_ROOT=1 PATH=$scratch/bin:$PATH
"$@"
FAKE
}

# try ARGS…: runs setup on the machine; its status, stdout and stderr end up in $status, $out and $err.
try() {
  status=0
  env -i PATH="$scratch/bin" ONUS_OS_RELEASE="$scratch/os-release" ${skip:+ONUS_SKIP_SETUP=1} \
    "$bash" "$setup" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
  out=$(<"$scratch/out") err=$(<"$scratch/err") log=$(<"$scratch/log")
}

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
lacks() { [[ $1 != *"$2"* ]]; }

machine
try
check "nothing missing: success" is "$status" 0
check "nothing missing: silence" is "$out$err" ""
check "nothing missing: apt is not asked" is "$log" ""

machine
printf 'doctest-dev\nclang-14\n' >"$scratch/absent"
try
check "what only the tests need is not wanted without --tests" is "$status$err$log" 0
try --tests
check "--tests installs it" is "$status" 0
check "exactly what is missing, never removing" has "$log" "install -y --no-remove --no-install-recommends doctest-dev clang-14"

machine
printf 'libfmt-dev\ncmake\n' >"$scratch/absent"
try
check "root, two missing: success" is "$status" 0
check "update comes first" has "${log%%$'\n'*}" " update"
check "then a simulation" has "$log" "apt-get -s install --no-install-recommends cmake libfmt-dev"
check "then the installation" has "${log##*$'\n'}" "install -y --no-remove --no-install-recommends cmake libfmt-dev"
check "nothing on stdout" is "$out" ""

machine
echo 'ccache config' >"$scratch/absent"
try
check "removed but configured counts as missing" has "$log" "--no-install-recommends ccache"

machine
echo libboost1.81-dev >"$scratch/absent"
printf 'libboost1.74-dev\nlibboost-dev\n' >"$scratch/removes"
try
check "a plan that removes packages stops" is "$status" 1
check "and names them" has "$err" "apt would remove: libboost1.74-dev libboost-dev"
check "and gives the command, which asks" has "$err" "  apt-get install --no-install-recommends libboost1.81-dev"
check "and installs nothing" lacks "$log" "install -y"

machine
echo cmake >"$scratch/absent"
echo 1000 >"$scratch/uid"
try
check "no root, no sudo: stops" is "$status" 1
check "with the command for root" has "$err" "  apt-get update && apt-get install -y --no-remove --no-install-recommends cmake      (as root)"
check "and touches nothing" is "$log" ""

machine
echo cmake >"$scratch/absent"
echo 1000 >"$scratch/uid"
sudo_that password
try
check "sudo with a password: stops" is "$status" 1
check "with the command" has "$err" "  sudo apt-get update && sudo apt-get install -y --no-remove --no-install-recommends cmake"
check "and asks nothing but sudo -n true" is "$log" "sudo -n true"

machine
echo cmake >"$scratch/absent"
echo 1000 >"$scratch/uid"
sudo_that ok
try
check "sudo without a password: success" is "$status" 0
check "installs through it" has "$log" "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 install"

machine
echo cmake >"$scratch/absent"
echo update >"$scratch/broken"
try
check "a failed update is no end" is "$status" 0
check "but is said" has "$err" "apt-get update failed"

machine
echo cmake >"$scratch/absent"
echo plan >"$scratch/broken"
try
check "a plan that fails stops" is "$status" 1
check "showing what apt said" has "$err" "Unable to locate package"
check "and installs nothing" lacks "$log" "install -y"

machine
echo cmake >"$scratch/absent"
echo install >"$scratch/broken"
try
check "a failed installation is a failure" is "$status" 1

machine
echo cmake >"$scratch/absent"
printf 'ID=ubuntu\nVERSION_ID="24.04"\n' >"$scratch/os-release"
try
check "another system: stops" is "$status" 1
check "says which" has "$err" "this is ubuntu 24.04"
check "and what is missing" has "$err" $'\n  cmake\n'
check "and touches nothing" is "$log" ""
skip=1 try
check "ONUS_SKIP_SETUP takes what is there" is "$status$err$log" 0

for other in 'ID=debian VERSION_ID=13' 'ID=mint VERSION_ID=12'; do
  machine
  echo cmake >"$scratch/absent"
  tr ' ' '\n' <<<"$other" >"$scratch/os-release"
  try
  check "$other is another system" is "$status$log" 1
done

machine
rm "$scratch/bin/dpkg-query" "$scratch/bin/apt-get"
printf 'ID=fedora\nVERSION_ID=41\n' >"$scratch/os-release"
try --tests
check "no dpkg: stops" is "$status" 1
check "naming everything" has "$err" "libboost1.81-dev"

machine
rm "$scratch/os-release"
echo cmake >"$scratch/absent"
try
check "no os-release: stops" is "$status" 1
check "and says so" has "$err" "this is unknown"

machine
try --frobnicate
check "an unknown argument" is "$status" 2
try --help
check "help" is "$status$err" 0
check "help on stdout" has "$out" "usage: tools/setup"

printf '%d checks, %d failures\n' "$checks" "$failures"
((failures == 0))
