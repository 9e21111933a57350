#!/usr/bin/env bash
# paths_check.sh on a made-up repository: what must be found, and what must not.
# usage: paths_test.sh PATHS-CHECK
set -euo pipefail

check=$(realpath -- "$1")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
cd -- "$scratch"
git init -q .
failures=0

# A slash that this file itself does not hold next to a folder's name, or the check would find it here.
s=/
for text in "${s}home${s}ann/onus" "see ${s}tmp${s}build." "\"${s}Users${s}ann\"" "$(pwd -P)/README" "cd ${s}root${s}x"; do
  echo "$text" >bad.md
  git add bad.md
  if "$check" . >out; then echo "not found: $text"; failures=$((failures + 1)); fi
  grep -q '^bad.md:1:' out || { echo "not named: $text"; failures=$((failures + 1)); }
done

# shellcheck disable=SC2016
printf '%s\n' 'https://example.org/home/page' 'rules/work/x' '${TMPDIR:-/tmp}/x' '../home/x' '"$HOME/work/x"' '/usr/bin/env' >bad.md
git add bad.md
echo "${s}home${s}ann" >untracked
if ! "$check" . >out; then cat out; failures=$((failures + 1)); fi

echo "$failures failures"
((failures == 0))
