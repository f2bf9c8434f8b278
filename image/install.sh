#!/bin/sh
# install.sh PLACE: a virtual environment with the platform and all packs, from this tree, with the versions of the lock.
set -eu
place=$1
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Constraints bear no hashes.
sed -e '/^ *--/d' -e 's/ *\\$//' "$root/.ci/locks/tests.txt" >"$work/pins.txt"
python3 -m venv "$place"
export PIP_CONSTRAINT="$work/pins.txt" PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_COMPILE=1
"$place/bin/pip" wheel --quiet --no-deps --wheel-dir "$work/wheels" "$root"/core/ "$root"/packs/*/ \
    "$root"/extensions/models/ "$root"/extensions/databases/ "$root"/extensions/report/ "$root"/extensions/learning/ \
    "$root"/extensions/app/ "$root"/extensions/platform/
# shellcheck disable=SC2046 # names of packs have no blanks
"$place/bin/pip" install --quiet --find-links "$work/wheels" "datamimic-platform[app,celery,postgresql]" \
    $(cd "$root/packs" && for each in *; do echo "datamimic-pack-$each" | tr _ -; done)
"$place/bin/pip" check
"$place/bin/syndata" --version
