#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the tests of this directory, or the named ones, one after the other: TAP of the scripts, each with the time limit of "settings",
# the totals in the last line.
#
#   run_all.sh [SCRIPT...]
set -u

cd "$(dirname "$0")" || exit 1
limit=$(($(sed -n 's/^timeout=//p' settings) * ${SCALE:-1}))
if [ $# -eq 0 ]; then
	for test in *.sh; do
		case $test in
		lib.sh | iperf.sh | offload.sh | pair.sh | run_all.sh) ;;
		# About nothing but netcx_sim.
		sim_*) case ${NETIF_VIRTUAL:-} in netcx_sim.*) set -- "$@" "$test" ;; esac ;;
		*) set -- "$@" "$test" ;;
		esac
	done
fi

passed=0 failed=0 skipped=0 status=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

for test; do
	echo "# selftests: netcx: $test"
	timeout -k 5 "$limit" "./$test" | tee "$output"
	result=${PIPESTATUS[0]}
	this_passed=$(grep -cE '^ok ' "$output")
	this_skipped=$(grep -cE '^ok .*# SKIP|^1\.\.0 # SKIP' "$output")
	this_failed=$(grep -cE '^not ok ' "$output")
	this_passed=$((this_passed - $(grep -cE '^ok .*# SKIP' "$output")))
	# A script that ended before its last test failed, whatever it printed until then.
	if [ "$result" -ne 0 ] && [ "$result" -ne 4 ] && [ "$this_failed" -eq 0 ]; then
		echo "# $test ended with status $result$([ "$result" -ne 124 ] || echo ": more than $limit s")"
		this_failed=1
	fi
	passed=$((passed + this_passed)) failed=$((failed + this_failed)) skipped=$((skipped + this_skipped))
	[ "$this_failed" -eq 0 ] || status=1
done
echo "# netcx selftests: passed $passed failed $failed skipped $skipped"
exit "$status"
