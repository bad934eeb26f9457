#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Prints a header with a #define for every kernel facility that compiles.
# Usage: probe.sh COMPILER FLAGS... ; Kbuild calls it with the kernel's own.
set -eu

# probe NAME: defines NAME if standard input compiles as part of a module.
probe() {
	name=$1
	shift
	if "$@" -Werror -fsyntax-only -x c - >/dev/null 2>&1; then
		echo "#define $name 1"
	fi
}

# All probes would fail silently if the flags were wrong.
if ! echo '#include <linux/module.h>' | "$@" -fsyntax-only -x c - >&2; then
	echo 'probe.sh: the kernel headers do not compile' >&2
	exit 1
fi

echo '/* Made by module/linux/probe.sh. */'

# timer_delete_sync() replaced del_timer_sync().
probe NETCX_HAVE_TIMER_DELETE_SYNC "$@" <<EOF
#include <linux/timer.h>
int probe(struct timer_list *t);
int probe(struct timer_list *t) { return timer_delete_sync(t); }
EOF

# <net/page_pool.h> became a directory.
probe NETCX_HAVE_PAGE_POOL_HELPERS "$@" <<EOF
#include <net/page_pool/helpers.h>
EOF
