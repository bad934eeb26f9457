# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# Guest side: what a command takes. Needs lib.sh.

# The interrupts that a NIC has raised so far, all vectors.
irqs_of() {
	local numbers
	numbers=$(ls "/sys/bus/pci/devices/$1/msi_irqs" 2>/dev/null || cat "/sys/bus/pci/devices/$1/irq")
	awk -v numbers="$numbers" '
		BEGIN { split(numbers, list); for (i in list) wanted[list[i] ":"] = 1 }
		NR == 1 { processors = NF }
		$1 in wanted { for (i = 2; i <= processors + 1; i++) sum += $i }
		END { print sum + 0 }' /proc/interrupts
}

# Of the first processor: there is one.
idle_ns() {
	awk '/idle_sleeptime/ { print $3; exit }' /proc/timer_list
}

# Open for good: opening and closing a serial port takes accesses to it, and counted.py knows begin and end by those.
[ -z "${RECORD:-}" ] || exec 7<>"$HOST_CONTROL"

# What the host says to a request. There is no limit to the wait: without anything to do virtual time runs ahead to the next timer, and a
# minute is over before the host has read the request.
ask_host() {
	local answer
	echo "$*" >&7
	read -r answer <&7
	[ "$answer" = ok ] || fail "host: $*: $answer"
}

# Meanwhile QEMU writes what it was asked to watch into a file of the name in "record_as".
recorded() {
	if [ -n "${RECORD:-}" ] && [ -n "${record_as:-}" ]; then
		ask_host record start "$record_as"
		"$@"
		ask_host record stop
	else
		"$@"
	fi
}

# Leaves in busy_ns how long the processor was not idle meanwhile.
timed() {
	local idle start end
	idle=$(idle_ns)
	start=$EPOCHREALTIME
	"$@"
	end=$EPOCHREALTIME
	busy_ns=$(((${end/./} - ${start/./}) * 1000 - $(idle_ns) + idle))
}

# measure COMMAND...: what "timed" leaves, and in irqs0 and irqs1 the NICs' interrupts. Reading the clocks would be in a profile, waiting for
# the host would be in the time: the one that matters is inside.
measure() {
	local before0 before1
	before0=$(irqs_of "$NETIF_DEVICE") before1=$(irqs_of "$PEER_DEVICE")
	if [ "${RECORD:-}" = profile ]; then
		timed recorded "$@"
	else
		recorded timed "$@"
	fi
	irqs0=$(($(irqs_of "$NETIF_DEVICE") - before0)) irqs1=$(($(irqs_of "$PEER_DEVICE") - before1))
}
