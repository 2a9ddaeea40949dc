#!/bin/sh
# Installs the Debian packages that are missing: what building needs, and with the argument "test" what testing needs too.
set -eu

packages="cmake gcc libc6-dev ninja-build pkg-config libedit-dev libgmp-dev libjansson-dev libmsgpack-dev libseccomp-dev libsqlite3-dev libutf8proc-dev
          libuv1-dev zlib1g-dev libbz2-dev liblzma-dev libexpat1-dev libssl-dev libpython3.11-stdlib python3.11 unicode-data"
if [ "${1:-}" = test ]; then
    packages="$packages libcmocka-dev python3-msgpack binutils procps"
fi

missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null; then
    as_root="sudo"
else
    echo "missing packages, and neither root nor sudo to install them:$missing" >&2
    exit 1
fi
echo "installing:$missing"
$as_root apt-get update -q
# shellcheck disable=SC2086 -- a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
