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
# shellcheck source=selftests/host/debug_kernel.sh
. "$here/debug_kernel.sh"
# shellcheck source=selftests/host/archive_kernel.sh
. "$here/archive_kernel.sh"
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

# fetch NAME...: packages of the archive as it is now, into the working directory
fetch() {
	apt-get -qq -o APT::Sandbox::User=root download "$@" >&2 || die "cannot download $*"
}

update_lists() {
	flock --close /etc/apt/sources.list.d apt-get -qq update >&2 || die "apt-get update fails: is a mirror of Debian reachable?"
}

# unpack_source DIR NAME VERSION: from the installed package, in the root from the archive's
unpack_source() {
	local dir=$1 name=$2
	say "unpacking $name $3"
	rm -rf "$dir.tmp"
	mkdir -p "$dir.tmp"
	if [ -e /etc/netcx-root ]; then
		(cd "$dir.tmp" && fetch "$name=$3")
		dpkg-deb --fsys-tarfile "$dir.tmp"/*.deb | tar -x -O "./usr/src/$name.tar.xz" |
			tar -C "$dir.tmp" --strip-components=1 -xJ || die "cannot unpack $name"
		rm "$dir.tmp"/*.deb
	else
		tar -C "$dir.tmp" --strip-components=1 -xf "/usr/src/$name.tar.xz"
	fi
	mv "$dir.tmp" "$dir"
}

# source_version NAME: of the installed package; in the root of the source that is in the cache already, else of the archive's package
source_version() {
	if [ -e /etc/netcx-root ]; then
		local dir
		dir=$(printf '%s\n' "$cache/$1"_* | grep -v '\.tmp$' | sort -V | tail -n 1)
		if [ -d "$dir" ]; then
			echo "${dir##*_}"
		else
			update_lists
			apt-cache show --no-all-versions "$1" | sed -n 's/^Version: //p'
		fi
	else
		package_version "$1"
	fi
}

# provide_source SERIES: prints where Debian's source of it is, unpacked. It stays as it is, every build is made with O=.
provide_source() {
	local name=linux-source-$1 version dir
	version=$(source_version "$name")
	dir=$cache/${name}_$version
	if [ ! -d "$dir" ]; then
		lock "$name"
		[ -d "$dir" ] || unpack_source "$dir" "$name" "$version"
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

[ $# -ge 1 ] || die "usage: kernel.sh KVER|source [release|image|modules|kdir|kconfig|arch]"
kver=$1
[ "$kver" = source ] || parse_kver "$kver" || exit 2
if "$here/inside" --needed "${kver/#source/tools}"; then
	exec "$here/inside" "$here/kernel.sh" "$@"
fi
case $cache in
*[[:space:]]*) die "the kernel's build takes no path with a space in it: say NETCX_CACHE=, where kernels are kept, with another" ;;
esac
if [ "$kver" = source ]; then
	provide_source "$source_series"
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
