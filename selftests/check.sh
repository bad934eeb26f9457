#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs every test and adds up: check.sh [PART...]; parts: layers unit kunit 6.1 6.12 debug.
#
# A part that fails does not keep the others from running. Ends with a line of the totals; fails if
# anything failed, or if a part ended without saying how.
set -u

cd "$(dirname "$0")/.." || exit 1
[ $# -gt 0 ] || set -- layers unit kunit 6.1 6.12 debug

host=selftests/host
report=$(mktemp)
trap 'rm -f "$report"' EXIT
passed=0 failed=0 skipped=0

# run_part NAME: runs it and leaves "PASSED FAILED SKIPPED" in out/NAME/summary
run_part() {
	local summary=out/$1/summary
	mkdir -p "out/$1"
	rm -f "$summary"
	case $1 in
	layers)
		if make --no-print-directory layers; then echo 1 0 0; else echo 0 1 0; fi >"$summary"
		;;
	unit | kunit)
		make --no-print-directory "check-$1"
		;;
	*)
		KVER=$1 make --no-print-directory modules-host >"out/$1/build.log" 2>&1 || {
			tail -n 20 "out/$1/build.log"
			return 1
		}
		$host/kselftests.sh --summary "$summary" "$1"
		;;
	esac
}

for part; do
	echo "==== $part"
	start=$SECONDS
	run_part "$part"
	status=$?
	p=0 f=0 s=0
	read -r p f s <"out/$part/summary" || echo "check: $part gave no result"
	[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
	[ $((p + f + s)) -gt 0 ] || f=1
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	printf '%-8s %5d passed %4d failed %4d skipped %5d s\n' \
		"$part" "$p" "$f" "$s" $((SECONDS - start)) >>"$report"
done

echo "==== all, $((SECONDS / 60)) min"
cat "$report"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
