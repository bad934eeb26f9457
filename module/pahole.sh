#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs pahole so that it makes no BTF from C++, which it would fail on. The Makefile has the kernel's build
# call this instead of pahole, where that makes BTF of modules.
#
#   pahole.sh ARGUMENTS...          pahole with these, and C++ left out as far as it can
#   pahole.sh --probe COMPILER...   succeeds if that works for an object of this C++ compiler with debug information
set -eu

# pahole takes none of the names if it does not know one of them.
names=rust
for name in c++ c++03 c++11 c++14 c++17 c++20 c++23; do
	case $(pahole --lang_exclude=$name "$0" 2>&1) in
	*"unknown language"* | *"unrecognized option"* | *"not found"*) ;;
	*) names=$names,$name ;;
	esac
done

# The kernel's own --lang_exclude, for Rust, comes before it: the last one counts.
run() {
	if [ "$names" = rust ]; then
		pahole "$@"
	else
		pahole "$@" --lang_exclude="$names"
	fi
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if [ "${1-}" != --probe ]; then
	status=0
	run "$@" 2>"$folder/errors" || status=$?
	# It reads C++ before it leaves it out, and says which parts of it are new to it.
	grep -vE '^(die__process|ftype__recode|tag__recode|class_member__)' "$folder/errors" >&2 || :
	exit "$status"
fi

shift
# pahole makes no BTF from a reference to an rvalue.
echo 'int moved(int &&); int probe(); int probe() { return moved(1); }' |
	"$@" -g -x c++ -c -o "$folder/probe.o" - && run -J "$folder/probe.o"
