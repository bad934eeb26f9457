#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the root of another architecture, if it is not there yet, and prints its path:
#
#   foreign.sh ARCH     arm64 or riscv64, Debian's names
#
# It holds what the guest's initramfs is made of, and what the tests' programs are linked with (gcc's --sysroot). It is in the cache, made
# once of Debian's packages, which are unpacked and not configured: nothing of it runs on this machine. To be run in the test host's own
# root (inside), whose Debian it is of.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=selftests/host/namespace.sh
. "$here/namespace.sh"

packages=bash,iproute2,ethtool,iperf3,iputils-ping,kmod,coreutils,util-linux,busybox-static,libgcc-s1,libc6-dev,libbpf-dev,linux-libc-dev

die() {
	echo "foreign.sh: $*" >&2
	exit 1
}

arch=${1:?usage: foreign.sh ARCH}
[ -e /etc/netcx-root ] || die "to be run by inside"
key=$(echo "$packages" | sha256sum | cut -c 1-12)
dir=$cache/root-$arch-$key
if [ ! -d "$dir" ]; then
	exec 9>"$cache/.root-$arch.lock"
	flock 9
fi
if [ ! -d "$dir" ]; then
	echo "foreign.sh: unpacking Debian's programs for $arch in $dir, once; less than a minute" >&2
	rm -rf --one-file-system "$dir.tmp"
	mmdebstrap --mode=root --variant=extract --architectures="$arch" --include="$packages" --skip=chroot/mount \
		trixie "$dir.tmp" http://deb.debian.org/debian 9>&- >"$cache/.root-$arch.log" 2>&1 || {
		tail -n 20 "$cache/.root-$arch.log" >&2
		die "cannot unpack them: is a mirror of Debian reachable? The log is $cache/.root-$arch.log"
	}
	mv "$dir.tmp" "$dir"
fi
echo "$dir"
