# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# For kernel.sh: the debug kernels, which are built from Debian's source.
#
# What is in them stands in debug.config. Where a newer kernel needs other options, they are in a file with the kernel's name,
# debug-7.3.config, and those of a real-time kernel in debug-rt.config; the last to name an option decides.

# debug_fragments: the files that make the configuration of KVER, in this order
debug_fragments() {
	echo "$here/debug.config"
	[ "$series" = 6.1 ] || echo "$here/debug-7.3.config"
	[ "$flavour" != rt ] || echo "$here/debug-rt.config"
}

# One line for each option, the last that there is of it
merged_fragments() {
	debug_fragments | xargs -d '\n' cat | grep '^CONFIG_' |
		awk -F= '{ if (!($1 in line)) order[++count] = $1; line[$1] = $0 } END { for (i = 1; i <= count; i++) print line[order[i]] }'
}

# debug_compiler: the one to build with where that is not "gcc". Debian 13's is too new for 6.1.
debug_compiler() {
	[ ! -e /etc/netcx-root ] || [ "$series" != 6.1 ] || echo gcc-12
}

# configure_debug SOURCE BUILD: allnoconfig with the fragments, refused when an option of them is lost
configure_debug() {
	local source=$1 build=$2 compiler line name lost=
	compiler=$(debug_compiler)
	# Debian's kernels read it, also when modules are built with them.
	[ -z "$compiler" ] || echo "CC = $compiler" >"$build/.kernelvariables"
	merged_fragments >"$build/fragments"
	make -s -C "$source" O="$build" KCONFIG_ALLCONFIG="$build/fragments" allnoconfig >&2
	while IFS= read -r line; do
		name=${line%%=*}
		case $line in
		*=n) grep -q "^$name=" "$build/.config" && lost="$lost $line" ;;
		*) grep -qxF "$line" "$build/.config" || lost="$lost $line" ;;
		esac
	done <"$build/fragments"
	[ -z "$lost" ] || die "$kver: the kernel does not take$lost"
}

# build_debug DIR SOURCE: an interrupted build goes on where it stopped. Objects are removed afterwards; what external modules are built
# with (headers, scripts, objtool, Module.symvers) stays.
build_debug() {
	local dir=$1 source=$2 build=$1/build start=$SECONDS

	say "building the $kver kernel in $dir, once; 10 to 20 minutes on 2 processors, log in $dir/build.log"
	mkdir -p "$build"
	configure_debug "$source" "$build"
	nice -n 10 make -s -C "$source" O="$build" -j"$(nproc)" bzImage modules >"$dir/build.log" 2>&1 ||
		{ tail -n 20 "$dir/build.log" >&2; die "the $kver kernel does not build"; }
	make -s -C "$source" O="$build" INSTALL_MOD_PATH="$dir" modules_install >>"$dir/build.log" 2>&1
	mkdir -p "$dir/boot"
	release=$(cat "$build/include/config/kernel.release")
	cp "$build/arch/x86/boot/bzImage" "$dir/boot/vmlinuz-$release"
	cp "$build/.config" "$dir/boot/config-$release"
	cp "$build/System.map" "$dir/boot/System.map-$release"
	find "$build" \( -path "$build/scripts" -o -path "$build/tools" \) -prune -o \
		-type f \( -name '*.o' -o -name '*.a' -o -name '*.ko' -o -name 'vmlinux*' -o -name '.*.cmd' -o -name 'bzImage' \) \
		-exec rm -f {} +
	echo "$release" >"$dir/complete"
	say "built the $kver kernel in $((SECONDS - start)) s"
}

# What one compiler has built is of no use to another.
provide_debug() {
	local source version key dir
	source=$(provide_source "$series")
	version=${source##*_}
	key=$({ echo "$version"; debug_fragments | xargs -d '\n' cat; [ ! -e /etc/netcx-root ] || echo root; } | sha256sum | cut -c 1-12)
	dir=$cache/linux-$kver-$key
	if [ ! -f "$dir/complete" ]; then
		lock "$kver-$key"
		[ -f "$dir/complete" ] || build_debug "$dir" "$source"
		unlock
	fi
	release=$(cat "$dir/complete")
	image=$dir/boot/vmlinuz-$release
	modules=$dir/lib/modules/$release
	kconfig=$dir/boot/config-$release
	kdir=$dir/build
}
