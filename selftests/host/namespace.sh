# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# For root.sh and inside: where the cache is, and how to get a mount namespace.

cache=${NETCX_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/netcx}

# in_namespace COMMAND...: replaces this shell by the command, in a mount namespace of its own. A user who is not root is it there, and
# has the ids that /etc/subuid and /etc/subgid give him, which a root file system needs.
in_namespace() {
	if [ "$(id -u)" -eq 0 ]; then
		exec unshare --mount -- "$@"
	fi
	exec unshare --user --map-root-user --map-auto --mount -- "$@"
}

# Says why a user who is not root cannot have that, in one line; says nothing if he can.
no_namespace() {
	[ "$(id -u)" -ne 0 ] || return 0
	if ! unshare --help | grep -q -e --map-auto; then
		echo "as an ordinary user this needs util-linux 2.38; run it as root"
	elif ! command -v newuidmap >/dev/null; then
		echo "as an ordinary user this needs the package uidmap (apt install uidmap); or run it as root"
	elif ! grep -qs "^\($(id -un)\|$(id -u)\):" /etc/subuid; then
		echo "as an ordinary user this needs ids in /etc/subuid and /etc/subgid (usermod --add-subuids 100000-165535 --add-subgids" \
			"100000-165535 $(id -un)); or run it as root"
	elif ! unshare --user --map-root-user --map-auto --mount true 2>/dev/null; then
		echo "user namespaces are not allowed here (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns);" \
			"run it as root"
	fi
}
