#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the kselftests on one kernel of the test host and adds up:
#
#   kselftests.sh [--summary FILE] [--short|--sim|--swiotlb|--iommu] [--tests "SCRIPT..."] [KVER]
#
# All of them run with our driver on both NICs; those that are about packets also against the in-tree driver, interrupts also without
# MSI-X, PCI errors also with native hot plug, netcx_sim's own on a pair of these, and what needs little memory in a machine that has it.
# Instead of all that, all of them once:
#
#   --sim      on a pair of netcx_sim, which needs no NIC
#   --swiotlb  with all DMA bounced (swiotlb=force): what a driver writes to memory that it does not sync never reaches the NIC
#   --iommu    behind a strict IOMMU: what is unmapped cannot be reached
#
# or with --tests only these. --short: with a quarter of the packets and repetitions, and not with little memory.
#
# The modules must have been built. FILE gets "PASSED FAILED SKIPPED", by default out/host/KVER/summary.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

summary=
once=
tests=
amounts=
while [ $# -gt 0 ]; do
	case $1 in
	--summary)
		summary=$2
		shift
		;;
	--tests)
		tests=$2
		shift
		;;
	--short) amounts="--env SHORT=4" ;;
	--sim | --swiotlb | --iommu) once=${1#--} ;;
	*) break ;;
	esac
	shift
done
kver=${1:-6.1}
logs=${NETCX_OUT:-$top/out}/host/$kver
summary=${summary:-$logs/summary}
on_sim="ping.sh iperf_tcp.sh load_unload.sh sim_queues.sh sim_rx.sh sim_tx.sh sim_wake.sh verifier.sh"
against_intree="ping.sh iperf_tcp.sh iperf_udp.sh mtu.sh order.sh"
case $kver in
debug*) limit=10800 ;;
*) limit=3600 ;;
esac

passed=0 failed=0 skipped=0

# boot NAME [OPTIONS...] -- COMMAND: a guest whose last line says how many passed, failed and were skipped. A kernel that complains is
# a failure of its own. Of a guest that ended before that line what it had done counts, and what did not run is named.
boot() {
	local name=$1 status p f s output=$logs/$1/output.log current left
	shift
	echo "# $kver: $name"
	rm -f "$output"
	# shellcheck disable=SC2086 # an option and its value
	"$here/run" --kver "$kver" --time "$limit" --log "$logs/$name" $amounts "$@"
	status=$?
	[ -e "$output" ] || output=/dev/null
	read -r p f s <<<"$(sed -n 's/^# netcx selftests: passed \([0-9]*\) failed \([0-9]*\) skipped \([0-9]*\).*/\1 \2 \3/p' \
		"$output" | tail -n 1)"
	left=
	if [ -z "$p" ]; then
		p=$(grep -E '^ok ' "$output" | grep -vc '# SKIP')
		f=$(grep -cE '^not ok ' "$output")
		s=$(grep -cE '^ok .*# SKIP|^1\.\.0 # SKIP' "$output")
		current=$(sed -n 's/^# selftests: netcx: //p' "$output" | tail -n 1)
		left=$(sed -n 's/^# netcx selftests: to run: //p' "$output" | tail -n 1)
		case " $left " in
		*" ${current:-/} "*) left=" in $current; not run: ${left##*"$current" }" ;;
		*) left=" before its first test" ;;
		esac
	fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	if [ -n "$left" ] || { [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; }; then
		echo "not ok - $kver: $name ended with status $status$left"
		failed=$((failed + 1))
	fi
}

mkdir -p "$logs" "$(dirname "$summary")"
# shellcheck disable=SC2086 # lists of names
case $once in
sim) boot sim --nic sim -- ./run_all.sh $tests ;;
swiotlb) boot swiotlb --append swiotlb=force -- ./run_all.sh $tests ;;
iommu) boot iommu --iommu -- ./run_all.sh $tests ;;
*)
	boot ours -- ./run_all.sh $tests
	if [ -z "$tests" ]; then
		boot intree-peer --peer-driver e1000e -- ./run_all.sh $against_intree
		boot one-interrupt --append pci=nomsi -- ./run_all.sh ping.sh ethtool.sh moderation.sh
		# With ACPI's hot plug QEMU's ports do not come back from the reset that follows a fatal error.
		boot native-hotplug --qemu="-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off" -- ./run_all.sh pci_error.sh
		boot sim --nic sim -- ./run_all.sh $on_sim
		# Not where the debug kernel's own needs leave no memory to be fragmented.
		[ -n "$amounts" ] || [ "${kver#debug}" != "$kver" ] ||
			boot little-memory --memory 512 --peer-driver e1000e -- ./run_all.sh fragmented_memory.sh hardware_losses.sh
	fi
	;;
esac

echo "# netcx selftests on $kver: passed $passed failed $failed skipped $skipped"
echo "$passed $failed $skipped" >"$summary"
[ "$failed" -eq 0 ]
