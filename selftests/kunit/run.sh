#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the KUnit suites: under User-Mode Linux, built from Debian's kernel source by the kernel's own
# kunit.py, or as a module in the test host.
#
#   run.sh [--kver KVER] [--summary FILE] [--filter GLOB]
#
# --kver KVER      runs them as a module on that kernel of the test host, which must have KUnit: a debug kernel
# --summary FILE   where "PASSED FAILED SKIPPED" is written; default out/kunit/summary. The kernel's
#                  log is kept beside it.
# --filter GLOB    runs the suites that match, or with SUITE.TEST one test; not with --kver
#
# User-Mode Linux is built once per kernel version and configuration, in the cache; after that a run
# takes seconds. Exit status: 0 if all passed or were skipped and the kernel did not complain.
set -eu -o pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
host=$top/selftests/host
out=$(realpath -m "${NETCX_OUT:-$top/out}")
cache=${NETCX_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/netcx}
kver=
summary=$out/kunit/summary
filter=
# For the tests themselves, in seconds; they need one.
time_limit=120

die() {
	echo "kunit: $*" >&2
	exit 1
}

say() {
	printf 'kunit: %3d s: %s\n' "$SECONDS" "$*"
}

arguments=("$@")
while [ $# -gt 0 ]; do
	[ $# -ge 2 ] || die "$1: unknown, or its value is missing; see the head of run.sh"
	case $1 in
	--kver) kver=$2 ;;
	--summary) summary=$2 ;;
	--filter) filter=$2 ;;
	*) die "$1: unknown; see the head of run.sh" ;;
	esac
	shift 2
done

if "$host/inside" --needed "${kver:-tools}"; then
	exec "$host/inside" "$here/run.sh" "${arguments[@]}"
fi

# ---- User-Mode Linux ----

