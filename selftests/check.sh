#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the tests and adds up:
#
#   check.sh            those of selftests/parts that are for every day, which are CI's, too
#   check.sh --all      all of them
#   check.sh PART...    these
#   check.sh --list     what there is
#
# selftests/parts says what each part is. The kselftests, which wait more than they compute, run beside the
# other parts, and what they print has the part's name before it. A part that fails does not keep the others
# from running. What it printed is in out/PART/output.log. Ends with what failed, where its log is, and a
# line of the totals; fails if anything failed, or if a part ended without saying how.
set -u

cd "$(dirname "$0")/.." || exit 1

# Where everything built is, by the shorter name if that is in here.
out=${NETCX_OUT:-out}
out=${out#"$PWD/"}
host=selftests/host
# Of a kernel that the whole kselftests do not run on: boot, traffic, the interface's life, unload.
smoke="ping.sh iperf_tcp.sh updown.sh load_unload.sh"
declare -A tests_of=() seconds_of=()
listed=() daily=()
while read -r name set tests seconds _; do
	case $name in
	'' | '#'*) continue ;;
	esac
	listed+=("$name")
	[ "$set" != check ] || daily+=("$name")
	tests_of[$name]=$tests seconds_of[$name]=$seconds
done <selftests/parts

case ${1:-} in
'') set -- "${daily[@]}" ;;
--all) set -- "${listed[@]}" ;;
--list)
	grep -v '^#' selftests/parts
	exit
	;;
esac
for part; do
	[ -n "${tests_of[$part]:-}" ] || {
		echo "check.sh: no part '$part'; there are: ${listed[*]}" >&2
		exit 2
	}
done

# Of each part: a file of its line of the table, and one of "PASSED FAILED SKIPPED".
report=$(mktemp -d)
beside=
trap '[ -z "$beside" ] || kill "$beside" 2>/dev/null; rm -rf "$report"' EXIT

# The kernels of the parts "build" and "build-all"
kernels="6.1 6.12 7.3"
all_kernels="6.1 6.1-rt 6.1-cloud 6.12 6.12-rt 6.12-cloud 7.2 7.2-rt 7.2-cloud 7.3 7.3-rt 7.3-cloud 7.3-arm64 7.2-riscv64"

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
	local log=$out/build/$1.log tree
	tree=$(realpath -m "$out/build/$1")
	mkdir -p "$out/build"
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

# are_there ROOT FILE...: these files and no others
are_there() {
	local root=$1
	shift
	diff <(printf '%s\n' "$@" | sort) <(cd "$root" && find . -type f | cut -c 3- | sort)
}

# install_for KVER: what was just built goes to a root file system of its own, and away again; what DKMS has there stays
install_for() {
	local root=$out/build/root tree kdir modules dkms
	tree=$(realpath -m "$out/build/$1")
	modules=lib/modules/$($host/kernel.sh "$1" release)/updates
	dkms=$modules/dkms/netcx.ko
	rm -rf "$root"
	install -D /dev/null "$root/$dkms"
	if kdir=$($host/kernel.sh "$1" kdir) && make --no-print-directory install KDIR="$kdir" tree="$tree" DESTDIR="$root" >&2 &&
		are_there "$root" "$modules"/netcx{,_e1000e,_sim}.ko etc/modprobe.d/netcx.conf usr/local/sbin/netcx-bind \
			usr/local/share/man/man8/netcx-bind.8 "$dkms" >&2 &&
		make --no-print-directory uninstall KDIR="$kdir" tree="$tree" DESTDIR="$root" >&2 && are_there "$root" "$dkms" >&2; then
		echo 1 0 0
	else
		echo 0 1 0
	fi
}

# build_benchmarks KVER: likewise of what the benchmarks load there
build_benchmarks() {
	local log=$out/bench/build-$1.log
	mkdir -p "$out/bench"
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
	if selftests/bench/bench --kver 6.1 --parts translation --out "$out/bench/check" >&2; then echo 1 0 0; else echo 0 1 0; fi
}

# add NAME COMMAND...: runs a test of the part, which leaves its summary in the file that is called by NAME, and adds that to the part's. One
# that fails, or leaves none, is a failure of the part whatever the file says.
add() {
	local file=$out/$1.summary status=0
	shift
	rm -f "$file"
	"$@" "$file" || status=$?
	cat "$file" >>"$summary" || status=1
	return "$status"
}

