#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Provides a kernel for the test host and says where its parts are.
#
#   kernel.sh KVER           prints release=, image=, modules=, kdir=, kconfig=, to be read by eval
#   kernel.sh KVER FIELD     prints one of them
#   kernel.sh source         prints the path of Debian's kernel source, unpacked
#
# KVER is a Debian kernel version (6.1, 6.12), which is taken from Debian's linux-image package of the same version as the installed
# linux-headers package, or "debug", which is built from Debian's linux-source with debug.config. Everything is kept in a cache
# directory outside the checkout, NETCX_CACHE or XDG_CACHE_HOME/netcx, and made only once.
set -eu

# depmod is not where everybody looks.
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
cache=${NETCX_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/netcx}
source_series=6.1

die() {
	echo "kernel.sh: $*" >&2
	exit 1
}

say() {
	echo "kernel.sh: $*" >&2
}

# One process at a time makes a cache entry; the others wait for it.
lock() {
	mkdir -p "$cache"
	exec 9>"$cache/.$1.lock"
	flock 9
}

unlock() {
	exec 9>&-
}

package_version() {
	dpkg-query -W -f '${Version}' "$1" 2>/dev/null || die "package $1 is not installed (selftests/host/packages.sh installs it)"
}

# Debian's kernel source, unpacked; left untouched, every build is made with O=.
provide_source() {
	local version dir
	version=$(package_version "linux-source-$source_series")
	dir=$cache/linux-source-${source_series}_$version
	if [ ! -d "$dir" ]; then
		lock source
		if [ ! -d "$dir" ]; then
			say "unpacking linux-source-$source_series $version"
			rm -rf "$dir.tmp"
			mkdir "$dir.tmp"
			tar -C "$dir.tmp" --strip-components=1 -xf "/usr/src/linux-source-$source_series.tar.xz"
			mv "$dir.tmp" "$dir"
		fi
		unlock
	fi
	echo "$dir"
}

# A Debian kernel: the image package is downloaded and unpacked, never installed. Modules that no network test needs are left out.
provide_debian() {
	local kver=$1 version dir deb
	release=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "linux-headers-$kver*-amd64" 2>/dev/null |
		sed -n "s/^ii  *linux-headers-\($kver\.[0-9].*\)/\1/p" | sort -V | tail -n 1)
	[ -n "$release" ] || die "no linux-headers package for $kver is installed (KVER=$kver selftests/host/packages.sh installs it)"
	version=$(package_version "linux-headers-$release")
	dir=$cache/linux-image-${release}_$version
	if [ ! -d "$dir" ]; then
		lock "image-$release"
		if [ ! -d "$dir" ]; then
			say "downloading linux-image-$release $version"
			rm -rf "$dir.tmp"
			mkdir "$dir.tmp"
			(cd "$dir.tmp" && apt-get -qq -o APT::Sandbox::User=root download "linux-image-$release=$version" >&2) ||
				die "cannot download linux-image-$release $version: apt-get update, or upgrade the headers to the archive's version"
			deb=$(echo "$dir.tmp"/*.deb)
			dpkg-deb --fsys-tarfile "$deb" | tar -C "$dir.tmp" -x --wildcards \
				--exclude='*/kernel/sound' --exclude='*/kernel/fs' --exclude='*/kernel/drivers/gpu' \
				--exclude='*/kernel/drivers/media' --exclude='*/kernel/drivers/net/wireless' \
				--exclude='*/kernel/drivers/scsi' --exclude='*/kernel/drivers/iio' \
				--exclude='*/kernel/drivers/staging' --exclude='*/kernel/drivers/infiniband' \
				'./boot/*' './lib/modules/*' || die "cannot unpack $deb"
			rm "$deb"
			depmod -b "$dir.tmp" "$release" || die "depmod fails on the modules of $release"
			mv "$dir.tmp" "$dir"
		fi
		unlock
	fi
	image=$dir/boot/vmlinuz-$release
	modules=$dir/lib/modules/$release
	kconfig=$dir/boot/config-$release
	kdir=/lib/modules/$release/build
	[ -d "$kdir" ] || kdir=/usr/src/linux-headers-$release
}

# allnoconfig with the fragment, refused when an option of it is lost.
configure_debug() {
	local source=$1 build=$2 line name lost=
	make -s -C "$source" O="$build" KCONFIG_ALLCONFIG="$here/debug.config" allnoconfig >&2
	while IFS= read -r line; do
		name=${line%%=*}
		case $line in
		CONFIG_*=n) grep -q "^$name=" "$build/.config" && lost="$lost $line" ;;
		CONFIG_*) grep -qxF "$line" "$build/.config" || lost="$lost $line" ;;
		esac
	done <"$here/debug.config"
	[ -z "$lost" ] || die "debug.config: the kernel does not take$lost"
}

# Builds the debug kernel. An interrupted build goes on where it stopped. Objects are removed afterwards; what external modules are built
# with (headers, scripts, objtool, Module.symvers) stays.
build_debug() {
	local dir=$1 source=$2 build=$1/build start=$SECONDS

	say "building the debug kernel in $dir, once; about 10 minutes on 2 processors, log in $dir/build.log"
	mkdir -p "$build"
	configure_debug "$source" "$build"
	nice -n 10 make -s -C "$source" O="$build" -j"$(nproc)" bzImage modules >"$dir/build.log" 2>&1 ||
		{ tail -n 20 "$dir/build.log" >&2; die "the debug kernel does not build"; }
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
	say "built the debug kernel in $((SECONDS - start)) s"
}

provide_debug() {
	local version source key dir
	version=$(package_version "linux-source-$source_series")
	source=$(provide_source)
	key=$({ echo "$version"; cat "$here/debug.config"; } | sha256sum | cut -c 1-12)
	dir=$cache/linux-debug-$key
	if [ ! -f "$dir/complete" ]; then
		lock "debug-$key"
		[ -f "$dir/complete" ] || build_debug "$dir" "$source"
		unlock
	fi
	release=$(cat "$dir/complete")
	image=$dir/boot/vmlinuz-$release
	modules=$dir/lib/modules/$release
	kconfig=$dir/boot/config-$release
	kdir=$dir/build
}

[ $# -ge 1 ] || die "usage: kernel.sh KVER|debug|source [release|image|modules|kdir|kconfig]"
case $1 in
source)
	provide_source
	exit
	;;
debug) provide_debug ;;
*) provide_debian "$1" ;;
esac

case ${2:-all} in
release) echo "$release" ;;
image) echo "$image" ;;
modules) echo "$modules" ;;
kdir) echo "$kdir" ;;
kconfig) echo "$kconfig" ;;
all) printf '%s=%q\n' release "$release" image "$image" modules "$modules" kdir "$kdir" kconfig "$kconfig" ;;
*) die "no field $2" ;;
esac
