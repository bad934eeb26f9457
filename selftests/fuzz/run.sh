#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Runs built fuzzers: run.sh OUT SECONDS TARGET...
# Each first on its corpus, then on inputs it makes from that for SECONDS. What it finds new stays in
# OUT/corpus/TARGET and is where the next run begins; what breaks something in OUT/TARGET-crash-*.
# Writes OUT/summary: "<passed> <failed> <skipped>". Fails if a fuzzer found something.
set -u

here=$(cd "$(dirname "$0")" && pwd)
out=$1
seconds=$2
shift 2

export ASAN_OPTIONS="detect_stack_use_after_return=1:${ASAN_OPTIONS-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS-}"
passed=0 failed=0

# fuzz TARGET: the seeds alone first, since they must hold however short the rest is
fuzz() {
	local target=$1 log=$out/$1.log
	mkdir -p "$out/corpus/$target"
	"$out/$target" -runs=0 -timeout=60 -artifact_prefix="$out/$target-" "$here/corpus/$target" >"$log" 2>&1 || return 1
	nice "$out/$target" -max_total_time="$seconds" -timeout=60 -max_len=1024 -print_final_stats=1 \
		-artifact_prefix="$out/$target-" "$out/corpus/$target" "$here/corpus/$target" >>"$log" 2>&1
}

for target; do
	if fuzz "$target"; then
		passed=$((passed + 1))
		echo "fuzz: $target: $(find "$here/corpus/$target" -type f | wc -l) seeds," \
			"$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$target.log") inputs in $seconds s"
	else
		failed=$((failed + 1))
		echo "fuzz: $target failed; the end of $out/$target.log:" >&2
		tail -n 60 "$out/$target.log" >&2
	fi
done

echo "$passed $failed 0" >"$out/summary"
[ "$failed" -eq 0 ]