# run_part NAME: runs it and leaves lines of "PASSED FAILED SKIPPED" in out/NAME/summary
run_part() {
	local summary=$out/$1/summary status=0
	mkdir -p "$out/$1"
	rm -f "$summary"
	case $1 in
	layers)
		if make --no-print-directory layers >&2; then echo 1 0 0; else echo 0 1 0; fi >"$summary"
		;;
	docs)
		if make --no-print-directory check-docs >&2; then echo 1 0 0; else echo 0 1 0; fi >"$summary"
		;;
	api)
		selftests/api/coverage.py --table "$out/api/coverage.md" --summary "$summary"
		;;
	build | build-all)
		[ "$1" = build ] || kernels=$all_kernels
		for kver in $kernels; do
			build_for "$kver"
		done >"$summary"
		install_for 6.1 >>"$summary"
		add build/refused selftests/build/refused.sh "$($host/kernel.sh 6.1 kdir)"
		;;
	bench)
		build_benchmarks 6.1 >"$summary"
		build_benchmarks 6.12 >>"$summary"
		run_benchmark >>"$summary"
		$host/packages.sh bench && add bench/figures selftests/bench/test_bench.py
		;;
	import)
		add import/reading selftests/import/test_reading.py || status=1
		add import/conforming selftests/conform/test_conform.py || status=1
		prepare 6.1 && add import/building selftests/import/test_building.py || status=1
		return "$status"
		;;
	host)
		prepare 6.1 || return 1
		for test in run inside places; do
			add "host/$test" "selftests/host/test_$test.py" || status=1
		done
		return "$status"
		;;
	sdk)
		selftests/sdk/run.sh --summary "$summary"
		;;
	packages)
		selftests/packages/run.sh "$out/packages"
		;;
	unit | kunit | fuzz | prove | analysis)
		make --no-print-directory "check-$1"
		;;
	kunit-debug)
		KVER=debug $host/packages.sh kunit host &&
			selftests/kunit/run.sh --kver debug --summary "$summary"
		;;
	*)
		how=() kver=${1%-*}
		case $1 in
		*-short | *-sim | *-swiotlb | *-iommu) how=("--${1##*-}") ;;
		*-smoke) how=(--tests "$smoke") ;;
		*) kver=$1 ;;
		esac
		prepare "$kver" || return 1
		KVER=$kver make --no-print-directory modules-host >"$out/$1/build.log" 2>&1 || {
			tail -n 20 "$out/$1/build.log"
			return 1
		}
		$host/kselftests.sh --summary "$summary" "${how[@]}" "$kver"
		;;
	esac
}

# What all that has ended here took of the processors, in seconds: of the machine's load it knows nothing.
processor_seconds() {
	local file=$report/times.$BASHPID
	times >"$file"
	processor=$(awk 'END { split($0, part, /[ms ]+/); print int(60 * (part[1] + part[3]) + part[2] + part[4]) }' "$file")
}

# ---- progress ----

# progress PART LANE: where we are, from what is left of each lane; the figures of selftests/parts are of two
# processors that have nothing else to do.
progress() {
	local part left first_left=0 second_left=0 parts_done=0 tests_done=0 tests=0
	for part in "${all[@]}"; do
		tests=$((tests + tests_of[$part]))
		if [ -e "$report/$part.sum" ]; then
			parts_done=$((parts_done + 1))
			read -r p f s <"$report/$part.sum"
			tests_done=$((tests_done + p + f + s))
		elif is_kselftests "$part"; then
			second_left=$((second_left + seconds_of[$part]))
		else
			first_left=$((first_left + seconds_of[$part]))
		fi
	done
	left=$((first_left > second_left ? first_left : second_left))
	echo "==== $1 ($parts_done of ${#all[@]} parts and $tests_done of about $tests tests done; $((SECONDS / 60)) min gone," \
		"about $(((left + 59) / 60)) left)"
}

# What of a part failed, in the words of its log; else how it ended.
failures() {
	grep -E '^(not ok |\[  FAILED  \] [A-Z])' "$1" | sort -u | head -n 20 | grep . || tail -n 5 "$1"
}

# ---- all ----

is_kselftests() {
	case $1 in
	[0-9]* | debug*) return 0 ;;
	*) return 1 ;;
	esac
}

# run_parts PART...: one after the other
run_parts() {
	local part start status p f s p1 f1 s1 processor processor_before
	for part; do
		progress "$part"
		start=$SECONDS
		processor_seconds
		processor_before=$processor
		mkdir -p "$out/$part"
		run_part "$part" 2>&1 | tee "$out/$part/output.log"
		status=${PIPESTATUS[0]}
		p=0 f=0 s=0
		while read -r p1 f1 s1; do
			p=$((p + p1)) f=$((f + f1)) s=$((s + s1))
		done < <(cat "$out/$part/summary" 2>/dev/null || echo "check: $part gave no result" >&2)
		[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
		[ $((p + f + s)) -gt 0 ] || f=1
		processor_seconds
		printf '%-13s %5d passed %4d failed %4d skipped %5d s, %5d s of processors\n' \
			"$part" "$p" "$f" "$s" $((SECONDS - start)) $((processor - processor_before)) | tee "$report/$part.line"
		echo "$p $f $s" >"$report/$part.sum"
	done
}

all=("$@") first=() second=()
for part; do
	if is_kselftests "$part"; then second+=("$part"); else first+=("$part"); fi
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
for part; do
	read -r p f s <"$report/$part.sum" 2>/dev/null || f=1
	[ "$f" -ne 0 ] || continue
	machines=
	! is_kselftests "$part" || machines=", those of its machines in $out/host"
	echo "==== $part failed; its log is $out/$part/output.log$machines"
	failures "$out/$part/output.log" | sed 's/^/    /'
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
