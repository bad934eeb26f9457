// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "misbehaviour.h"
#include "device.h"
#include <net/checksum.h>
#include <net/virtualaddress.h>

namespace sim
{

namespace
{

constexpr UINT32 unwritten_offset = 0x3ff;
constexpr UINT8 unwritten_type = 0xf;
constexpr UINT8 no_such_type = 0xe;
/* Greater than Invalid, the last one there is. */
constexpr UINT8 no_such_evaluation = 3;

UINT32 owned_before(const NET_RING *ring, UINT32 begin)
{
	return NetRingGetRangeCount(ring, begin, ring->EndIndex);
}

/* Where a returned packet's fragments are claimed to be. */
void misplace(const Misbehaving &queue, NET_PACKET *last, UINT32 returned)
{
	NET_RING *fragments = queue.fragments;
	const UINT32 owned = owned_before(fragments, queue.fragment_begin);
	const UINT32 place =
		NetRingGetRangeCount(fragments, queue.fragment_begin, last->FragmentIndex);
	UINT32 count;

	switch (queue.rule) {
	case netcx_rule_InvalidRingRxPacketFragmentCountZero:
		last->FragmentCount = 0;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentCountOutOfRange:
		last->FragmentCount = static_cast<UINT16>(owned + 1);
		break;
	case netcx_rule_InvalidRingRxPacketFragmentIndexOutOfPreRange:
		last->FragmentIndex = fragments->EndIndex;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentCountOutOfPreRange:
		if (place)
			last->FragmentCount = static_cast<UINT16>(owned - place + 1);
		break;
	case netcx_rule_InvalidRingRxPacketFragmentIndexOutOfPostRange:
		last->FragmentIndex = fragments->BeginIndex;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentCountOutOfPostRange:
		last->FragmentCount++;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentIndexOverlap:
		if (returned > 1)
			last->FragmentIndex = queue.fragment_begin;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentCountOverlap:
		/* Around the ring, to the first one that was returned. */
		count = fragments->NumberOfElements - place + 1;
		if (count <= owned)
			last->FragmentCount = static_cast<UINT16>(count);
		break;
	default:
		break;
	}
}

void mislabel(const Misbehaving &queue, NET_PACKET_LAYOUT *layout)
{
	switch (queue.rule) {
	case netcx_rule_InvalidRingUnmodifiedRxPacket:
		layout->Layer2Type = unwritten_type;
		break;
	case netcx_rule_InvalidRingRxPacketLayer2Type:
		layout->Layer2Type = no_such_type;
		break;
	case netcx_rule_InvalidRingRxPacketLayer2TypeNullLengthNonZero:
		layout->Layer2Type = NetPacketLayer2TypeNull;
		break;
	case netcx_rule_InvalidRingRxPacketLayer2TypeEthernetLengthInvalid:
		layout->Layer2HeaderLength = 13;
		break;
	case netcx_rule_InvalidRingRxPacketLayer3Type:
		layout->Layer3Type = no_such_type;
		break;
	case netcx_rule_InvalidRingRxPacketLayer3TypeIPv4LengthInvalid:
		layout->Layer3Type = NetPacketLayer3TypeIPv4NoOptions;
		layout->Layer3HeaderLength = 19;
		break;
	case netcx_rule_InvalidRingRxPacketLayer3TypeIPv6LengthInvalid:
		layout->Layer3Type = NetPacketLayer3TypeIPv6NoExtensions;
		layout->Layer3HeaderLength = 39;
		break;
	case netcx_rule_InvalidRingRxPacketLayer4Type:
		layout->Layer4Type = no_such_type;
		break;
	case netcx_rule_InvalidRingRxPacketLayer4TypeTcpLengthInvalid:
		layout->Layer4Type = NetPacketLayer4TypeTcp;
		layout->Layer4HeaderLength = 21;
		break;
	case netcx_rule_InvalidRingRxPacketLayer4TypeUdpLengthInvalid:
		layout->Layer4Type = NetPacketLayer4TypeUdp;
		layout->Layer4HeaderLength = 7;
		break;
	default:
		break;
	}
}

void spoil_fragment(UINT32 rule, NET_FRAGMENT *fragment)
{
	switch (rule) {
	case netcx_rule_InvalidRingUnmodifiedRxFragment:
		fragment->OsReserved_Bounced = !fragment->OsReserved_Bounced;
		break;
	case netcx_rule_InvalidRingModifiedRxFragment:
		fragment->Offset = unwritten_offset;
		break;
	case netcx_rule_InvalidRingRxPacketFragmentLengthInvalid:
		fragment->Offset = 1;
		fragment->ValidLength = fragment->Capacity;
		break;
	default:
		break;
	}
}

/* Without any packet. */
void misbehave_in_rx_rings(const Misbehaving &queue)
{
	NET_PACKET *owned = NetRingGetPacketAtIndex(queue.packets, queue.packets->BeginIndex);
	LARGE_INTEGER interval;

	switch (queue.rule) {
	case netcx_rule_InvalidRingImmutable:
		queue.packets->EndIndex = queue.packet_begin;
		break;
	case netcx_rule_InvalidRingNextIndex:
		queue.fragments->NextIndex = queue.fragments->NumberOfElements;
		break;
	case netcx_rule_InvalidRingImmutableDriverRxPacketIgnore:
		owned->Ignore = 1;
		owned->FragmentCount = 1;
		break;
	case netcx_rule_InvalidRingModifiedRxPacket:
		owned->Layout.Reserved0 = 1;
		break;
	case netcx_rule_IrqlIsNotPassive:
		interval.QuadPart = -10;
		KeDelayExecutionThread(KernelMode, FALSE, &interval);
		break;
	default:
		break;
	}
}

} /* namespace */

void misbehave_in_rx_advance(const Misbehaving &queue)
{
	NET_RING *packets = queue.packets;
	const UINT32 returned =
		NetRingGetRangeCount(packets, queue.packet_begin, packets->BeginIndex);
	const UINT32 index = NetRingAdvanceIndex(packets, packets->BeginIndex, -1);
	NET_PACKET *last = NetRingGetPacketAtIndex(packets, index);

	misbehave_in_rx_rings(queue);
	if (!returned || last->Ignore)
		return;
	spoil_fragment(queue.rule, NetRingGetFragmentAtIndex(queue.fragments, last->FragmentIndex));
	misplace(queue, last, returned);
	mislabel(queue, &last->Layout);
	if (queue.rule == netcx_rule_InvalidRingRxPacketChecksum && queue.checksum->Enabled)
		NetExtensionGetPacketChecksum(queue.checksum, index)->Layer4 = no_such_evaluation;
}

/* While there is something to be sent, as there always is when Advance is called. */
void misbehave_in_tx_advance(const Misbehaving &queue)
{
	NET_RING *packets = queue.packets;
	NET_RING *fragments = queue.fragments;
	NET_PACKET *first = NetRingGetPacketAtIndex(packets, queue.packet_begin);

	switch (queue.rule) {
	case netcx_rule_InvalidRingBeginIndex:
		packets->BeginIndex = NetRingIncrementIndex(packets, packets->EndIndex);
		break;
	case netcx_rule_InvalidRingImmutableFrameworkElement:
		NetRingGetPacketAtIndex(packets, packets->EndIndex)->FragmentCount++;
		break;
	case netcx_rule_InvalidRingImmutableDriverTxPacket:
		first->FragmentCount++;
		break;
	case netcx_rule_InvalidRingImmutableDriverTxFragment:
		NetRingGetFragmentAtIndex(fragments, queue.fragment_begin)->ValidLength++;
		break;
	case netcx_rule_InvalidRingTxFragmentBeginIndex:
		fragments->BeginIndex = NetRingAdvanceIndex(fragments, fragments->BeginIndex, -1);
		break;
	case netcx_rule_InvalidRingImmutableFragmentAddress:
		/* One that was sent, or is sent a second time from memory that is there. */
		NetExtensionGetFragmentVirtualAddress(queue.virtual_address, queue.fragment_begin)
			->VirtualAddress = packets;
		break;
	default:
		break;
	}
}

void misbehave_outside(UINT32 rule, NET_RING *packets)
{
	if (rule == netcx_rule_RingTouchedOutsideCallback ||
	    rule == netcx_rule_RingTouchedAfterStop)
		packets->NextIndex = NetRingIncrementIndex(packets, packets->NextIndex);
}

void misbehave_before_creation(UINT32 rule, NET_PACKET_QUEUE_CONFIG *config)
{
	if (rule == netcx_rule_NetQueueInvalidConfiguration)
		config->EvtCancel = nullptr;
}

void misbehave_after_creation(UINT32 rule, NETRXQUEUE_INIT *init, NET_PACKET_QUEUE_CONFIG *config)
{
	NETPACKETQUEUE second;

	if (rule == netcx_rule_QueueAlreadyCreated)
		(void)NetRxQueueCreate(init, WDF_NO_OBJECT_ATTRIBUTES, config, &second);
}

void misbehave_in_start(const Device *device, NETPACKETQUEUE rx_queue)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {};
	NET_ADAPTER_LINK_STATE link;
	NET_EXTENSION extension;

