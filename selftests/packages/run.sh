#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# That the Debian packages can be lived with: run.sh [OUT]
#
# Builds them, has lintian look, and installs, upgrades and removes them in a copy of the test host's Debian 13 root, with the headers of
# 6.12 and 7.3 and of a kernel that nothing is tested on. What DKMS has made for 7.3 there is booted. Needs root. Prints TAP;
# OUT/summary gets "PASSED FAILED SKIPPED", OUT/packages.log what the programs said.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
host=$top/selftests/host
out=${1:-${NETCX_OUT:-$top/out}/packages}
deb=${NETCX_OUT:-$top/out}/deb
boot_kver=7.3
nic="pci:v00008086d000010D3sv00008086sd00000000bc02sc00i00"

# What follows mounts, and the mounts are to go with it.
if [ -z "${NETCX_PACKAGES_ENTERED:-}" ]; then
	[ "$(id -u)" -eq 0 ] || {
		echo "packages: root is needed, for a copy of the test host's root" >&2
		exit 1
	}
	KVER=$boot_kver "$host/packages.sh" host firmware || exit 1
	NETCX_PACKAGES_ENTERED=yes exec unshare --mount -- "$0" "$@"
fi

mkdir -p "$out"
log=$out/packages.log
: >"$log"
work=$(mktemp -d)
trap 'umount -R "$work/root" 2>/dev/null; rm -rf --one-file-system "$work"' EXIT
passed=0 failed=0
# The kernels that have headers there, and the last of them.
releases='' release=''

# check NAME COMMAND...: one test
check() {
	local name=$1 start=$SECONDS
	shift
	echo "==== $name: $*" >>"$log"
	if "$@" >>"$log" 2>&1; then
		passed=$((passed + 1))
		echo "ok $((passed + failed)) $name # $((SECONDS - start)) s"
	else
		failed=$((failed + 1))
		echo "not ok $((passed + failed)) $name"
		tail -n 15 "$log" | sed 's/^/# /'
	fi
}

# A layer over the root, with apt's downloads outside of both.
make_copy() {
	local lower
	lower=$("$host/root.sh") || return 1
	mkdir -p "$work"/{upper,work,root}
	mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/upper,workdir=$work/work" "$work/root" &&
		mount --rbind /dev "$work/root/dev" && mount --rbind /proc "$work/root/proc" && mount --rbind /sys "$work/root/sys" &&
		mkdir -p "$work/root/packages" && mount --bind "$deb" "$work/root/packages" &&
		cp /etc/resolv.conf "$work/root/etc/"
}

