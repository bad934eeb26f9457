# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# For kernel.sh: Debian's kernels for any of its architectures, unpacked from the archive's packages.

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
	update_lists
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
	(cd "$dir.tmp" && fetch $names)
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
	# An architecture without a format of its own for compressed kernels has a vmlinux.
	for image in "$modules"/vmlinu[zx] "$dir"/boot/vmlinu[zx]-"$release"; do
		[ ! -f "$image" ] || break
	done
	kconfig=$modules/config
	[ -f "$kconfig" ] || kconfig=$dir/boot/config-$release
	kdir=$dir/usr/src/linux-headers-$release
}
