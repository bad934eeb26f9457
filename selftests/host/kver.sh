# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# The kernels that the test host knows, by name:
#
#   SERIES[-rt|-cloud][-arm64|-riscv64]   Debian's kernel package; SERIES is 6.1, 6.12, 7.2 or 7.3
#   debug                                 6.1, built with debug.config
#   debug-7.3                             the same of Debian's newest source
#   debug-rt                              the newest source again, with PREEMPT_RT
#
# parse_kver KVER sets kind (debian or debug), series, flavour ("", rt or cloud) and arch (Debian's name of it). It fails, and says what
# there is, if there is no such kernel.
parse_kver() {
	local rest=$1

	kind=debian flavour='' arch=amd64
	case $rest in
	debug) kind=debug series=6.1 rest= ;;
	debug-7.3) kind=debug series=7.3 rest= ;;
	debug-rt) kind=debug series=7.3 flavour=rt rest= ;;
	6.1 | 6.1-* | 6.12 | 6.12-* | 7.2 | 7.2-* | 7.3 | 7.3-*)
		series=${rest%%-*}
		rest=${rest#"$series"}
		case $rest in
		-rt | -rt-* | -cloud | -cloud-*)
			rest=${rest#-}
			flavour=${rest%%-*}
			rest=${rest#"$flavour"}
			;;
		esac
		case $rest in
		-arm64 | -riscv64)
			arch=${rest#-}
			rest=
			;;
		esac
		;;
	esac
	[ -n "$rest" ] || return 0
	echo "${0##*/}: KVER=$1: the test host has 6.1, 6.12, 7.2 and 7.3, also as in 7.3-rt, 7.3-cloud, 7.3-arm64, 7.3-riscv64;" \
		"debug, debug-7.3 and debug-rt" >&2
	return 1
}
