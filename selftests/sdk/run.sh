#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# That a client driver can live in a repository of its own:
#
#   run.sh [--summary FILE] [KVER...]
#
# Installs the SDK (make install-dev) to a root of its own, with the symbols for each KVER, kernels of the test host, by
# default 6.1 and 6.12. Against it, and without the checkout: builds a copy of hw/sim for each kernel and in user space, runs
# its unit tests and those of the template, and loads the module on the first of the kernels, where netcx-conform runs a
# kselftest on it; there, clients that were built for another netcx are refused. FILE, by default out/sdk/summary, gets
# "PASSED FAILED SKIPPED"; each step's log is out/sdk/check/<step>.log.
# shellcheck disable=SC2317 # steps are called by name
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
host=$top/selftests/host
if "$host/inside" --needed tools; then
	exec "$host/inside" "$here/run.sh" "$@"
fi
out=$(realpath -m "${NETCX_OUT:-$top/out}")
summary=$out/sdk/summary
if [ "${1:-}" = --summary ]; then
	summary=$2
	shift 2
fi
[ $# -gt 0 ] || set -- 6.1 6.12

work=$out/sdk/check
root=$work/root
prefix=/usr/local
sdk=$root$prefix/share/netcx
other_sdk=$work/other/share/netcx
export PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$root$prefix/lib/pkgconfig
passed=0 failed=0 skipped=0

# step NAME COMMAND...: one test
step() {
	local name=$1
	shift
	if "$@" >"$work/$name.log" 2>&1; then
		echo "sdk: $name"
		passed=$((passed + 1))
	else
		tail -n 20 "$work/$name.log" >&2
		echo "sdk: $name failed; log: $work/$name.log" >&2
		failed=$((failed + 1))
		return 1
	fi
}

# skip NAME WHY
skip() {
	echo "sdk: $1 skipped: $2"
	skipped=$((skipped + 1))
}

finish() {
	mkdir -p "$(dirname "$summary")"
	echo "$passed $failed $skipped" >"$summary"
	echo "sdk: $passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}

# in_tree KVER|tools GOAL...: of the Makefile, into the root, below the folder that is PREFIX if nobody says another
in_tree() {
	local where=$1
	shift
	"$host/inside" --for "$where" make --no-print-directory -C "$top" DESTDIR="$root" "$@"
}

# ---- steps ----

install_sdk() {
	in_tree tools install-dev KDIR= || return 1
	[ -e "$sdk/include/netcx/netadaptercx.h" ] && [ -e "$root$prefix/include/netcx/net/ring.h" ] &&
		[ -e "$root$prefix/share/doc/netcx/verifier.md" ] && "$root$prefix/bin/netcx-conform" --help
}

# Nothing of the SDK leads back to the checkout, which other machines do not have.
is_complete() {
	! grep -rIlF "$top/" "$root" || return 1
	[ -z "$(find "$root" -xtype l -print)" ]
}

install_symbols() {
	local kdir release
	KVER=$1 "$host/packages.sh" build host && kdir=$("$host/kernel.sh" "$1" kdir) && release=$("$host/kernel.sh" "$1" release) &&
		in_tree "$1" install-symbols KDIR="$kdir" && [ -s "$root$prefix/lib/netcx/symvers/$release/Module.symvers" ]
}

# versions_symbols KVER: Debian's kernels of 7.3 do not.
versions_symbols() {
	grep -qx CONFIG_MODVERSIONS=y "$("$host/kernel.sh" "$1" kconfig)"
}

# has_abi KVER: each symbol is versioned, and NETCX_ABI_VERSION says whether one has changed
has_abi() {
	"$here/abi.sh" "$root$prefix/lib/netcx/symvers/$("$host/kernel.sh" "$1" release)/Module.symvers"
}

# build_client FOLDER KVER [MAKE'S ARGUMENTS]: as its author does; a warning is a failure
build_client() {
	local folder=$1 kver=$2 kdir
	kdir=$("$host/kernel.sh" "$2" kdir) || return 1
	shift 2
	"$host/inside" --for "$kver" make -C "$kdir" M="$folder" NETCX_SDK="$sdk" W=1 "-j$(nproc)" "$@" modules >"$folder/build.log" 2>&1 ||
		{ tail -n 20 "$folder/build.log"; return 1; }
	! grep -iE 'warning|error:' "$folder/build.log"
}

# The folder that a repository of its own would be.
copy_sim() {
	rm -rf "$1"
	mkdir -p "$1"
	cp "$top"/hw/sim/*.[ch]* "$here/client/Kbuild" "$1"
}

build_sim() {
	copy_sim "$work/sim-$1" && build_client "$work/sim-$1" "$1" && [ -s "$work/sim-$1/netcx_sim.ko" ]
}

# A kernel that the SDK has no symbols for is named in one line, and not by a line for every function.
names_missing_symbols() {
	local log=$work/template-$1/build.log
	rm -rf "$work/template-$1"
	cp -r "$sdk/template" "$work/template-$1"
	! build_client "$work/template-$1" "$1" NETCX_SYMVERS="$work/none" && [ "$(grep -c '^netcx: no symbols' "$log")" -eq 1 ] &&
		! grep -q undefined "$log"
}

# make clean leaves what was there before, and the log.
cleans_up() {
	local folder=$work/clean kdir
	kdir=$("$host/kernel.sh" "$1" kdir) || return 1
	rm -rf "$folder"
	cp -a "$work/sim-$1" "$folder" && "$host/inside" --for "$1" make -C "$kdir" M="$folder" NETCX_SDK="$sdk" clean || return 1
	copy_sim "$work/as-before"
	! diff -rq "$work/as-before" "$folder" | grep -v ': build\.log$'
}

run_sim_tests() {
	local folder=$work/user
	rm -rf "$folder"
	mkdir -p "$folder/hw" &&
		copy_sim "$folder/hw/sim" && cp -r "$top/selftests/unit/sim" "$folder" &&
		make -C "$folder" -f "$here/client/tests.mk" "-j$(nproc)" sim-tests &&
		"$folder/sim-tests" --gtest_brief=1 | tee "$folder/result" && grep -qE '^\[  PASSED  \] [1-9][0-9]* tests' "$folder/result"
}

run_template_tests() {
	local folder=$work/template
	rm -rf "$folder"
	cp -r "$sdk/template" "$folder" &&
		make -C "$folder" check CMAKE_PREFIX_PATH="$root$prefix" && grep -qE '^\[  PASSED  \] [1-9][0-9]* tests' \
			"$folder/build/Testing/Temporary/LastTest.log"
}

# changed_checksum KVER: prints the checksum of a function once its prototype has changed
changed_checksum() {
	local tree=$work/changed kdir
	rm -rf "$tree"
	mkdir "$tree"
	kdir=$("$host/kernel.sh" "$1" kdir) || return 1
	cp -rs "$(realpath "$top")"/{include,module,Kbuild} "$tree"
	sed -i 's/^void NetAdapterSetLinkState(/NTSTATUS NetAdapterSetLinkState(/' "$tree/include/netcx/netadapter/link.h"
	"$host/inside" --for "$1" make -s -C "$kdir" M="$tree" CLIENTS= module/linux/os/exports.o >&2 || return 1
	sed -n 's/^#SYMVER NetAdapterSetLinkState //p' "$tree/module/linux/os/.exports.o.cmd"
}

# A client of a netcx whose ABI is said to be the same, but that has another prototype.
build_for_other_prototype() {
	local folder=$work/netcx_other_prototype symbols=$work/other-symbols checksum
	symbols=$root$prefix/lib/netcx/symvers/$("$host/kernel.sh" "$1" release)/Module.symvers
	checksum=$(changed_checksum "$1") && [ -n "$checksum" ] && ! grep -q "^$checksum" "$symbols" || return 1
	sed "s/^0x[0-9a-f]*\(\tNetAdapterSetLinkState\t\)/$checksum\1/" "$symbols" >"$work/other-symbols"
	copy_template netcx_other_prototype && build_client "$folder" "$1" NETCX_SYMVERS="$work/other-symbols"
}

# copy_template NAME: as a module of that name
copy_template() {
	rm -rf "${work:?}/$1"
	cp -r "$sdk/template" "$work/$1" && sed -i "s/netcx_skeleton/$1/" "$work/$1/Kbuild" "$work/$1/linux_module.c"
}

build_for_other_abi() {
	rm -rf "$work/other"
	mkdir -p "$work/other"
	cp -a "$root$prefix/." "$work/other"
	sed -i 's/NETCX_VERSION "[^"]*"/NETCX_VERSION "8.7"/; s/NETCX_ABI_VERSION .*/NETCX_ABI_VERSION 4711/' \
		"$work/other/include/netcx/netcx_version.h"
	copy_template netcx_other_abi && build_client "$work/netcx_other_abi" "$1" NETCX_SDK="$other_sdk"
}

# The modules of the clients from outside, beside netcx.ko from the tree.
run_in_guest() {
	local modules=$work/modules release
	release=$("$host/kernel.sh" "$1" release) || return 1
	rm -rf "$modules"
	mkdir "$modules"
	cp "$out/$release/netcx.ko" "$work/sim-$1/netcx_sim.ko" "$work/netcx_other_abi/netcx_other_abi.ko" "$modules" || return 1
	! versions_symbols "$1" || cp "$work/netcx_other_prototype/netcx_other_prototype.ko" "$modules" || return 1
	"$host/run" --kver "$1" --nic sim --time 600 --modules "$modules" --log "$work/guest" --add "$root$prefix/bin/netcx-conform" \
		<"$here/guest.sh"
}

uninstall_sdk() {
	in_tree tools uninstall-dev KDIR= && [ -z "$(find "$root" -type f -o -type l)" ]
}

# ---- in order ----

rm -rf "$work"
mkdir -p "$work"
if ! "$host/packages.sh" dev cmake unit; then
	failed=1
	finish
fi
step install install_sdk || finish
step complete is_complete
step unit-sim run_sim_tests
step unit-template run_template_tests
for kver; do
	step "symbols-$kver" install_symbols "$kver" || continue
	if versions_symbols "$kver"; then
		step "abi-$kver" has_abi "$kver"
	else
		skip "abi-$kver" "the kernel makes no checksums"
	fi
	step "client-$kver" build_sim "$kver"
done
step clean cleans_up "$1"
step missing-symbols names_missing_symbols "$1"
step other-abi build_for_other_abi "$1"
if versions_symbols "$1"; then
	step other-prototype build_for_other_prototype "$1"
else
	skip other-prototype "the kernel makes no checksums"
fi
step guest run_in_guest "$1"
step uninstall uninstall_sdk
finish
