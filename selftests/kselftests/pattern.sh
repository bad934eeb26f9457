# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034
#
# What tests of XDP share: programs, and frames whose every byte is known (tools/pattern.c). Read after lib.sh.

programs=$tools/xdp.bpf.o

require_programs() {
	[ -n "$REMOTE_NETIF" ] || skip_all "needs REMOTE_NETIF"
	[ -e "$programs" ] || skip_all "no BPF programs"
	has_statistic rx_queue_0_xdp_drop || skip_all "the driver has no XDP statistics"
}

attach() {
	"$tools/xdp_attach" "$NETIF" "$programs" "$@"
}

detach() {
	ip link set dev "${1:-$NETIF}" xdp off
}

remote_send() {
	remote "$remote_tools/pattern" send "$REMOTE_NETIF" "$(address_of)" "$1" "$2"
}

# start_check COMMAND...: counts what the command, "pattern check ..." on either end, sees until expect_frames.
start_check() {
	background "$@" >"$scratch/check"
	check_pid=$background_pid
	wait_for 10 grep -q ready "$scratch/check" || fail "the receiver does not start"
}

# remote_check COUNT [MILLISECONDS], local_check COUNT: the time is from here on, for sending, too.
remote_check() {
	start_check remote "$remote_tools/pattern" check "$REMOTE_NETIF" "$1" $((${2:-10000} * scale))
}

local_check() {
	start_check "$tools/pattern" check "$NETIF" "$1" $((10000 * scale))
}

# expect_frames WHICH WANTED: the frames that came, and how many of these were intact.
expect_frames() {
	local got
	wait "$check_pid" || :
	got=$(tail -n 1 "$scratch/check" | tr -d '\r')
	[ "$got" = "$2" ] || show_losses
	expect_equal "$1" "$got" "$2"
}

# After local_check, when all that could come has been sent.
expect_no_frames() {
	sleep "$(awk "BEGIN { print 0.3 * $scale }")"
	kill "$check_pid" 2>/dev/null || :
	expect_frames "frames that arrived" "0 0"
}
