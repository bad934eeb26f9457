#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What cannot be built is refused in one line that says why, a C++ compiler is found where there is one, and what the kernel has is found
# whatever the compiler warns of; and make clean of the kernel's build cleans up:
#
#   refused.sh KDIR [SUMMARY]
#
# KDIR holds the headers of a kernel that can be built for, and is taken for one that cannot. SUMMARY gets "PASSED FAILED SKIPPED".
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
kdir=${1:?usage: refused.sh KDIR [SUMMARY]}
summary=${2:-}
[ -z "$summary" ] || rm -f "$summary"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# expect NAME PATTERN LINES: in what the command before left in $scratch/said there are so many lines that match.
expect() {
	if [ "$(grep -cE -e "$2" "$scratch/said" || :)" -eq "$3" ]; then
		passed=$((passed + 1))
		echo "ok $1"
	else
		failed=$((failed + 1))
		echo "not ok $1: not $3 lines of '$2' in:"
		sed 's/^/	/' "$scratch/said"
	fi
}

# build ARGUMENTS...: which is to fail
build() {
	local status=0
	make --no-print-directory -C "$top" modules-only KDIR="$kdir" tree="$scratch/tree" "$@" >"$scratch/said" 2>&1 || status=$?
	[ "$status" -ne 0 ] || echo "it was built" >>"$scratch/said"
	rm -rf "$scratch/tree"
}

# fake NAME VERSION: a C compiler of that name, and of that version by its own word
fake() {
	mkdir -p "$scratch/bin"
	# shellcheck disable=SC2016 # for the shell that runs it
	printf '#!/bin/sh\ncase $1 in -dumpversion) echo %s ;; *) exec %s "$@" ;; esac\n' "$2" "$(command -v gcc)" >"$scratch/bin/$1"
	chmod +x "$scratch/bin/$1"
}

# cxx COMPILER...: what cxx.sh says of it, where the faked ones are
cxx() {
	PATH=$scratch/bin:$PATH sh "$top/module/cxx.sh" "$@" >"$scratch/said"
}

version=$(gcc -dumpversion | cut -d. -f1)

build CONFIG_64BIT=
expect "32 bits are refused" '\*\*\* netcx: this kernel is for x86 with 32 bits, NetCx is for' 1
expect "32 bits: nothing was compiled" '^ +(CC|CXX|PROBE) |it was built' 0

build SRCARCH=sparc
expect "another architecture is refused" '\*\*\* netcx: this kernel is for sparc, NetCx is for' 1

# A function that the headers declare, but nobody can call.
echo '#define netif_set_tso_max_size(dev, size) older(dev, struct { size; } *)' >"$scratch/older.h"
build KCFLAGS="-include $scratch/older.h"
expect "a kernel that lacks something is named with what it lacks" '^netcx: kernel [^ ]+ is not supported: it lacks .* \(need [0-9]+ of' 1
expect "a kernel that lacks something: nothing was compiled" '^ +(CC|CXX) |it was built|error:' 0

# probes ARGUMENTS...: what they find; the first C++ that is compiled after them ends the build
probes() {
	make --no-print-directory -C "$top" modules-only KDIR="$kdir" tree="$scratch/tree" CXX=false "$@" >"$scratch/said" 2>&1 || :
	cat "$scratch/tree/generated/netcx_probes.h" 2>/dev/null || :
	make --no-print-directory -C "$kdir" M="$scratch/tree" clean >"$scratch/cleaned" 2>&1 || echo "make clean fails" >>"$scratch/cleaned"
	find "$scratch/tree" -name '*.o' -o -name '.*.cmd' -o -name generated >>"$scratch/cleaned"
	rm -rf "$scratch/tree"
}

probes >"$scratch/found"
cp "$scratch/found" "$scratch/said"
expect "there are facilities" '^#define NETCX_HAVE_' "$(grep -c . "$scratch/found" | awk '{ print $1 - 1 }')"
cp "$scratch/cleaned" "$scratch/said"
expect "make clean of the kernel's build leaves nothing" 'fails|netcx:|\*\*\*|\.o$|\.cmd$|generated$' 0

echo '#warning a header that is warned of' >"$scratch/warned.h"
probes W=2 KCFLAGS="-include $scratch/warned.h" | diff "$scratch/found" - >"$scratch/differences" || :
cp "$scratch/differences" "$scratch/said"
expect "a warning of the headers changes nothing that is found" . 0

build KCFLAGS="-Werror=cpp -include $scratch/warned.h"
expect "headers that do not compile are named with the compiler's line" \
	"^netcx: the kernel's headers do not compile.*warned.h:1.*a header that is warned of" 1
expect "headers that do not compile: nothing was compiled" '^ +(CC|CXX) |it was built' 0

build CC=gcc-that-is-not-there
expect "a missing C compiler is named" '\*\*\* netcx: there is no gcc-that-is-not-there, the C compiler' 1

cxx gcc --
expect "g++ goes with gcc" '^g\+\+$' 1
cxx ccache gcc --
expect "ccache stays" '^ccache g\+\+$' 1
fake compiler "$version"
cxx compiler --
expect "a compiler of another name gets the g++ of its version" "^[^ ]*g\+\+(-$version)?$" 1
fake gcc-of-last-year $((version - 1))
cxx gcc-of-last-year --
expect "a newer g++ does" '^[^ ]*g\+\+(-[0-9]+)?$' 1
cxx gcc-of-last-year -- --a-flag-that-is-none
expect "a newer g++ that does not take the flags does not" '^none: .* no g\+\+ of that or a newer version that fits: install one \(apt install g' 1
OBJTOOL=false cxx gcc-of-last-year --
expect "a newer g++ whose objects objtool refuses does not" '^none: ' 1
mkdir -p "$scratch/bin"
printf '#!/bin/sh\necho "	call	__atomic_exchange_1"\n' >"$scratch/bin/g++-calling"
printf '#!/bin/sh\n' >"$scratch/bin/gcc-calling"
chmod +x "$scratch"/bin/g*-calling
cxx gcc-calling -- -O2
expect "a g++ that calls a library for atomic operations does not" '^none: g\+\+-calling calls a library, .* atomic operations on bytes' 1
fake gcc-of-the-future 99
cxx gcc-of-the-future --
expect "an older g++ does not" '^none: .*\(apt install g\+\+-99\)$' 1

echo "$passed passed, $failed failed, 0 skipped"
[ -z "$summary" ] || echo "$passed $failed 0" >"$summary"
[ "$failed" -eq 0 ]
