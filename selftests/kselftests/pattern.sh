# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034
#
# Sourced by tests of XDP, after lib.sh: XDP programs, and frames with known contents (tools/pattern.c).

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

# start_check COMMAND...: starts "pattern check ..." on either end, whose counts expect_frames reads.
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

# expect_frames WHICH WANTED: compares the number of frames that arrived, or of those that were intact.
expect_frames() {
	local got
	wait "$check_pid" || :
	got=$(tail -n 1 "$scratch/check" | tr -d '\r')
	[ "$got" = "$2" ] || show_losses
	expect_equal "$1" "$got" "$2"
}

# After local_check, when everything has been sent: waits a moment and expects that nothing has arrived.
expect_no_frames() {
	sleep "$(awk "BEGIN { print 0.3 * $scale }")"
	kill "$check_pid" 2>/dev/null || :
	expect_frames "frames that arrived" "0 0"
}
