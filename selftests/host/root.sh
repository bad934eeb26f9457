#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Makes the Debian 13 root of the test host, if it is not there yet, and prints its path:
#
#   root.sh
#   root.sh --clean     removes the cache: this root, and the kernels
#
# It is in the cache (NETCX_CACHE, else XDG_CACHE_HOME/netcx), made once by mmdebstrap or debootstrap. packages.sh adds to it what a part
# of the project needs, kernel.sh unpacks kernels from the releases that its apt knows. `make clean-cache` removes it.
set -eu

# Tools of the superuser are not where everybody looks.
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=selftests/host/namespace.sh
. "$here/namespace.sh"

suite=trixie
mirror=http://deb.debian.org/debian
security=http://deb.debian.org/debian-security
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

die() {
	echo "root.sh: $*" >&2
	exit 125
}

say() {
	echo "root.sh: $*" >&2
}

# Debian 12 is for its 6.1, backports for the newest kernels and QEMU.
sources() {
	cat <<-END
		deb $mirror $suite main
		deb $mirror $suite-updates main
		deb $security $suite-security main
		deb $mirror $suite-backports main
		deb $mirror bookworm main
		deb $security bookworm-security main
	END
}

# What is only in Debian 12 can be had from there; of anything else Debian 13's is taken. Backports say the same of themselves.
preferences() {
	cat <<-END
		Package: *
		Pin: release n=bookworm*
		Pin-Priority: 50

		Package: *
		Pin: release n=$suite-backports
		Pin-Priority: 100
	END
}

apt_options() {
	cat <<-END
		APT::Install-Recommends "false";
		Acquire::Languages "none";
	END
}

# It can be made again, so nothing has to reach the disk at once. Nobody reads manuals there.
dpkg_options() {
	cat <<-END
		force-unsafe-io
		path-exclude=/usr/share/man/*
		path-exclude=/usr/share/locale/*
		path-exclude=/usr/share/doc/*
	END
}

packages=ca-certificates

# configure DIR: what apt and dpkg go by there
configure() {
	mkdir -p "$1"/etc/apt/{apt.conf.d,preferences.d} "$1/etc/dpkg/dpkg.cfg.d"
	preferences >"$1/etc/apt/preferences.d/netcx"
	apt_options >"$1/etc/apt/apt.conf.d/netcx"
	dpkg_options >"$1/etc/dpkg/dpkg.cfg.d/netcx"
}

# make_root DIR: in a mount namespace already
make_root() {
	local dir=$1
	if command -v mmdebstrap >/dev/null; then
		sources | mmdebstrap --mode=root --variant=apt --keyring="$keyring" --include="$packages" --skip=cleanup/apt/lists \
			--setup-hook="$(printf %q "$here/root.sh") --configure \"\$1\"" "$suite" "$dir" -
	else
		debootstrap --variant=minbase --keyring="$keyring" --include="$packages" "$suite" "$dir" "$mirror"
		configure "$dir"
		sources >"$dir/etc/apt/sources.list"
	fi
	# What inside mounts files upon.
	touch "$dir/etc/resolv.conf" "$dir/etc/hosts"
	echo "the root of NetCx's test host" >"$dir/etc/netcx-root"
}

# The tool that makes a root is all that this machine has to have; root installs it where there is apt.
need_tool() {
	if [ "$(uname -m)" != x86_64 ]; then
		die "the test host needs an x86-64 machine, this is $(uname -m)"
	fi
	if { command -v mmdebstrap || command -v debootstrap; } >/dev/null && command -v mount >/dev/null && [ -e "$keyring" ]; then
		return
	fi
	if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
		say "installing mmdebstrap"
		if { apt-get -q update; apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends \
			mmdebstrap debian-archive-keyring mount; } >"$cache/.root.log" 2>&1; then
			return
		fi
		tail -n 20 "$cache/.root.log" >&2
	fi
	die "install what makes a Debian 13 root for the test host: apt install mmdebstrap debian-archive-keyring mount"
}

case ${1:-} in
--configure)
	configure "$2"
	exit
	;;
--make)
	make_root "$2"
	exit
	;;
--clean)
	[ ! -d "$cache" ] || in_namespace rm -rf --one-file-system "$cache"
	exit
	;;
esac

key=$({ sources; preferences; apt_options; dpkg_options; echo "$packages"; } | sha256sum | cut -c 1-12)
dir=$cache/root-$suite-$key
if [ ! -d "$dir" ]; then
	reason=$(no_namespace)
	[ -z "$reason" ] || die "$reason"
	mkdir -p "$cache"
	exec 9>"$cache/.root.lock"
	flock 9
fi
if [ ! -d "$dir" ]; then
	need_tool
	say "making a Debian 13 root in $dir, once; about a minute, log in $cache/.root.log"
	start=$SECONDS
	# What an interrupted making left; its mounts went with its namespace.
	[ ! -e "$dir.tmp" ] || (in_namespace rm -rf --one-file-system "$dir.tmp")
	if ! (in_namespace "$here/root.sh" --make "$dir.tmp") 9>&- >"$cache/.root.log" 2>&1; then
		tail -n 20 "$cache/.root.log" >&2
		die "could not make the root: is a mirror of Debian reachable? The log is $cache/.root.log"
	fi
	mv "$dir.tmp" "$dir"
	say "made it in $((SECONDS - start)) s"
fi
echo "$dir"
