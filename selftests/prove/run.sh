#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Proves with CBMC what walk.c says of the ring iterators: run.sh [OUT]
#
# Each call is proved for every possible state of rings and iterators, so it holds for sequences of calls
# of any length; sequences of more than one call are proved only where that is cheap. To show that the
# proofs can fail, one is run on an iterator that does not wrap around, and must fail.
# Writes OUT/summary: "<passed> <failed> <skipped>", a ring size of a kind of elements each.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
out=${1:-$top/out/prove}
mkdir -p "$out"
version=$(cbmc --version)

# prove NAME INCLUDE ELEMENTS CALLS [FLAG...]: the exit status is CBMC's
prove() {
	local name=$1 include=$2 elements=$3 calls=$4
	shift 4
	set -- -I"$include" -DNETCX_USER_SPACE -DNETCX_DEBUG -DELEMENTS="$elements" -DSTEPS="$calls" "$@" "$here/walk.c"
	# From 6 on it sees that wide characters have the wrong size, and its own compiler can be told the right one.
	if [ "${version%%.*}" -ge 6 ]; then
		goto-cc -fshort-wchar "$@" -o "$out/$name.goto" >"$out/$name.log" 2>&1 || return
		set -- "$out/$name.goto"
	fi
	cbmc --bounds-check --pointer-check --unwind $((elements + 2)) --unwinding-assertions --slice-formula \
		"$@" >"$out/$name.log" 2>&1
}

# start NAME ...: as prove, in the background
start() {
	names+=("$1")
	{
		prove "$@"
		echo $? >"$out/$1.status"
	} &
}

names=()
rm -f "$out"/*.status
begin=$SECONDS
# Two at a time, those that take long first.
start packets-8 "$top/include" 8 1
start fragments-8 "$top/include" 8 1 -DPROVE_FRAGMENTS
wait
start packets-4 "$top/include" 4 2
start fragments-4 "$top/include" 4 2 -DPROVE_FRAGMENTS
wait
start packets-2 "$top/include" 2 3
start fragments-2 "$top/include" 2 3 -DPROVE_FRAGMENTS
wait

passed=0 failed=0
for name in "${names[@]}"; do
	if [ "$(cat "$out/$name.status")" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "prove: $name:" >&2
		grep -E ': FAILURE|rror:' "$out/$name.log" >&2 || tail -n 5 "$out/$name.log" >&2
	fi
done

rm -rf "$out/include"
cp -r "$top/include" "$out/include"
sed -i 's/return (Index + (UINT32)Distance) & Ring->ElementIndexMask;/return Index + (UINT32)Distance;/' \
	"$out/include/netcx/net/ring.h"
prove seeded "$out/include" 2 1
if [ $? -eq 10 ] && ! cmp -s "$top/include/netcx/net/ring.h" "$out/include/netcx/net/ring.h"; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "prove: a seeded bug is not noticed, or was not seeded; see $out/seeded.log" >&2
fi

echo "$passed $failed 0" >"$out/summary"
echo "prove: $passed passed, $failed failed, $((SECONDS - begin)) s"
[ "$failed" -eq 0 ]