# open_folder PATH: makes the link PATH in the tree a folder of links, to put something in it.
open_folder() {
	rm "$tree.tmp/$1"
	mkdir "$tree.tmp/$1"
	ln -s "$source/$1"/* "$tree.tmp/$1"
}

# A kernel tree of links to the shared source, which stays as it is, with a place for the suites in
# drivers/net. kunit.py is a copy, since it works in the tree that it finds itself in.
make_tree() {
	rm -rf "$tree.tmp"
	mkdir "$tree.tmp"
	ln -s "$source"/* "$tree.tmp"
	for folder in drivers drivers/net tools tools/testing; do
		open_folder "$folder"
	done
	rm "$tree.tmp/tools/testing/kunit" "$tree.tmp"/drivers/net/{Kconfig,Makefile}
	cp -r "$source/tools/testing/kunit" "$tree.tmp/tools/testing"
	sed '$i source "drivers/net/netcx_kunit/Kconfig"\n' "$source/drivers/net/Kconfig" \
		>"$tree.tmp/drivers/net/Kconfig"
	{
		cat "$source/drivers/net/Makefile"
		# shellcheck disable=SC2016 # for make
		echo 'obj-$(CONFIG_NETCX_KUNIT_TEST) += netcx_kunit/'
	} >"$tree.tmp/drivers/net/Makefile"
	mv "$tree.tmp" "$tree"
}

# The suites in the tree are those of this checkout. Objects that were made for another one are of no
# use, whatever their time says.
link_checkout() {
	local folder=$tree/drivers/net/netcx_kunit
	[ "$(readlink "$folder/module" || :)" != "$top/module" ] || return 0
	rm -rf "$folder" "$build/drivers/net/netcx_kunit"
	mkdir -p "$folder/selftests"
	ln -s "$top/include" "$top/module" "$here/Kbuild" "$here/Kconfig" "$folder"
	ln -s "$here" "$folder/selftests/kunit"
}

run_uml() {
	local key dir tree build compiler=
	# Debian 13's own is too new for 6.1.
	[ ! -e /etc/netcx-root ] || compiler=gcc-12
	key=$({ echo "$source$compiler"; cat "$here/kunitconfig" "$here/Kconfig"; } | sha256sum | cut -c 1-12)
	dir=$cache/linux-uml-$key
	tree=$dir/tree
	build=$dir/build

	mkdir -p "$dir"
	exec 9>"$dir/lock"
	flock 9
	[ -d "$tree" ] || make_tree
	link_checkout
	rm -f "$build/test.log"
	if [ -f "$build/linux" ]; then
		say "building what has changed and running it under User-Mode Linux"
	else
		say "building User-Mode Linux in $dir, once; about 3 minutes on 2 idle processors"
	fi
	# The linker does not like UML's own sections; stty wants a terminal.
	PYTHONUNBUFFERED=1 nice -n 10 python3 "$tree/tools/testing/kunit/kunit.py" run --build_dir "$build" \
		${compiler:+--make_options "CC=$compiler"} \
		--kunitconfig "$here/kunitconfig" --jobs "$(nproc)" --timeout "$time_limit" \
		${filter:+"$filter"} 2>&1 9>&- | grep --line-buffered -v -e '^/usr/bin/ld: ' -e '^stty: ' |
		tee "$report" || status=1
	cp "$build/test.log" "$log" || status=1
}

# ---- the test host ----

# In the guest. kmemleak reports what is older than 5 s; its words in the log are a complaint.
# shellcheck disable=SC2016 # for the guest's shell
guest_command='
	leaks=/sys/kernel/debug/kmemleak
	[ ! -e $leaks ] || echo clear >$leaks
	modprobe kunit enable=1 && modprobe netcx_kunit && rmmod netcx_kunit || exit 1
	[ -e $leaks ] || exit 0
	sleep 6
	echo scan >$leaks
	while read -r line; do
		echo "$line" >/dev/kmsg
	done <$leaks'

# A module's results have neither the head nor the plan that kunit.py wants to see.
ktap_of_module() {
	local plain
	plain=$(sed -n 's/^\[ *[0-9.]*\] \(.*\)/\1/p' "$1")
	echo "KTAP version 1"
	echo "1..$(grep -c '^    # Subtest: ' <<<"$plain")"
	grep -E '^( {4}|ok |not ok |# )' <<<"$plain"
}

run_host() {
	local release kdir folder
	release=$("$host/kernel.sh" "$kver" release)
	kdir=$("$host/kernel.sh" "$kver" kdir)
	folder=$out/kunit/$release
	grep -qE '^CONFIG_KUNIT=[ym]' "$kdir/.config" || die "kernel $release has no KUnit"

	say "building netcx_kunit.ko for $release"
	mkdir -p "$folder/selftests"
	cp -rsfu "$top/include" "$top/module" "$here/Kbuild" "$folder"
	cp -rsfu "$here" "$folder/selftests"
	find "$folder" -xtype l -delete
	nice -n 10 make -s -C "$kdir" M="$folder" CONFIG_NETCX_KUNIT_TEST=m W=1 -j"$(nproc)" modules ||
		die "netcx_kunit.ko does not build"

	say "running it in the test host"
	"$host/run" --kver "$kver" --driver e1000e --time $((time_limit * 5)) --quiet \
		--modules "$folder" --log "$folder/log" -- "$guest_command" || status=1
	cp "$folder/log/console.log" "$log"
	ktap_of_module "$log" | PYTHONDONTWRITEBYTECODE=1 \
		python3 "$source/tools/testing/kunit/kunit.py" parse | tee "$report" || status=1
}

# ---- both ----

# count NAME: what kunit.py counted under that name
count() {
	sed -n "s/.*Testing complete\. Ran .*[ ]$1: \([0-9]*\).*/\1/p" "$report" | grep . || echo 0
}

[ -z "$kver" ] || [ -z "$filter" ] || die "--filter does not go with --kver"
KVER=$kver "$host/packages.sh" kunit ${kver:+host}
source=$("$host/kernel.sh" source)
mkdir -p "$(dirname "$summary")"
summary=$(realpath "$summary")
log=$(dirname "$summary")/log
rm -f "$summary" "$log"
status=0
report=$(mktemp)
trap 'rm -f "$report"' EXIT

if [ -n "$kver" ]; then
	run_host
else
	run_uml
fi

passed=$(count passed)
skipped=$(count skipped)
failed=$(($(count failed) + $(count crashed) + $(count errors)))
if [ -f "$log" ] && ! "$host/splats" "$log"; then
	failed=$((failed + 1))
fi
# Nothing passed, or kunit.py is not content: something failed, even if nothing counted it.
if [ "$failed" -eq 0 ] && { [ "$passed" -eq 0 ] || [ "$status" -ne 0 ]; }; then
	failed=1
fi
echo "$passed $failed $skipped" >"$summary"
say "passed $passed failed $failed skipped $skipped; log: $log"
[ "$failed" -eq 0 ]
