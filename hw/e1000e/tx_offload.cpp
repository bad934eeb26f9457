// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What a packet wants the hardware to do: checksums, segmentation, a VLAN tag; as bits of its data
 * descriptors, and as the context descriptor before them.
 *
 * Called by the data path, for one packet at a time.
 *
 * Facts: 82574 datasheet, "Transmit Functionality", in particular "TCP/IP Context Descriptor", "TCP
 * Segmentation".
 */
#include "tx_queue.h"
#include "device.h"
#include <netcx_ieee8021q.h>

namespace e1000e
{

namespace
{

bool same_context(const TxContextDescriptor &a, const TxContextDescriptor &b)
{
	return RtlEqualMemory(&a, &b, sizeof(a));
}

} /* namespace */

UINT32 TxQueue::packet_bytes(const NET_PACKET *packet) const
{
	UINT32 index = packet->FragmentIndex;
	UINT32 bytes = 0;

	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		bytes += static_cast<UINT32>(
			NetRingGetFragmentAtIndex(fragments, index)->ValidLength);
		index = NetRingIncrementIndex(fragments, index);
	}
	return bytes;
}

const UINT8 *TxQueue::bytes_of(const NET_FRAGMENT *fragment) const
{
	return extensions.virtual_address(fragment) + fragment->Offset;
}

/*
 * The first buffer of a packet that is segmented must not end with the headers (erratum of this
 * family of MACs). If it does, they go out from another buffer, with a little of the payload that
 * follows. Returns where the next descriptor goes.
 */
UINT32 TxQueue::post_head(const NET_PACKET *packet, const Offload &wanted, Rest *rest)
{
	const NET_PACKET_LAYOUT &layout = packet->Layout;
	const UINT32 headers =
		layout.Layer2HeaderLength + layout.Layer3HeaderLength + layout.Layer4HeaderLength;
	const NET_FRAGMENT *first = NetRingGetFragmentAtIndex(fragments, rest->index);
	const UINT32 second_index = NetRingIncrementIndex(fragments, rest->index);
	const NET_FRAGMENT *second = NetRingGetFragmentAtIndex(fragments, second_index);
	UINT32 payload = static_cast<UINT32>(second->ValidLength);
	UINT32 command = wanted.command;

	if (first->ValidLength != headers ||
	    headers > limits::tx_head_bytes - limits::tx_head_payload_bytes)
		return wanted.next;
	if (payload > limits::tx_head_payload_bytes)
		payload = limits::tx_head_payload_bytes;

	UINT8 *head = heads.buffer(wanted.next);

	RtlCopyMemory(head, bytes_of(first), headers);
	RtlCopyMemory(head + headers, bytes_of(second), payload);

	*rest = {second_index, rest->count - 1, payload};
	if (payload == second->ValidLength)
		*rest = {NetRingIncrementIndex(fragments, second_index), rest->count - 1, 0};
	if (!rest->count)
		command |= tx_command::end_of_packet;
	descriptors[wanted.next].data = {heads.address(wanted.next), command | (headers + payload),
					 wanted.status};
	return (wanted.next + 1) & descriptor_mask;
}

/*
 * The hardware remembers one context, the last of either queue, so with two queues that send each
 * packet needs its own (datasheet, "TCP/IP Context Descriptor", note). And so does each packet that
 * is segmented: what the context says of it is used up by that.
 */
UINT32 TxQueue::use_context(const TxContextDescriptor &wanted, UINT32 next)
{
	if (has_context && !(wanted.command & tx_context_command::segment) &&
	    device->engines.sending_queues() == 1 && same_context(context, wanted))
		return next;
	descriptors[next].context = wanted;
	context = wanted;
	has_context = true;
	return (next + 1) & descriptor_mask;
}

TxQueue::Offload TxQueue::offload(const NET_PACKET *packet, UINT32 next)
{
	const NET_PACKET_LAYOUT &layout = packet->Layout;
	const UINT32 mss = extensions.gso(packet).TCP.Mss;
	bool layer3 = mss && NetPacketIsIpv4(packet);
	bool layer4 = mss;

	if (!mss) {
		const NET_PACKET_CHECKSUM wanted = extensions.checksum(packet);

		layer3 = wanted.Layer3 == NetPacketTxChecksumActionRequired;
		layer4 = wanted.Layer4 == NetPacketTxChecksumActionRequired;
	}

	Offload result = {tx_command::plain_data, 0, next};

	/*
	 * The hardware takes the tag from the first descriptor of a packet that it segments, from
	 * the last of another one (datasheet, "TCP/IP Data Descriptor", VLE): all have it.
	 */
	const NET_PACKET_IEEE8021Q tag = extensions.tag(packet);

	if (tag.TxTagging) {
		result.command |= tx_command::insert_vlan;
		result.status |= tx_status::VlanTag::of(netcx_ieee8021q_tci(&tag));
	}
	if (!layer3 && !layer4)
		return result;

	const bool tcp = layout.Layer4Type == NetPacketLayer4TypeTcp;
	const UINT32 layer3_start = layout.Layer2HeaderLength;
	const UINT32 layer4_start = layer3_start + layout.Layer3HeaderLength;
	TxContextDescriptor wanted = {};

	wanted.command = tx_context_command::extension;
	wanted.ip_start = static_cast<UINT8>(layer3_start);
	/*
	 * The offset must lie within the packet for IPv6, too, where no checksum is written to it.
	 */
	wanted.ip_checksum = static_cast<UINT8>(layer3_start + limits::ipv4_checksum_offset);
	if (NetPacketIsIpv4(packet)) {
		wanted.ip_end = static_cast<UINT16>(layer4_start - 1);
		wanted.command |= tx_context_command::ipv4;
	}
	wanted.layer4_start = static_cast<UINT8>(layer4_start);
	wanted.layer4_checksum = static_cast<UINT8>(
		layer4_start + (tcp ? limits::tcp_checksum_offset : limits::udp_checksum_offset));
	if (tcp)
		wanted.command |= tx_context_command::tcp;

	if (layer3)
		result.status |= tx_status::insert_ip_checksum;
	if (layer4)
		result.status |= tx_status::insert_layer4_checksum;
	if (mss) {
		const UINT32 headers = layer4_start + layout.Layer4HeaderLength;

		wanted.mss = static_cast<UINT16>(mss);
		wanted.header_length = static_cast<UINT8>(headers);
		wanted.command |=
			tx_context_command::segment |
			tx_context_command::PayloadLength::of(packet_bytes(packet) - headers);
		result.command |= tx_command::segment;
	}
	result.next = use_context(wanted, next);
	return result;
}

} /* namespace e1000e */
