# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034
#
# iperf3 between the two ends; read after lib.sh.

iperf_port=5201

require_iperf() {
	command -v iperf3 >/dev/null || skip_all "no program iperf3"
}

iperf_listens() {
	remote grep -qi ": [0-9a-f]*:$(printf '%04X' "$iperf_port") .* 0A " /proc/net/tcp6 /proc/net/tcp
}

# iperf ADDRESS OPTIONS...: one run against a server that serves only it. Fails if iperf3 does or nothing arrives; notes the summary.
# An interval is needed: newer versions look at its end whether the bytes of -n have gone.
iperf() {
	local address=$1 output rates
	shift
	background remote timeout "$((120 * scale))" iperf3 -s -1 -p "$iperf_port"
	wait_for 10 iperf_listens || fail "the iperf3 server does not listen"
	output=$(timeout "$((60 * scale))" iperf3 -c "$address" -p "$iperf_port" -f m -i 1 "$@" 2>&1) || fail "$output"
	rates=$(echo "$output" | awk '/receiver$/ && !/SUM/ { for (i = 2; i <= NF; i++) if ($i ~ /bits\/sec/) print $(i - 1) }')
	[ -n "$rates" ] || fail "no summary of the receiver: $output"
	for rate in $rates; do
		[ "${rate%%.*}" -gt 0 ] || [ "${rate##*.}" -gt 0 ] || fail "nothing arrives: $output"
	done
	note "$(echo "$rates" | tr '\n' ' ')Mbit/s"
	iperf_output=$output
	wait "$background_pid" || :
}
