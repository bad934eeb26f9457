#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Prints the C++ compiler that goes with a kernel's C compiler, or "none: " and why there is none, in one line.
#
#   cxx.sh C-COMPILER... -- FLAGS...
#
# That is the one of the same name: g++-14 for gcc-14, clang++ for clang. Else another g++ of the same major version and for the same
# machine; else a newer one which takes the flags and whose objects OBJTOOL (a command with its arguments, maybe empty) accepts.
set -eu

none() {
	echo "none: $*"
	exit
}

# The last word before "--" is the compiler, those before it are how it is called.
wrapper=
compiler=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
	wrapper="$wrapper${compiler:+$compiler }"
	compiler=$1
	shift
done
[ $# -eq 0 ] || shift

# there_is COMPILER
there_is() {
	command -v "$1" >/dev/null
}

there_is "$compiler" || none "there is no $compiler, the C compiler that this kernel is built with: install it (apt install ${compiler##*/})"

# By what it is, not by its name: "cc" can be either.
if "$compiler" --version 2>/dev/null | grep -q clang; then
	cxx=$(echo "$compiler" | sed 's,\(.*\)clang,\1clang++,')
	there_is "$cxx" || none "this kernel is built with $compiler and there is no $cxx: install it"
	echo "$wrapper$cxx"
	exit
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# found COMPILER FLAGS...: the one it is, unless it makes calls of a library, which the kernel has not, of atomic operations: so does g++
# before 13.2 on RISC-V of those on bytes.
found() {
	echo 'bool swapped(bool *flag) { return __atomic_exchange_n(flag, true, __ATOMIC_SEQ_CST); }' >"$folder/atomic.cpp"
	if "$@" -S -o - "$folder/atomic.cpp" 2>/dev/null | grep -q '__atomic_\|__sync_'; then
		none "$1 calls a library, which the kernel has not, for atomic operations on bytes: install a newer one (on RISC-V 13.2 does)"
	fi
	echo "$wrapper$1"
	exit
}

cxx=$(echo "$compiler" | sed 's,\(.*\)gcc,\1g++,')
if [ "$cxx" != "$compiler" ] && there_is "$cxx"; then
	found "$cxx" "$@"
fi

version=$("$compiler" -dumpversion)
version=${version%%.*}
machine=$("$compiler" -dumpmachine)

# fits COMPILER MAJOR
fits() {
	there_is "$1" && [ "$("$1" -dumpmachine)" = "$machine" ] && [ "$("$1" -dumpversion | cut -d. -f1)" -eq "$2" ]
}

# Virtual functions, a jump table and a loop.
cat >"$folder/probe.cpp" <<'END'
struct Base {
	virtual ~Base() {}
	virtual int of(int) = 0;
};
struct Derived : Base {
	int of(int x) override;
	int sum;
};
void *operator new(decltype(sizeof(0)) size);
void operator delete(void *) {}
void operator delete(void *, decltype(sizeof(0))) {}
int Derived::of(int x)
{
	switch (x) {
	case 0: return 7;
	case 1: sum = 5; break;
	case 2: return sum * 3;
	case 3: delete this; return 0;
	case 5: return -1;
	case 6: sum = x; break;
	case 4: return sum - 4;
	default: break;
	}
	for (int i = 0; i < x; i++)
		sum += i ^ sum;
	return sum;
}
END

# builds COMPILER FLAGS...
builds() {
	"$@" -c -o "$folder/probe.o" "$folder/probe.cpp" >"$folder/log" 2>&1 || return 1
	# shellcheck disable=SC2086 # a command and its arguments
	[ -z "${OBJTOOL:-}" ] || $OBJTOOL "$folder/probe.o" >"$folder/log" 2>&1 && [ ! -s "$folder/log" ]
}

major=$version
while [ "$major" -le $((version + 8)) ]; do
	for cxx in "$machine-g++-$major" "g++-$major" "$machine-g++" g++; do
		fits "$cxx" "$major" || continue
		if [ "$major" -eq "$version" ] || builds "$cxx" "$@"; then
			found "$cxx" "$@"
		fi
	done
	major=$((major + 1))
done

package=g++-$version
# Debian's name of a compiler for another machine, or for whom it is.
case $machine in
"$(uname -m)"-*) ;;
*) package=$package-$(echo "$machine" | tr _ -) ;;
esac
none "this kernel is built with $compiler and there is no g++ of that or a newer version that fits: install one (apt install $package)"
