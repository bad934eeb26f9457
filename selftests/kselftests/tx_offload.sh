#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Transmit checksum and segmentation offload: packets of every kind arrive with the right bytes, with each offload on and off.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"

test_checksums() {
	remote_is_strict
	packets_there plain
}

test_checksums_behind_options() {
	remote_is_strict
	packets_there headers
}

test_checksums_behind_tags_in_the_packet() {
	remote_is_strict
	packets_there tagged
}

test_checksums_done_by_the_stack() {
	remote_is_strict
	switch tx-checksum-ipv4 off tx-checksum-ipv6 off tx-checksum-ip-generic off
	packets_there plain
	packets_there headers
	packets_there tagged
}

test_no_scatter_gather() {
	remote_is_strict
	switch tx-scatter-gather off
	expect_equal "scatter-gather" "$(feature tx-scatter-gather)" off
	packets_there plain
	packets_there large
	packets_there large-tagged
}

test_nothing_left_to_the_nic() {
	remote_is_strict
	packets_there plain none
	packets_there headers none
	packets_there tagged none
}

test_segmentation() {
	remote_is_strict
	packets_there large
	packets_there large-tagged
}

test_segmentation_by_the_stack() {
	remote_is_strict
	switch tx-tcp-segmentation off tx-tcp6-segmentation off
	packets_there large
	packets_there large-tagged
}

test_inserted_tag() {
	remote_is_strict
	vlan_add 100
	packets_there plain device v100 0x0064
	packets_there headers device v100 0x0064
	packets_there large device v100 0x0064
	packets_there tagged device v100 0x0064
}

test_tag_inserted_by_the_stack() {
	remote_is_strict
	vlan_add 100
	switch tx-vlan-offload off
	packets_there plain device v100 0x0064
	packets_there headers device v100 0x0064
	packets_there large device v100 0x0064
}

# 802.1ad tags, which hardware for 802.1Q does not insert: the stack must.
test_inserted_service_tag() {
	local kinds
	remote_is_strict
	vlan_add 102 802.1ad
	content_servers
	for kinds in 1 333 write; do
		content "$(vlan_v4 102 2)" "$(amount 20000 2000)" 0 "$kinds"
		content "$(vlan_v6 102 2)" "$(amount 20000 2000)" 537 "$kinds"
	done
}

test_priority_in_the_tag() {
	remote_is_strict
	vlan_add 103
	ip link set dev v103 type vlan egress-qos-map 0:5
	packets_there plain device v103 0xa067
	packets_there large device v103 0xa067
	ip link set dev v103 type vlan egress-qos-map 0:0
	packets_there plain device v103 0x0067
}

test_jumbo() {
	require_jumbo
	remote_is_strict
	both_mtu 9000
	packets_there jumbo
	packets_there plain
	vlan_add 100
	packets_there jumbo device v100 0x0064
	switch tx-scatter-gather off
	packets_there jumbo
}

test_traffic_flows_afterwards() {
	expect_traffic
}

require_remote_netif
require_vlans
net_up
run_tests test_checksums test_checksums_behind_options test_checksums_behind_tags_in_the_packet test_checksums_done_by_the_stack \
	test_no_scatter_gather test_nothing_left_to_the_nic test_segmentation test_segmentation_by_the_stack test_inserted_tag \
	test_tag_inserted_by_the_stack test_inserted_service_tag test_priority_in_the_tag test_jumbo test_traffic_flows_afterwards
