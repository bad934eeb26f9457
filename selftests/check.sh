#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the tests and adds up: check.sh [PART...]. Parts:
#   layers        which folder includes which
#   docs          what README.md and docs refer to exists
#   api           each public name is implemented, exported and has a test; the table is
#                 out/api/coverage.md
#   build         the modules, hw/skeleton too, for 6.1 and 6.12 with W=1, where a warning is a failure;
#                 make install and uninstall
#   bench         that the benchmarks build for both, that one of them runs, and that they read,
#                 divide, write and draw right, from canned logs; no figures
#   host          that nothing passes on the test host that crashed or did not run
#   unit          GoogleTest in user space
#   fuzz          the fuzzers on their seeds, and then for half a minute
#   prove         CBMC on the ring iterators
#   analysis      sparse, checkpatch, clang-tidy, kernel-doc
#   kunit         KUnit under User-Mode Linux
#   kunit-debug   the same suites as a module on the debug kernel
#   6.1 6.12 debug   kselftests on that kernel of the test host
#   6.1-short ...    the same with fewer packets and repetitions
#   6.1-sim ...   all of those that need no NIC, on a pair of netcx_sim
#   6.1-swiotlb debug-swiotlb ...   all of them, with every DMA bounced (swiotlb=force)
#   6.1-iommu debug-iommu ...       all of them, behind a strict IOMMU
# Without any: all of them but the kselftests on 6.12 and those under swiotlb or an IOMMU.
#
# The kselftests, which wait more than they compute, run beside the other parts, and what they print has the
# part's name before it. A part that fails does not keep the others from running. Ends with a line of the
# totals; fails if anything failed, or if a part ended without saying how.
set -u

cd "$(dirname "$0")/.." || exit 1
[ $# -gt 0 ] || set -- layers docs api build analysis bench host unit fuzz prove kunit 6.1 6.1-sim kunit-debug debug

host=selftests/host
# Of each part: a file of its line of the table, and one of "PASSED FAILED SKIPPED".
report=$(mktemp -d)
beside=
trap '[ -z "$beside" ] || kill "$beside" 2>/dev/null; rm -rf "$report"' EXIT

# prepare KVER: packages and kernel, which can take minutes and say so
prepare() {
	KVER=$1 $host/packages.sh build host && $host/kernel.sh "$1" release >/dev/null
}

# has_debug_information MODULE: checks that the module has DWARF of its C++ objects, as crash dumps need it
has_debug_information() {
	readelf --string-dump=.debug_str "$1" | grep -q 'GNU C++' || {
		echo "$1 has no debug information of its C++ objects"
		return 1
	}
}

# build_for KVER: prints "PASSED FAILED SKIPPED" of one kernel. Builds from scratch, since objects that exist are not
# compiled again and so give no warnings.
build_for() {
	local log=out/build/$1.log tree=$PWD/out/build/$1
	rm -rf "$tree" "$log"
	echo "building for $1 with W=1" >&2
	if prepare "$1" && KVER=$1 make --no-print-directory modules-host W=1 tree="$tree" \
			CLIENTS="e1000e sim skeleton" >"$log" 2>&1 &&
		! grep -qiE 'warning|error:' "$log" && has_debug_information "$tree/netcx.ko" >>"$log"; then
		echo 1 0 0
	else
		[ ! -e "$log" ] || cat "$log" >&2
		echo 0 1 0
	fi
}

# install_for KVER: what was just built goes to a root file system of its own, and away again
install_for() {
	local root=$PWD/out/build/root tree=$PWD/out/build/$1 kdir
	rm -rf "$root"
	if kdir=$($host/kernel.sh "$1" kdir) && make --no-print-directory install KDIR="$kdir" tree="$tree" DESTDIR="$root" >&2 &&
		[ "$(find "$root/lib/modules" -name 'netcx*.ko*' | wc -l)" -ge 3 ] &&
		make --no-print-directory uninstall KDIR="$kdir" tree="$tree" DESTDIR="$root" >&2 &&
		[ -z "$(find "$root/lib/modules" -name 'netcx*.ko*')" ]; then
		echo 1 0 0
	else
		echo 0 1 0
	fi
}

# build_benchmarks KVER: likewise of what the benchmarks load there
build_benchmarks() {
	local log=out/bench/build-$1.log
	mkdir -p out/bench
	echo "building the benchmarks for $1" >&2
	if prepare "$1" && selftests/bench/translation/build.sh "$1" >"$log" 2>&1; then
		echo 1 0 0
	else
		[ ! -e "$log" ] || tail -n 20 "$log" >&2
		echo 0 1 0
	fi
}

# run_benchmark: the shortest of them, whatever it measures
run_benchmark() {
	if selftests/bench/bench --kver 6.1 --parts translation --out out/bench/check >&2; then echo 1 0 0; else echo 0 1 0; fi
}

# run_part NAME: runs it and leaves lines of "PASSED FAILED SKIPPED" in out/NAME/summary
run_part() {
	local summary=out/$1/summary
	mkdir -p "out/$1"
	rm -f "$summary"
	case $1 in
	layers)
		if make --no-print-directory layers; then echo 1 0 0; else echo 0 1 0; fi >"$summary"
		;;
	docs)
		if make --no-print-directory check-docs; then echo 1 0 0; else echo 0 1 0; fi >"$summary"
		;;
	api)
		selftests/api/coverage.py --table out/api/coverage.md --summary "$summary"
		;;
	build)
		build_for 6.1 >"$summary"
		build_for 6.12 >>"$summary"
		install_for 6.1 >>"$summary"
		;;
	bench)
		build_benchmarks 6.1 >"$summary"
		build_benchmarks 6.12 >>"$summary"
		run_benchmark >>"$summary"
		$host/packages.sh bench && selftests/bench/test_bench.py out/bench/figures.summary
		status=$?
		cat out/bench/figures.summary >>"$summary"
		return "$status"
		;;
	host)
		prepare 6.1 && selftests/host/test_run.py "$summary"
		;;
	unit | kunit | fuzz | prove | analysis)
		make --no-print-directory "check-$1"
		;;
	kunit-debug)
		KVER=debug $host/packages.sh kunit host &&
			selftests/kunit/run.sh --kver debug --summary "$summary"
		;;
	*)
		kver=$1 once=
		case $1 in
		*-short | *-sim | *-swiotlb | *-iommu) kver=${1%-*} once=--${1##*-} ;;
		esac
		prepare "$kver" || return 1
		KVER=$kver make --no-print-directory modules-host >"out/$1/build.log" 2>&1 || {
			tail -n 20 "out/$1/build.log"
			return 1
		}
		$host/kselftests.sh --summary "$summary" ${once:+"$once"} "$kver"
		;;
	esac
}

