#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Prints where what is built goes, for a checkout whose path has a space in it:
#
#   out_folder.sh CHECKOUT [FOLDER]
#
# Neither make nor the kernel's build takes such a path. Without FOLDER there is one in the cache, to which the checkout's out is made a
# link. In it is a link to the checkout, by which make finds the sources.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=selftests/host/namespace.sh
. "$here/namespace.sh"
checkout=$1
out=$checkout/out
folder=${2:-$cache/out-$(echo "$checkout" | sha256sum | cut -c 1-12)}

die() {
	echo "make: $*" >&2
	exit 1
}

case $folder in
*[[:space:]]*) die "the kernel's build takes no path with a space in it, as '$folder' has: say O= with another" ;;
esac
mkdir -p "$folder"
ln -sfn "$checkout" "$folder/checkout"
if [ $# -eq 1 ] && [ "$(readlink "$out")" != "$folder" ]; then
	[ -L "$out" ] || [ ! -e "$out" ] || die "'$out' has to become a link, as its path has a space in it: remove it, all in it was built"
	ln -sfn "$folder" "$out" || die "cannot make '$out': say O="
fi
echo "$folder"
