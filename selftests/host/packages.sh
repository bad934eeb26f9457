#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Makes sure that the packages a part of the project needs are there:
#
#   packages.sh build|import|dev|deb|kselftests|unit|cmake|kunit|host|firmware|bench|python|fuzz|prove|analysis ...
#
# As root where there is apt the missing ones are installed, otherwise they are named in one line and the exit status is 1. KVER (see
# kver.sh) says for which kernel the part "host" is. With nothing missing this takes milliseconds.
#
# "build", "import", "dev", "deb" and "kselftests", for the kernel and the NICs of this machine, are about this machine. All others are about where the tools of
# the test host are (inside).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=selftests/host/kver.sh
. "$here/kver.sh"
kver=${KVER:-6.1}
parse_kver "$kver" || exit 2
[ $# -gt 0 ] || set -- host
backports_list=/etc/apt/sources.list.d/netcx-backports.list

where=this
for part; do
	case $part in
	build | import | dev | deb | kselftests) ;;
	host) where=$kver ;;
	*) [ "$where" != this ] || where=tools ;;
	esac
done
if [ "$where" != this ] && "$here/inside" --needed "$where"; then
	exec "$here/inside" "$here/packages.sh" "$@"
fi
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null || :)

compiler="make gcc g++ libc6-dev"
kernel_builder="$compiler xz-utils bc bison flex libelf-dev libssl-dev kmod cpio python3"
kselftest_builder="make gcc libc6-dev iproute2 ethtool iperf3 iputils-ping udev clang libbpf-dev linux-libc-dev"
kernel=
if [ -e /etc/netcx-root ]; then
	# Headers and source are unpacked, not installed (kernel.sh); this is what their programs need, and the compilers that they name.
	[ "$series" = 6.1 ] && gcc=12 || gcc=14
	kernel="pahole libelf1t64 libssl3t64 gcc-$gcc g++-$gcc"
	kernel_builder="$kernel_builder gcc-$gcc g++-$gcc"
	case $arch in
	arm64) kernel="$kernel mmdebstrap g++-$gcc-aarch64-linux-gnu binutils-aarch64-linux-gnu qemu-system-arm" ;;
	riscv64) kernel="$kernel mmdebstrap g++-$gcc-riscv64-linux-gnu binutils-riscv64-linux-gnu qemu-system-riscv" ;;
	esac
	source=
	clang_runtime=libclang-rt-dev
else
	source=linux-source-6.1
	case $kver in
	6.1) kernel=linux-headers-amd64 ;;
	6.12) kernel=linux-headers-6.12-amd64 ;;
	debug) kernel=$source ;;
	esac
	clang_runtime=libclang-rt-14-dev
fi

wanted=
for part; do
	case $part in
	build | import)
		wanted="$wanted $compiler kmod"
		[ "$part" != import ] || wanted="$wanted python3"
		# With W=1 the kernel's build runs its kernel-doc.
		[ -z "${W:-}" ] || wanted="$wanted perl python3"
		# Any kernel's headers will do; which one is built for is the Makefile's affair.
		ls -d /lib/modules/*/build >/dev/null 2>&1 || [ -n "${KDIR:-}" ] || [ -e /etc/netcx-root ] ||
			wanted="$wanted linux-headers-amd64"
		;;
	kselftests) wanted="$wanted $kselftest_builder" ;;
	unit) wanted="$wanted $compiler libgtest-dev" ;;
	dev) wanted="$wanted $compiler $kselftest_builder" ;;
	cmake) wanted="$wanted $compiler cmake pkg-config" ;;
	kunit) wanted="$wanted $kernel_builder $source" ;;
	host)
		wanted="$wanted $compiler $kselftest_builder $kernel kmod qemu-system-x86 busybox-static bash cpio zstd python3"
		[ "$kind" != debug ] || wanted="$wanted $kernel_builder $source"
		;;
	fuzz) wanted="$wanted make clang g++ libc6-dev $clang_runtime" ;;
	prove) wanted="$wanted cbmc minisat gcc libc6-dev" ;;
	analysis)
		# Flags and generated headers are the kernel build's, checkpatch and kernel-doc its source's.
		wanted="$wanted $compiler $kernel $source xz-utils kmod sparse clang-tidy perl python3"
		;;
	bench) wanted="$wanted $compiler python3 libbenchmark-dev" ;;
	python) wanted="$wanted python3" ;;
	firmware) wanted="$wanted ovmf python3-virt-firmware openssl" ;;
	deb) wanted="$wanted $compiler $kselftest_builder dpkg-dev debhelper dh-dkms lintian" ;;
	*)
		echo "packages.sh: no part '$part'; there are build, import, dev, deb, kselftests, unit, cmake, kunit, host, firmware, bench, python, fuzz, prove and analysis" >&2
		exit 2
		;;
	esac
done
wanted=$(echo "$wanted" | tr ' ' '\n' | sort -u)

# The names among the arguments that dpkg does not know as installed.
not_installed() {
	local have
	have=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii *//p' | tr '\n' ' ') "
	for name; do
		case $have in
		*" $name "*) ;;
		*) printf '%s ' "$name" ;;
		esac
	done
}

