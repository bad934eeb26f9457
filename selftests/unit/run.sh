#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs the built unit tests: run.sh OUT [GTEST_ARGS...]
# OUT/stamps lists one file per header and language; one that is missing stands for a header that
# does not compile alone. Writes OUT/summary: "<passed> <failed> <skipped>". Fails if a test failed,
# or if the program ended early.
set -u

out=$1
shift

export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1:${ASAN_OPTIONS-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS-}"
{
	"$out/unit" --gtest_brief=1 "$@" 2>&1
	echo $? >"$out/status"
} | tee "$out/log"
status=$(cat "$out/status")

# count WORD: the number on GoogleTest's closing line of that kind, 0 without such a line
count() {
	sed -n "s/^\[ *$1 *\] \([0-9][0-9]*\) tests\{0,1\}[.,].*/\1/p" "$out/log" | tail -n 1 |
		grep . || echo 0
}
passed=$(count PASSED)
failed=$(count FAILED)
skipped=$(count SKIPPED)
# A program that a sanitizer or a signal ended has not written its closing lines.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
	failed=1
	echo "unit: the test program ended early with status $status" >&2
fi

while read -r stamp; do
	if [ -e "$stamp" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		language=${stamp#"$out"/headers/}
		header=${language#*/}
		echo "unit: netcx/${header%.ok} does not compile alone as ${language%%/*}" >&2
	fi
done <"$out/stamps"

echo "$passed $failed $skipped" >"$out/summary"
echo "unit: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
