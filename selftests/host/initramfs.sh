#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Builds the initramfs of the test host:
#
#   initramfs.sh KVER OUTPUT [DIRECTORY]
#
# DIRECTORY holds our own modules, by default out/<kernel release>; if it is not there, only the kernel's own modules are put in.
# BusyBox is the ground; the programs that the tests need in full are the ones of this machine, with their libraries. For another
# architecture both are those of foreign.sh.
set -eu

# depmod and modprobe are not where everybody looks.
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

programs="bash ip bridge tc devlink ethtool iperf3 ping kmod stdbuf chrt udevadm"
kernel_modules="e1000e igb vmxnet3 pktgen 8021q veth tun bridge dummy macvlan sch_netem sch_ingress sch_mqprio kunit msr"

die() {
	echo "initramfs.sh: $*" >&2
	exit 1
}

[ $# -ge 2 ] || die "usage: initramfs.sh KVER OUTPUT [DIRECTORY]"
output=$2
eval "$("$here/kernel.sh" "$1")"
: "${release:?}" "${modules:?}" "${arch:?}"
ours=${3:-${NETCX_OUT:-$top/out}/$release}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/{bin,sbin,dev,etc,proc,root,run,sys,tmp,bench,lib64,usr/bin,usr/sbin,var/run,lib/modules/"$release"/{kernel,updates}}

# Where programs and libraries are from, and what compiles for it.
sysroot=
compiler=(CC="${CC:-gcc}")
strip=strip
case $arch in
amd64) triplet=x86_64-linux-gnu ;;
arm64) triplet=aarch64-linux-gnu ;;
riscv64) triplet=riscv64-linux-gnu ;;
esac
if [ "$arch" != amd64 ]; then
	sysroot=$("$here/foreign.sh" "$arch")
	compiler=(CC="$(basename "$(command -v "$triplet"-gcc-{12,14} | tail -n 1)") --sysroot=$sysroot" SYSROOT="$sysroot")
	strip=$triplet-strip
fi

# find_program NAME
find_program() {
	local folder
	if [ -z "$sysroot" ]; then
		command -v "$1" && return
	else
		for folder in bin sbin; do
			[ ! -x "$sysroot/usr/$folder/$1" ] || { echo "$sysroot/usr/$folder/$1" && return; }
		done
	fi
	die "$1 is missing (selftests/host/packages.sh installs it)"
}

# BusyBox's links go to /bin, which comes last in PATH. Its own list is that of this machine's, which is of the same release.
for applet in $(busybox --list); do
	ln -sf busybox "$root/bin/$applet"
done
cp --remove-destination "$(find_program busybox)" "$root/bin/busybox"

# libraries FILE: the paths of the shared objects that it needs, and of the loader
libraries() {
	local name
	if [ -z "$sysroot" ]; then
		ldd "$1" 2>/dev/null | grep -o '/[^ ]*'
		return
	fi
	readelf -lW "$1" 2>/dev/null | sed -n 's/.*interpreter: \(.*\)\]/\1/p'
	for name in $(readelf -dW "$1" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		[ ! -e "$sysroot/usr/lib/$triplet/$name" ] || echo "/usr/lib/$triplet/$name"
	done
}

# copy_libraries FILE: shared objects keep their paths, so that the loader finds them without a cache.
copy_libraries() {
	local library
	for library in $(libraries "$1"); do
		[ ! -e "$root$library" ] || continue
		mkdir -p "$root${library%/*}"
		cp -L "$sysroot$library" "$root$library"
		[ -z "$sysroot" ] || copy_libraries "$sysroot$library"
	done
}
copy_program() {
	local path
	path=$(find_program "$1")
	cp -L "$path" "$root/usr/bin/$1"
	copy_libraries "$path"
}
for program in $programs; do
	copy_program "$program"
done
# What no program names: stdbuf's own, and what the C library takes when a thread is cancelled, as iperf3 does.
for library in /usr/libexec/coreutils/libstdbuf.so "/usr/lib/$triplet/coreutils/libstdbuf.so" "/usr/lib/$triplet/libgcc_s.so.1"; do
	[ -e "$sysroot$library" ] || continue
	mkdir -p "$root${library%/*}"
	cp -L "$sysroot$library" "$root$library"
done
ln -sf ../usr/bin/bash "$root/bin/bash"
ln -sf udevadm "$root/usr/bin/systemd-udevd"
for name in modprobe insmod rmmod lsmod modinfo depmod; do
	ln -sf kmod "$root/usr/bin/$name"
done

# The kernel's modules with what they depend on. A name the kernel has built in or does not know is nothing to copy.
base=${modules%/lib/modules/*}
for module in $kernel_modules; do
	modprobe -d "$base" -S "$release" --show-depends "$module" 2>/dev/null || :
done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r file; do
	destination=$root${file#"$base"}
	mkdir -p "${destination%/*}"
	cp "$file" "$destination"
done
cp "$modules"/modules.{builtin,builtin.modinfo,order} "$root/lib/modules/$release/" 2>/dev/null || :

if [ -d "$ours" ]; then
	find -L "$ours" -name '*.ko' -exec cp {} "$root/lib/modules/$release/updates/" \;
fi
# Debugging sections are most of a module and no use in the guest, but a signature, which is at the end, is for the whole file.
for module in "$root/lib/modules/$release/updates"/*.ko; do
	[ ! -e "$module" ] || [ "$(tail -c 28 "$module" | tr -d '\0')" = "~Module signature appended~" ] || "$strip" --strip-debug "$module"
done
depmod -b "$root" "$release" || die "depmod fails on our modules"

make -s -C "$here/../kselftests" install "${compiler[@]}" INSTALL_PATH="$root/kselftests" OUTPUT="$root/.kselftests-build"
make -s -C "$here/../bench/guest" install "${compiler[@]}" INSTALL_PATH="$root/bench" OUTPUT="$root/.bench-build"
rm -rf "$root/.kselftests-build" "$root/.bench-build"
for program in "$root"/kselftests/* "$root"/bench/*; do
	copy_libraries "$program"
done

cp "$top/module/install/netcx-bind" "$root/usr/sbin/netcx-bind"
cp "$here/init" "$root/init"
echo 'root:x:0:0:root:/root:/bin/bash' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
printf 'icmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6-icmp 58 IPv6-ICMP\n' >"$root/etc/protocols"

mkdir -p "${output%/*}"
(cd "$root" && find . -print0 | cpio --null --quiet --owner=+0:+0 -o -H newc) | zstd -q -1 -T0 -f -o "$output.tmp"
mv "$output.tmp" "$output"