# What all that has ended here took of the processors, in seconds: of the machine's load it knows nothing.
processor_seconds() {
	local file=$report/times.$BASHPID
	times >"$file"
	processor=$(awk 'END { split($0, part, /[ms ]+/); print int(60 * (part[1] + part[3]) + part[2] + part[4]) }' "$file")
}

# run_parts PART...: one after the other
run_parts() {
	local part start status p f s p1 f1 s1 processor processor_before
	for part; do
		echo "==== $part"
		start=$SECONDS
		processor_seconds
		processor_before=$processor
		run_part "$part"
		status=$?
		p=0 f=0 s=0
		while read -r p1 f1 s1; do
			p=$((p + p1)) f=$((f + f1)) s=$((s + s1))
		done < <(cat "out/$part/summary" 2>/dev/null || echo "check: $part gave no result" >&2)
		[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
		[ $((p + f + s)) -gt 0 ] || f=1
		processor_seconds
		printf '%-13s %5d passed %4d failed %4d skipped %5d s, %5d s of processors\n' \
			"$part" "$p" "$f" "$s" $((SECONDS - start)) $((processor - processor_before)) | tee "$report/$part.line"
		echo "$p $f $s" >"$report/$part.sum"
	done
}

first=() second=()
for part; do
	case $part in
	[67].* | debug*) second+=("$part") ;;
	*) first+=("$part") ;;
	esac
done
if [ ${#first[@]} -gt 0 ] && [ ${#second[@]} -gt 0 ]; then
	(
		for part in "${second[@]}"; do
			run_parts "$part" 2>&1 | sed -u "s/^/$part: /"
		done
	) &
	beside=$!
	# In a shell of its own: what the other one's children took is no part's of these.
	(run_parts "${first[@]}")
	wait "$beside"
	beside=
else
	run_parts "$@"
fi

passed=0 failed=0 skipped=0
echo "==== all, $((SECONDS / 60)) min"
for part; do
	cat "$report/$part.line" 2>/dev/null || echo "$part did not end"
	read -r p f s <"$report/$part.sum" || p=0 f=1 s=0
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done 2>/dev/null
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
