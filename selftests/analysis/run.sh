#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Static analysis: run.sh [OUT]
#
#   sparse       C of the modules, in a build for 6.1
#   checkpatch   C of the modules and of the KUnit suites; from Debian's kernel source, as kernel-doc is
#   clang-tidy   C++ of the modules, with .clang-tidy
#   kernel-doc   the comments of everything that has them
#
# A finding is a failure. Writes OUT/summary: "<passed> <failed> <skipped>", a tool each.
set -u

cd "$(dirname "$0")/../.." || exit 1
out=${1:-out/analysis}
mkdir -p "$out"
source=$(selftests/host/kernel.sh source) || exit 1

# Each prints its findings and nothing else.

run_sparse() {
	# Not silent, so that the log shows which files sparse looked at.
	MAKEFLAGS= KVER=6.1 make --no-print-directory modules-host C=2 >"$out/sparse.build" 2>&1 ||
		tail -n 5 "$out/sparse.build"
	grep -qE '^  CHECK ' "$out/sparse.build" || echo "sparse looked at no file"
	grep -E '(warning|error):' "$out/sparse.build"
}

# Ignored: CAMELCASE for Windows names, EXPORT_SYMBOL since one file exports all symbols, USLEEP_RANGE since
# down-calls pass on their caller's time, UNCOMMENTED_DEFINITION for a lock that is all of its structure.
not_ours=CAMELCASE,EXPORT_SYMBOL,USLEEP_RANGE,UNCOMMENTED_DEFINITION,PRINTK_WITHOUT_KERN_LEVEL,CONST_STRUCT

# check_patch IGNORED FILE...
check_patch() {
	local ignored=$1
	shift
	perl "$source/scripts/checkpatch.pl" --strict --no-tree --terse --show-types --no-summary \
		--max-line-length=100 --ignore "$ignored" --file "$@" 2>&1
}

run_checkpatch() {
	find module/linux selftests/kunit hw/*/linux_module.c -name '*.[ch]' \
		! -name trace.h ! -path module/linux/os/compat.h ! -path module/linux/datapath/rx_ring.h |
		sort | xargs -d '\n' bash -c 'check_patch "$@"' _ "$not_ours"
	# checkpatch takes the brackets of __has_include() and a pointer's star after a compound literal for operators.
	check_patch "$not_ours,SPACING,NEW_TYPEDEFS" module/linux/os/compat.h module/linux/datapath/rx_ring.h
	# The kernel's usual layout of TRACE_EVENT() is not checkpatch's.
	check_patch "$not_ours,PARENTHESIS_ALIGNMENT,OPEN_ENDED_LINE" module/linux/datapath/trace.h
}
export -f check_patch
export source

# tidy_folder FOLDER FLAG...
tidy_folder() {
	local folder=$1
	shift
	# shellcheck disable=SC2016 # the other shell's
	printf '%s\0' "$folder"/*.cpp | xargs -0 -P2 -n4 sh -c 'flags=$1; shift
		clang-tidy --quiet "$@" -- $flags 2>&1' sh \
		"-std=c++20 -fshort-wchar -DNETCX_USER_SPACE -ffreestanding -nostdinc++ -fno-exceptions -fno-rtti -Iinclude $*" |
		grep -vE '^[0-9]* warnings? (generated|treated)|^Suppressed|^Use -'
}

run_clang-tidy() {
	local folder
	tidy_folder module/core
	for folder in hw/*/; do
		[ -z "$(find "$folder" -maxdepth 1 -name '*.cpp')" ] || tidy_folder "${folder%/}" -Iinclude/netcx -Ihw
	done
}

run_kernel-doc() {
	find include module -name '*.[ch]' -o -name '*.cpp' -path 'module/*' | sort |
		xargs -d '\n' perl "$source/scripts/kernel-doc" -none -Werror 2>&1
}

passed=0 failed=0
for tool in sparse checkpatch clang-tidy kernel-doc; do
	begin=$SECONDS
	"run_$tool" >"$out/$tool.log"
	if [ -s "$out/$tool.log" ]; then
		failed=$((failed + 1))
		echo "analysis: $tool:" >&2
		cat "$out/$tool.log" >&2
	else
		passed=$((passed + 1))
		echo "analysis: $tool found nothing, $((SECONDS - begin)) s"
	fi
done

echo "$passed $failed 0" >"$out/summary"
[ "$failed" -eq 0 ]