	switch (device->modes.misbehaviour) {
	case netcx_rule_InvalidQueueHandle:
		NetTxQueueNotifyMoreCompletedPacketsAvailable(rx_queue);
		break;
	case netcx_rule_ParameterCantBeNull:
		NetRxQueueGetExtension(rx_queue, nullptr, &extension);
		break;
	case netcx_rule_InvalidLinkState:
		NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&link);
		link.MediaConnectState = static_cast<NET_IF_MEDIA_CONNECT_STATE>(99);
		NetAdapterSetLinkState(device->adapter, &link);
		break;
	case netcx_rule_MtuMustBeGreaterThanZero:
		NetAdapterSetLinkLayerMtuSize(device->adapter, 0);
		break;
	case netcx_rule_MacAddressLengthTooLong:
		address.Length = NDIS_MAX_PHYS_ADDRESS_LENGTH + 1;
		NetAdapterSetCurrentLinkLayerAddress(device->adapter, &address);
		break;
	case netcx_rule_InvalidNetAdapterInitSignature:
		NetAdapterInitFree(nullptr);
		break;
	case netcx_rule_AdapterAlreadyStarted:
		(void)NetAdapterStart(device->adapter);
		break;
	case netcx_rule_AdapterChangedInInterfaceCallback:
		NetAdapterStop(device->adapter);
		break;
	default:
		break;
	}
}

} /* namespace sim */
