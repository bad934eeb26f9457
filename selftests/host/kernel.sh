#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Provides a kernel for the test host and says where its parts are.
#
#   kernel.sh KVER           prints release=, image=, modules=, kdir=, kconfig=, arch=, to be read by eval
#   kernel.sh KVER FIELD     prints one of them
#   kernel.sh source         prints the path of Debian's kernel source, unpacked
#
# What KVER can be stands in kver.sh. On Debian 12 the kernel of 6.1 and 6.12 is that of the installed linux-headers package, for all
# others it is the newest of the series in Debian's archive, unpacked together with its headers; see inside for where that is. Debug kernels
# are built. Everything is kept in a cache directory outside the checkout, NETCX_CACHE or XDG_CACHE_HOME/netcx, and made only once. A
# newer kernel of a series is taken when its folder there has been removed.
set -eu

# depmod is not where everybody looks.
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=selftests/host/namespace.sh
. "$here/namespace.sh"
# shellcheck source=selftests/host/kver.sh
. "$here/kver.sh"
# That of everything which is not a kernel of its own: User-Mode Linux, the kernel's checkers.
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

# unpack DIR DEB...: but what no network test needs. The packages go.
unpack() {
	local dir=$1 deb
	shift
	for deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -C "$dir" -x --keep-directory-symlink \
			--exclude='*/kernel/sound' --exclude='*/kernel/fs' --exclude='*/kernel/drivers/gpu' \
			--exclude='*/kernel/drivers/media' --exclude='*/kernel/drivers/net/wireless' \
			--exclude='*/kernel/drivers/scsi' --exclude='*/kernel/drivers/iio' \
			--exclude='*/kernel/drivers/staging' --exclude='*/kernel/drivers/infiniband' \
			--exclude=./usr/share || die "cannot unpack $deb"
		rm "$deb"
	done
}

# A Debian kernel whose headers are installed: the image package is downloaded and unpacked, never installed. Modules that no network test needs are left out.
provide_installed() {
	local version dir deb
	release=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "linux-headers-$series*-amd64" 2>/dev/null |
		sed -nE "s/^ii +linux-headers-(${series/./\\.}\.[^-]+(-[0-9]+)?-amd64)$/\1/p" | sort -V | tail -n 1)
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
			unpack "$dir.tmp" "$deb"
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

# depends PACKAGE PATTERN: the names among what the package depends on that match
depends() {
	apt-cache show "$1" | sed -n 's/^Depends: //p' | head -n 1 | sed 's/[,|] */\n/g' | sed 's/[ :].*//' | grep -E "$2" | sort -u
}

# newest_release: that of the series, flavour and architecture in the archive. The name of a flavour or of an architecture is what comes
# after the ABI's: "7.3.4+deb13-rt-amd64", "6.1.0-57-cloud-amd64".
newest_release() {
	apt-cache pkgnames "linux-headers-$series." |
		sed -nE "s/^linux-headers-(${series/./\\.}\.[^-]+(-[0-9]+)?-${flavour:+$flavour-}$arch)$/\1/p" | sort -V | tail -n 1
}

# A kernel of the archive, its headers and what builds with them, unpacked side by side as if in /. What builds is made for this machine,
# whatever the kernel is for. Installed, the headers of another architecture would replace the compiler.
unpack_archive() {
	local dir=$1 foreign='' headers image makefile names
	if [ "$arch" != amd64 ]; then
		foreign=:$arch
		dpkg --print-foreign-architectures | grep -qx "$arch" || dpkg --add-architecture "$arch"
	fi
	flock --close /etc/apt/sources.list.d apt-get -qq update >&2 || die "apt-get update fails: is a mirror of Debian reachable?"
	release=$(newest_release)
	[ -n "$release" ] || die "Debian has no kernel $kver"
	headers=linux-headers-$release$foreign
	image=linux-image-$release$foreign
	say "downloading Debian's kernel $release, once; 100 to 200 MB"
	rm -rf "$dir.tmp"
	mkdir -p "$dir.tmp"/{boot,usr/lib}
	ln -s usr/lib "$dir.tmp/lib"
	# From 7.2 on the image package is an empty one.
	names="$headers $(depends "$headers" '^linux-(headers|kbuild)-')"
	names="$names $(depends "$image" '^linux-(binary|modules|base)-[0-9]' | sed "s/$/$foreign/" | grep . || echo "$image")"
	# shellcheck disable=SC2086 # a list of names
	(cd "$dir.tmp" && apt-get -qq -o APT::Sandbox::User=root download $names >&2) || die "cannot download $names"
	unpack "$dir.tmp" "$dir.tmp"/*.deb
	makefile=$dir.tmp/usr/src/linux-headers-$release/Makefile
	sed -i "s,/usr/src/,$dir/usr/src/,g" "$makefile" "${makefile%/*}/.kernelvariables"
	depmod -b "$dir.tmp" "$release" || die "depmod fails on the modules of $release"
	echo "$release" >"$dir.tmp/complete"
	rm -rf "$dir"
	mv "$dir.tmp" "$dir"
}

# A Debian kernel that is not installed
provide_unpacked() {
	local dir=$cache/linux-$kver
	if [ ! -f "$dir/complete" ]; then
		lock "$kver"
		[ -f "$dir/complete" ] || unpack_archive "$dir"
		unlock
	fi
	release=$(cat "$dir/complete")
	modules=$dir/lib/modules/$release
	image=$modules/vmlinuz
	[ -f "$image" ] || image=$dir/boot/vmlinuz-$release
	kconfig=$modules/config
	[ -f "$kconfig" ] || kconfig=$dir/boot/config-$release
	kdir=$dir/usr/src/linux-headers-$release
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

[ $# -ge 1 ] || die "usage: kernel.sh KVER|source [release|image|modules|kdir|kconfig|arch]"
kver=$1
[ "$kver" = source ] || parse_kver "$kver" || exit 2
if "$here/inside" --needed "${kver/#source/tools}"; then
	exec "$here/inside" "$here/kernel.sh" "$@"
fi
case ${cache}${here} in
*[[:space:]]*) die "the kernel's build takes no path with a space in it: say NETCX_CACHE=, where kernels are kept, with another" ;;
esac
if [ "$kver" = source ]; then
	provide_source
	exit
elif [ "$kind" = debug ]; then
	provide_debug
elif [ -e /etc/netcx-root ]; then
	provide_unpacked
else
	provide_installed
fi

case ${2:-all} in
release) echo "$release" ;;
image) echo "$image" ;;
modules) echo "$modules" ;;
kdir) echo "$kdir" ;;
kconfig) echo "$kconfig" ;;
arch) echo "$arch" ;;
all) printf '%s=%q\n' release "$release" image "$image" modules "$modules" kdir "$kdir" kconfig "$kconfig" arch "$arch" ;;
*) die "no field $2" ;;
esac
