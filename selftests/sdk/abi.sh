#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Whether NETCX_ABI_VERSION says that the binary interface has changed:
#
#   abi.sh [--record] SYMVERS
#
# SYMVERS is a Module.symvers of netcx.ko. Its checksums are the kernel's (CONFIG_MODVERSIONS), of each function's prototype
# and of all structures it leads to; they are the same on all kernels whose checksums genksyms makes. The file "abi" beside
# this script has them as they are for one NETCX_ABI_VERSION; --record writes it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
recorded=$here/abi

record=
if [ "${1:-}" = --record ]; then
	record=yes
	shift
fi
if [ ! -s "${1:-}" ]; then
	echo "abi.sh: usage: abi.sh [--record] SYMVERS; a build leaves it in out/<kernel release>/Module.symvers" >&2
	exit 2
fi

version=$(sed -n 's/^#define NETCX_ABI_VERSION //p' "$top/include/netcx/netcx_version.h")
# Lines "NAME CHECKSUM".
now=$(awk -F '\t' '$3 ~ /(^|\/)netcx$/ { print $2, $1 }' "$1" | LC_ALL=C sort)
if grep -q ' 0x00000000$' <<<"$now"; then
	echo "abi.sh: $1: the kernel makes no checksums" >&2
	exit 1
fi

if [ -n "$record" ]; then
	{ echo "# Written by abi.sh --record."; echo "ABI $version"; echo "$now"; } >"$recorded"
	exit
fi

# What was there and is not, or not as it was; lines of the ABI's number and comments aside.
changed=$(LC_ALL=C comm -13 <(echo "$now") <(grep -vE '^(#|ABI )' "$recorded") | cut -d ' ' -f 1 | paste -sd ' ')
new=$(LC_ALL=C comm -23 <(echo "$now" | cut -d ' ' -f 1) <(cut -d ' ' -f 1 "$recorded") | paste -sd ' ')
if grep -qx "ABI $version" "$recorded"; then
	[ -z "$changed" ] || {
		echo "abi.sh: changed or gone, but NETCX_ABI_VERSION is still $version: $changed; raise it in" \
			"include/netcx/netcx_version.h and write it down: selftests/sdk/abi.sh --record $1" >&2
		exit 1
	}
	[ -z "$new" ] || {
		echo "abi.sh: new, which does not change the ABI: $new; write it down: selftests/sdk/abi.sh --record $1" >&2
		exit 1
	}
else
	echo "abi.sh: NETCX_ABI_VERSION has changed; write it down: selftests/sdk/abi.sh --record $1" >&2
	exit 1
fi