# old_qemu: the names among what is wanted that are QEMU's and not there, or too old. QEMU 8 is the first with an 82576 (igb); Debian 12
# itself has 7.2. The root has the newest, from Debian 13's backports.
old_qemu() {
	local least=1:8 name
	[ ! -e /etc/netcx-root ] || least=1:11
	for name in $wanted; do
		case $name in
		qemu-system-*)
			dpkg --compare-versions "$(dpkg-query -W -f '${Version}' "$name" 2>/dev/null || echo 0)" ge "$least" || echo "$name"
			;;
		esac
	done
}

# Debian 12 was released without CBMC. The package of Debian 11 does: nothing that it needs has gone.
cbmc_release=bullseye

# fetch_cbmc DIR: that package, with lists of its own, so that apt knows no other release afterwards
fetch_cbmc() (
	cd "$1"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $cbmc_release main" >cbmc.list
	mkdir -p lists/partial
	options="-q -o Dir::Etc::SourceList=$1/cbmc.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$1/lists
		-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root"
	# shellcheck disable=SC2086 # a list of options
	apt-get $options update && apt-get $options download cbmc
)

if ! command -v dpkg-query >/dev/null; then
	echo "packages.sh: this is not Debian; install the equivalents of: $(echo "$wanted" | tr '\n' ' ')" >&2
	exit 1
fi

# shellcheck disable=SC2086 # a list of names
missing=$(not_installed $wanted)
qemu=$(old_qemu)
if [ -n "$qemu" ]; then
	# apt takes nothing from backports that is not named, dependencies neither.
	for name in $qemu; do
		missing=${missing/"$name "/}
	done
	# shellcheck disable=SC2086 # a list of names
	missing="$missing$(printf "%s/$codename-backports " $qemu qemu-system-common qemu-system-data seabios)"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
	command="selftests/host/packages.sh $*"
	[ "$kver" = 6.1 ] || command="KVER=$kver $command"
	echo "packages.sh: missing packages: $missing(root installs them with: $command)" >&2
	exit 1
fi

# One at a time: another may be installing the same. Nothing that is started meanwhile keeps the lock.
if [ -z "${NETCX_PACKAGES_LOCKED:-}" ]; then
	NETCX_PACKAGES_LOCKED=yes exec flock --close "${backports_list%/*}" "$here/packages.sh" "$@"
fi

# Backports are needed for a newer QEMU and add nothing unasked: apt takes a package from there only when told to.
case $missing in
*-backports*)
	if ! grep -rqs "^[^#]*$codename-backports" /etc/apt/sources.list /etc/apt/sources.list.d; then
		echo "packages.sh: adding $codename-backports to apt's sources, in $backports_list" >&2
		echo "deb http://deb.debian.org/debian $codename-backports main" >"$backports_list"
	fi
	;;
esac

echo "packages.sh: installing, for a minute or more: $missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
fetched=
trap 'rm -rf "$log" "$fetched"' EXIT
case $codename:$missing in
bookworm:*cbmc*)
	fetched=$(mktemp -d)
	if ! fetch_cbmc "$fetched" >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		echo "packages.sh: could not get cbmc from Debian's $cbmc_release" >&2
		exit 1
	fi
	missing=${missing/cbmc/$(echo "$fetched"/cbmc_*.deb)}
	;;
esac
# A root that was made a minute ago knows what there is. An installation in it that was interrupted goes on.
install() {
	[ -n "$(find /etc/netcx-root -mmin -60 2>/dev/null)" ] || apt-get -q update || return 1
	[ ! -e /etc/netcx-root ] || dpkg --configure -a || return 1
	# shellcheck disable=SC2086 # a list of names
	apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing
}
if ! install >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	echo "packages.sh: apt-get could not install $missing" >&2
	exit 1
fi
