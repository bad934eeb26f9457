#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs the built unit tests: run.sh OUT "PROGRAM..." [GTEST_ARGS...]
# OUT/stamps lists one file per header and language; one that is missing stands for a header that
# does not compile alone. Writes OUT/summary: "<passed> <failed> <skipped>". Fails if a test failed,
# or if a program ended early.
set -u

out=$1
programs=$2
shift 2
passed=0 failed=0 skipped=0

export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1:${ASAN_OPTIONS-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS-}"

# count PROGRAM WORD: the number on GoogleTest's closing line of that kind, 0 without such a line
count() {
	sed -n "s/^\[ *$2 *\] \([0-9][0-9]*\) tests\{0,1\}[.,].*/\1/p" "$out/$1.log" | tail -n 1 |
		grep . || echo 0
}

for program in $programs; do
	{
		"$out/$program" --gtest_brief=1 "$@" 2>&1
		echo $? >"$out/$program.status"
	} | tee "$out/$program.log"
	status=$(cat "$out/$program.status")
	program_failed=$(count "$program" FAILED)
	# A program that a sanitizer or a signal ended has not written its closing lines.
	if [ "$status" -ne 0 ] && [ "$program_failed" -eq 0 ]; then
		program_failed=1
		echo "$program: the test program ended early with status $status" >&2
	fi
	passed=$((passed + $(count "$program" PASSED)))
	failed=$((failed + program_failed))
	skipped=$((skipped + $(count "$program" SKIPPED)))
done

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
