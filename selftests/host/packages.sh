#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Makes sure that the packages a part of the project needs are there:
#
#   packages.sh build|unit|kunit|host|bench|python|fuzz|prove|analysis ...
#
# As root on Debian 12 the missing ones are installed, otherwise they are named in one line and the exit status is 1. KVER (6.1, 6.12 or
# debug) says which kernel's headers or source the part "host" needs. With nothing missing this takes milliseconds.
set -eu

kver=${KVER:-6.1}
backports_list=/etc/apt/sources.list.d/netcx-backports.list

case $kver in
6.1) kernel=linux-headers-amd64 ;;
debug) kernel=linux-source-6.1 ;;
6.12) kernel=linux-headers-6.12-amd64 ;;
*)
	echo "packages.sh: KVER=$kver: the test host has 6.1, 6.12 and debug" >&2
	exit 2
	;;
esac

compiler="make gcc g++ libc6-dev"
kernel_builder="$compiler linux-source-6.1 xz-utils bc bison flex libelf-dev libssl-dev kmod cpio python3"

wanted=
for part in "${@:-host}"; do
	case $part in
	build)
		wanted="$wanted $compiler kmod"
		# Any kernel's headers will do; which one is built for is the Makefile's affair.
		ls -d /lib/modules/*/build >/dev/null 2>&1 || [ -n "${KDIR:-}" ] || wanted="$wanted linux-headers-amd64"
		;;
	unit) wanted="$wanted $compiler libgtest-dev" ;;
	kunit) wanted="$wanted $kernel_builder" ;;
	host)
		wanted="$wanted $compiler $kernel kmod qemu-system-x86 busybox-static bash cpio zstd python3"
		wanted="$wanted iproute2 ethtool iperf3 iputils-ping clang libbpf-dev linux-libc-dev"
		[ "$kver" != debug ] || wanted="$wanted $kernel_builder"
		;;
	fuzz) wanted="$wanted make clang g++ libc6-dev libclang-rt-14-dev" ;;
	prove) wanted="$wanted cbmc minisat gcc libc6-dev" ;;
	analysis)
		# Flags and generated headers are the kernel build's, checkpatch and kernel-doc its source's.
		wanted="$wanted $compiler linux-headers-amd64 linux-source-6.1 xz-utils kmod sparse clang-tidy perl python3"
		;;
	bench) wanted="$wanted $compiler python3 libbenchmark-dev" ;;
	python) wanted="$wanted python3" ;;
	*)
		echo "packages.sh: no part '$part'; there are build, unit, kunit, host, bench, python, fuzz, prove and analysis" >&2
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

# QEMU 8 is the first with an 82576 (igb); Debian 12 itself has 7.2.
qemu_too_old() {
	case " $wanted " in
	*qemu-system-x86*) ;;
	*) return 1 ;;
	esac
	! dpkg --compare-versions "$(dpkg-query -W -f '${Version}' qemu-system-x86 2>/dev/null || echo 0)" ge 1:8
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
if qemu_too_old; then
	# apt takes nothing from backports that is not named, dependencies neither.
	missing="${missing/qemu-system-x86 /}$(printf '%s/bookworm-backports ' \
		qemu-system-x86 qemu-system-common qemu-system-data seabios)"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! grep -qs '^VERSION_CODENAME=bookworm$' /etc/os-release; then
	command="selftests/host/packages.sh ${*:-host}"
	[ "$kver" = 6.1 ] || command="KVER=$kver $command"
	echo "packages.sh: missing packages: $missing(root on Debian 12 installs them with: $command)" >&2
	exit 1
fi

# One at a time: another may be installing the same. Nothing that is started meanwhile keeps the lock.
if [ -z "${NETCX_PACKAGES_LOCKED:-}" ]; then
	NETCX_PACKAGES_LOCKED=yes exec flock --close "${backports_list%/*}" "$0" "$@"
fi

# Backports are needed for a newer QEMU and add nothing unasked: apt takes a package from there only when told to.
case $missing in
*bookworm-backports*)
	if ! grep -rqs '^[^#]*bookworm-backports' /etc/apt/sources.list /etc/apt/sources.list.d; then
		echo "packages.sh: adding bookworm-backports to apt's sources, in $backports_list" >&2
		echo 'deb http://deb.debian.org/debian bookworm-backports main' >"$backports_list"
	fi
	;;
esac

echo "packages.sh: installing, for a minute or more: $missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
fetched=
trap 'rm -rf "$log" "$fetched"' EXIT
case $missing in
*cbmc*)
	fetched=$(mktemp -d)
	if ! fetch_cbmc "$fetched" >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		echo "packages.sh: could not get cbmc from Debian's $cbmc_release" >&2
		exit 1
	fi
	missing=${missing/cbmc/$(echo "$fetched"/cbmc_*.deb)}
	;;
esac
# shellcheck disable=SC2086 # a list of names
if ! { apt-get -q update && apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	echo "packages.sh: apt-get could not install $missing" >&2
	exit 1
fi