# In the copy, as on a machine whose kernel is none of those that have headers.
there() {
	DEBIAN_FRONTEND=noninteractive chroot "$work/root" env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

install_kernels() {
	local kver name
	there apt-get -q update || return 1
	# Backports have no metapackage of a series.
	name=$(there apt-cache search --names-only "^linux-headers-$boot_kver\.[0-9.]+\+deb[0-9]+-amd64$" | sort -V | tail -n 1)
	name=${name%% *}
	# Where there is no kernel, only headers, DKMS does not run depmod; those of 6.12 depend on theirs.
	there apt-get -q -y install --no-install-recommends dkms linux-headers-amd64 &&
		there apt-get -q -y -t "$(. "$work/root/etc/os-release" && echo "$VERSION_CODENAME")-backports" install --no-install-recommends \
			"$name" "${name/headers/image}" || return 1
	releases=
	for kver in 6.12 "$boot_kver"; do
		release=$(there ls /lib/modules | grep "^$kver\..*-amd64$" | sort -V | tail -n 1)
		[ -n "$release" ] || return 1
		releases="$releases $release"
	done
}

# A kernel's headers of a version that nothing is tested on: what dkms goes by is the name.
install_unknown_kernel() {
	[ -n "$release" ] && there cp -r "/lib/modules/$release" /lib/modules/5.99.0-unknown
}

version_of() {
	sed -n 's/^#define NETCX_VERSION "\(.*\)"/\1/p' "$1/include/netcx/netcx_version.h"
}

# is_built VERSION: for each kernel, signed with DKMS's own key, found by the NIC's alias (by which nothing is loaded, see
# is_not_loaded_unasked); for the unknown one not
is_built() {
	local release
	[ -n "$releases" ] || return 1
	for release in $releases; do
		there dkms status "netcx/$1" -k "$release" | grep -q installed || return 1
		[ "$(there modinfo -k "$release" -F version netcx)" = "$1" ] || return 1
		[ -n "$(there modinfo -k "$release" -F signer netcx_e1000e)" ] || return 1
		there modprobe -C /dev/null -S "$release" --show-depends "$nic" | grep -q /netcx_e1000e || return 1
	done
	! there dkms status "netcx/$1" | grep unknown
}

# Once the in-tree driver and ours both know a NIC, only the in-tree one is loaded for it.
is_not_loaded_unasked() {
	local modules
	modules=$(there modprobe -b -S "${releases##* }" --show-depends "$nic") && [[ $modules == */e1000e.ko* && $modules != *netcx* ]]
}

apt_is_content() {
	there apt-get -q check && there dpkg --audit && [ -z "$(there dpkg --audit)" ]
}

# The same packages under a higher version.
make_next_version() {
	local tree=$work/netcx-0.2
	mkdir "$tree" && cp -r "$top"/{include,module,hw,sdk,docs,Kbuild,COPYING,COPYING.MIT,dkms.conf,debian} "$tree" &&
		mkdir "$tree/selftests" && cp -r "$top"/selftests/{unit,kselftests,fuzz} "$tree/selftests/" &&
		sed -i 's/^#define NETCX_VERSION .*/#define NETCX_VERSION "0.2"/' "$tree/include/netcx/netcx_version.h" &&
		sed -i 's/^PACKAGE_VERSION=.*/PACKAGE_VERSION="0.2"/' "$tree/dkms.conf" &&
		sed -i '1s/(.*)/(0.2)/' "$tree/debian/changelog" &&
		(cd "$tree" && dpkg-buildpackage -us -uc -b) && cp "$work"/netcx-*_0.2_*.deb "$deb/"
}

# A client driver in a folder of its own, with nothing but the packages.
client_builds() {
	there sh -ec "cp -r /usr/share/netcx/template /root/mine && make -C /lib/modules/$release/build M=/root/mine modules" &&
		[ -n "$(there find /root/mine -name '*.ko')" ] &&
		there sh -ec 'apt-get -q -y install --no-install-recommends cmake pkgconf libgtest-dev && pkg-config --cflags --libs netcx &&
			cmake -S /root/mine/tests -B /root/mine/tests/build && make -C /root/mine/tests/build && ctest --test-dir /root/mine/tests/build'
}

# A NIC that was given to a driver that goes must not wait for it.
purge() {
	echo "# a NIC's" >"$work/root/etc/udev/rules.d/70-netcx-bind.rules" && there apt-get -q -y purge netcx-dkms netcx-tools netcx-dev
}

# What there is with our name: some of it is the root's own.
names() {
	there find /etc /lib/modules/ /usr /var/lib -name '*netcx*' -print | sort
}

is_gone() {
	diff <(echo "$before") <(names)
}

# Of the newest kernel, as they are in the package or signed by others, in $out/modules. Debian's kernels refuse compressed ones there.
take_modules() {
	local folder=$out/modules
	rm -rf "$folder" && mkdir -p "$folder/$1" && cp "$work/root/lib/modules/$release/updates/dkms"/netcx* "$folder/$1" &&
		(cd "$folder/$1" && { xz -dqf ./*.xz || zstd -dq --rm ./*.zst || :; }) 2>/dev/null
}

# boots CERTIFICATE MODULES: a kernel that takes only modules that are signed, and trusts the certificate
boots() {
	"$host/run" --kver "$boot_kver" --time 600 --log "$out/boot" --trust "$1" --modules "$2" -- ./run_all.sh ping.sh
}

dkms_signed_boots() {
	take_modules . && cp "$work/root/var/lib/dkms/mok.pub" "$out/dkms.der" && boots "$out/dkms.der" "$out/modules"
}

# In the root, whose headers have the program for it, as somebody does who has made the modules there.
signed_by_make_boots() {
	take_modules "$release" && openssl req -new -x509 -newkey rsa:2048 -nodes -keyout "$out/key.pem" -outform DER -out "$out/key.der" \
		-days 3650 -subj "/CN=somebody who signs/" &&
		"$host/inside" --for "$boot_kver" --bind "$out" make --no-print-directory -C "$top" sign O="$out/modules" \
			KDIR="$("$host/kernel.sh" "$boot_kver" kdir)" KEY="$out/key.pem" CERT="$out/key.der" &&
		boots "$out/key.der" "$out/modules/$release"
}

untrusted_is_refused() {
	! boots "$out/dkms.der" "$out/modules/$release" && grep -q "Key was rejected by service" "$log"
}

check "the packages build" make -C "$top" --no-print-directory deb
check "lintian has nothing to say" lintian --fail-on error,warning "$deb"/netcx-{dkms,tools,dev}_*.deb
check "a copy of the root" make_copy
check "dkms and two kernels' headers" install_kernels
check "a kernel that nothing is tested on" install_unknown_kernel
before=$(names)
check "installing" there sh -c 'apt-get -q -y install /packages/netcx-dkms_*.deb /packages/netcx-tools_*.deb /packages/netcx-dev_*.deb'
check "built for both kernels, for the other not" is_built "$(version_of "$top")"
check "apt is content" apt_is_content
check "not loaded for a NIC unasked" is_not_loaded_unasked
check "where only signed modules are taken, what DKMS made runs" dkms_signed_boots
check "there what make sign has signed runs" signed_by_make_boots
check "and is refused without the certificate" untrusted_is_refused
check "a client builds and is tested against netcx-dev" client_builds
check "the next version builds" make_next_version
check "upgrading" there sh -c 'apt-get -q -y install /packages/netcx-dkms_0.2_all.deb /packages/netcx-tools_0.2_all.deb /packages/netcx-dev_0.2_*.deb'
check "built again" is_built 0.2
check "removing" purge
check "nothing is left" is_gone
check "apt is still content" apt_is_content
rm -f "$deb"/*_0.2_*.deb
echo "1..$((passed + failed))"
echo "packages: $passed passed, $failed failed; log: ${log#"$top/"}"
echo "$passed $failed 0" >"$out/summary"
[ "$failed" -eq 0 ]
