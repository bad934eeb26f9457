#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Memory is free, but in single pages only, and a socket that nobody reads holds 20 MB of what came: the interface goes on receiving,
# without failed refills, and the processor is not kept busy.
#
# Takes nearly all memory of the machine, so it runs in the test host only, and there with little memory: each page is touched.

. "$(dirname "$0")/lib.sh"

vm=/proc/sys/vm

# set_vm NAME VALUE: until the test ends
set_vm() {
	local old
	[ -w "$vm/$1" ] || return 0
	old=$(cat "$vm/$1")
	defer eval "echo $old >$vm/$1"
	echo "$2" >"$vm/$1"
}

# The kernel rather ends the holder of the memory than a test.
keep_processes() {
	local process
	for process in /proc/[0-9]*/oom_score_adj; do
		echo "$1" 2>/dev/null >"$process" || :
	done
}

refills_failed() {
	ethtool -S "$NETIF" | awk '/refill_failed|alloc_rx_buff_failed/ { sum += $2 } END { print sum + 0 }'
}

has_process() {
	grep -qx "$1" /proc/[0-9]*/comm 2>/dev/null
}

# started_and_stopped NAME COMMAND...: in the background, as $background_pid, until it gets SIGCONT. It runs for a moment first, since
# what exec() needs is to be there.
started_and_stopped() {
	local name=$1
	shift
	background "$@"
	wait_for 10 has_process "$name" || fail "$name does not start"
	sleep 0.2
	kill -STOP -- "-$background_pid"
	# Before it is ended.
	defer kill -CONT -- "-$background_pid"
}

# ---- what works without a new process: the kernel wants two pages in a row for each, and ends the holder of the memory to have them ----

# rest SECONDS
rest() {
	read -r -t "$1" -u "$never" || :
}

# wait_for_line SECONDS FILE PATTERN: a line of the file; it is in $line then.
wait_for_line() {
	local end=$((SECONDS + $1 * scale))
	while [ "$SECONDS" -lt "$end" ]; do
		while read -r line; do
			# shellcheck disable=SC2053 # a pattern
			[[ $line != $3 ]] || return 0
		done <"$2"
		rest 0.2
	done
	return 1
}

# Bytes that the socket of port 9 holds, and packets it had no room for: held_bytes, held_drops.
look_at_socket() {
	local fields
	held_bytes=0 held_drops=0
	while read -r -a fields; do
		[[ ${fields[1]} == *:0009 ]] || continue
		held_bytes=$((16#${fields[4]#*:})) held_drops=${fields[-1]}
	done </proc/net/udp
}

# Of all processors since the machine is up: jiffies_idle, jiffies_all.
look_at_processors() {
	local fields field
	read -r -a fields </proc/stat
	jiffies_idle=${fields[4]} jiffies_all=0
	for field in "${fields[@]:1}"; do
		jiffies_all=$((jiffies_all + field))
	done
}

# receives_on once|always: as long as single pages are what there is
receives_on() {
	local holder blaster pinger failed idle all end alive=yes blocks line
	# Other parts of the kernel may want larger blocks, and say so when there is none.
	kernel_note "expect faults"
	defer kernel_note "expect nothing"
	defer net_up
	keep_processes -900
	defer keep_processes 0
	[ -e "$scratch/never" ] || mkfifo "$scratch/never"
	exec {never}<>"$scratch/never"
	failed=$(refills_failed)
	forget "$scratch/hold"
	background "$tools/hold" 9 40000000 >"$scratch/hold"
	wait_for 10 grep -q ready "$scratch/hold" || fail "no socket"
	started_and_stopped blast remote "$remote_tools/blast" "$LOCAL_V4" 9 1400 20
	blaster=$background_pid
	forget "$scratch/ping"
	started_and_stopped ping ping -q -c 20 -i 0.2 -W 5 "$REMOTE_V4" >"$scratch/ping"
	pinger=$background_pid
	forget "$scratch/fragment"
	background "$tools/fragment" "$1" >"$scratch/fragment"
	holder=$background_pid
	echo 1000 >"/proc/$holder/oom_score_adj"

	wait_for_line 200 "$scratch/fragment" "ready*" || fail "the memory is not fragmented"
	note "$line"
	kill -CONT -- "-$blaster"
	end=$((SECONDS + 30 * scale))
	look_at_socket
	until [ "$held_drops" -gt 0 ] || [ "$SECONDS" -ge "$end" ]; do
		rest 0.2
		look_at_socket
	done
	kill -KILL -- "-$blaster"
	rest 2
	look_at_processors
	idle=$jiffies_idle all=$jiffies_all
	kill -CONT -- "-$pinger"
	wait_for_line 60 "$scratch/ping" "*packets transmitted*" || line="no end of ping"
	look_at_processors
	idle=$(((jiffies_idle - idle) * 100 / (jiffies_all - all)))
	mapfile -t blocks </proc/buddyinfo
	kill -KILL -- "-$holder" || alive=no
	wait "$holder" || :
	rest 2

	failed=$(($(refills_failed) - failed))
	note "the socket holds $held_bytes bytes; free blocks: ${blocks[-1]}"
	note "ping: $line; refills failed: $failed; idle: $idle %"
	[ "$alive" = yes ] || skip "the kernel ended the holder of the memory"
	[[ $line == *" 20 received, 0% packet loss"* ]] || fail "does not receive: $line"
	[ "$failed" -lt 100 ] || fail "$failed refills failed"
	[ "$idle" -gt 20 ] || fail "the processor is kept busy: idle $idle %"
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer with the memory back"
}

test_single_pages_only() {
	set_vm compact_unevictable_allowed 0
	set_vm compaction_proactiveness 0
	receives_on always
}

# As by default the kernel makes larger blocks when it can.
test_compactable() {
	receives_on once
}

most=640
[ "$scale" -eq 1 ] || most=1536
[ -n "${TEST_HOST:-}" ] || skip_all "takes all memory: only in the test host"
[ "$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)" -le "$most" ] ||
	skip_all "takes too long with more than $most MiB: selftests/host/run --memory"
net_up
run_tests test_single_pages_only test_compactable
