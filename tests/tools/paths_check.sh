#!/usr/bin/env bash
# No file that git tracks names a place on somebody's machine.
# usage: paths_check.sh ROOT      exit status: 0 none found · 1 some, each printed with file and line
set -euo pipefail

cd -- "$1"
if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  echo "not a git checkout: nothing to check"
  exit 0
fi
# A folder of people or of scratch work at the root of a file system, with something in it. The pattern is written so
# that it does not match itself.
pattern='(^|[^A-Za-z0-9_.~)}*-])/(home|Users|root|work|tmp|mnt|scratch)/[A-Za-z0-9_]'
found=0
git grep -InE -e "$pattern" && found=1
# Where this very checkout lies, unless that is too short to mean anything.
here=$(pwd -P)
if ((${#here} > 4)); then git grep -InF -e "$here/" && found=1; fi
if ((found)); then
  echo "the lines above name places on a machine"
  exit 1
fi
echo "$(git ls-files | wc -l) files, no machine paths"
