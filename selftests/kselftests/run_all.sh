#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the tests of this directory, or the named ones, one after the other: TAP of the scripts, each with the time limit of
# "settings", the totals in the last line. Exit status as for a single test: 0, 1 or, if all were skipped, 4.
#
#   run_all.sh [SCRIPT...]
#   run_all.sh --list          only says which it would run
set -u

cd "$(dirname "$0")" || exit 1
list_only=
[ "${1:-}" != --list ] || { list_only=yes && shift; }
limit=$(($(sed -n 's/^timeout=//p' settings) * ${SCALE:-1}))
if [ $# -eq 0 ]; then
	for test in *.sh; do
		# Scripts that are not executable are sourced by others; sim_* need devices of netcx_sim. The last two run when they are
		# named: one needs a machine with little memory, the other the in-tree driver on the other NIC.
		case $test:${NETIF_VIRTUAL:-} in
		run_all.sh:* | sim_*: | fragmented_memory.sh:* | hardware_losses.sh:*) ;;
		*) [ ! -x "$test" ] || set -- "$@" "$test" ;;
		esac
	done
fi

if [ -n "$list_only" ]; then
	echo "$@"
	exit
fi

passed=0 failed=0 skipped=0 status=0 done=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# For who reads the output of a machine that died.
echo "# netcx selftests: to run: $*"
for test; do
	echo "# selftests: netcx: $test"
	start=$SECONDS
	timeout -k 5 "$limit" "./$test" | tee "$output"
	result=${PIPESTATUS[0]}
	this_passed=$(grep -cE '^ok ' "$output")
	this_skipped=$(grep -cE '^ok .*# SKIP|^1\.\.0 # SKIP' "$output")
	this_failed=$(grep -cE '^not ok ' "$output")
	this_passed=$((this_passed - $(grep -cE '^ok .*# SKIP' "$output")))
	planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$output")
	# A script that ended before it ran all tests counts as one failure.
	if [ "$result" -ne 0 ] && [ "$result" -ne 4 ] && [ "$this_failed" -eq 0 ]; then
		# The status for a time-out is 124 with coreutils, 143 with BusyBox.
		case $result in
		124 | 143) echo "# $test ended after its time limit of $limit s" ;;
		*) echo "# $test ended with status $result" ;;
		esac
		this_failed=1
	elif [ "$(grep -cE '^(not )?ok ' "$output")" -ne "${planned:--1}" ]; then
		echo "# $test did not run the ${planned:-tests} that it planned"
		this_failed=$((this_failed + 1))
	fi
	done=$((done + 1))
	echo "# $test took $((SECONDS - start)) s; $done of $# done"
	passed=$((passed + this_passed)) failed=$((failed + this_failed)) skipped=$((skipped + this_skipped))
	[ "$this_failed" -eq 0 ] || status=1
done
echo "# netcx selftests: passed $passed failed $failed skipped $skipped"
[ "$status" -ne 0 ] || [ "$passed" -gt 0 ] || status=4
exit "$status"
