#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Builds netcx_translation.ko for a kernel of the test host and prints the folder it is in: build.sh KVER
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
host=$top/selftests/host

if "$host/inside" --needed "$1"; then
	exec "$host/inside" "$here/build.sh" "$@"
fi
release=$("$host/kernel.sh" "$1" release)
kdir=$("$host/kernel.sh" "$1" kdir)
folder=$(realpath -m "${NETCX_OUT:-$top/out}")/bench/translation/$release
mkdir -p "$folder/selftests/bench"
cp -rsfu "$top/include" "$top/module" "$folder"
cp -rsfu "$top/selftests/kunit" "$folder/selftests"
cp -rsfu "$here" "$folder/selftests/bench"
ln -sf selftests/bench/translation/Kbuild "$folder/Kbuild"
find "$folder" -xtype l -delete
nice make -s -C "$kdir" M="$folder" -j"$(nproc)" modules >&2
echo "$folder"
