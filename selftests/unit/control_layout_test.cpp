// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where the fields of the control path's structures lie and what its enumerators are worth: a driver
// that was compiled against Windows' headers by hand-written numbers would agree.

#include <gtest/gtest.h>

#include <netcx/netadaptercx.h>
#include <netcx/netiodef.h>

namespace
{

TEST(ControlLayout, TxCapabilities)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, MappingRequirement), 4u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, PayloadBackfill), 8u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, MaximumNumberOfFragments), 16u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, FragmentBufferAlignment), 24u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, FragmentRingNumberOfElementsHint), 32u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, MaximumNumberOfQueues), 40u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_CAPABILITIES, DmaCapabilities), 48u);
}

TEST(ControlLayout, RxCapabilitiesShareStorage)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, AllocationMode), 4u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, AttachmentMode), 8u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, FragmentRingNumberOfElementsHint), 12u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, MaximumFrameSize), 16u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, MaximumNumberOfQueues), 24u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, EvtAdapterReturnRxBuffer),
		  offsetof(NET_ADAPTER_RX_CAPABILITIES, MappingRequirement));
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, MemoryCollection),
		  offsetof(NET_ADAPTER_RX_CAPABILITIES, MappingRequirement));
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, FragmentBufferAlignment), 40u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RX_CAPABILITIES, DmaCapabilities), 48u);
}

TEST(ControlLayout, BufferLayoutHint)
{
	NET_RXQUEUE_BUFFER_LAYOUT_HINT hint;
	const PNET_RXQUEUE_BUFFER_LAYOUT_HINT pointer = &hint;

	EXPECT_EQ(offsetof(NET_RXQUEUE_BUFFER_LAYOUT_HINT, L3HeaderAlignment), 4u);
	EXPECT_EQ(sizeof(*pointer), 8u);
}

TEST(ControlLayout, NetMemory)
{
	EXPECT_EQ(offsetof(NET_MEMORY_CONFIG, BufferAddress), 8u);
	EXPECT_EQ(offsetof(NET_MEMORY_CONFIG, BufferLength), 16u);
	EXPECT_EQ(offsetof(NET_MEMORY_COLLECTION_CONFIG, BuffersCountHint), 8u);
	EXPECT_EQ(NET_FRAGMENT_EXTENSION_NET_MEMORY_VERSION_1_SIZE, sizeof(NET_MEMORY_ID));
	EXPECT_EQ(NetRxFragmentBufferAllocationModeDriverV2, 2);
}

TEST(ControlLayout, TxDemux)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_DEMUX, Type), 4u);
	EXPECT_EQ(offsetof(NET_ADAPTER_TX_DEMUX, Range), 8u);
}

TEST(ControlLayout, DmaCapabilities)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_DMA_CAPABILITIES, DmaEnabler), 8u);
	EXPECT_EQ(offsetof(NET_ADAPTER_DMA_CAPABILITIES, MaximumPhysicalAddress), 16u);
	EXPECT_EQ(offsetof(NET_ADAPTER_DMA_CAPABILITIES, CacheEnabled), 24u);
	EXPECT_EQ(offsetof(NET_ADAPTER_DMA_CAPABILITIES, PreferredNode), 28u);
}

TEST(ControlLayout, PacketQueueConfig)
{
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, EvtStart), 8u);
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, EvtStop), 16u);
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, EvtAdvance), 24u);
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, EvtSetNotificationEnabled), 32u);
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, EvtCancel), 40u);
	EXPECT_EQ(offsetof(NET_PACKET_QUEUE_CONFIG, ExecutionContext), 48u);
}

TEST(ControlLayout, Link)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, TxLinkSpeed), 8u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, RxLinkSpeed), 16u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, MediaConnectState), 24u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, MediaDuplexState), 28u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, SupportedPauseFunctions), 32u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_STATE, AutoNegotiationFlags), 36u);
	EXPECT_EQ(offsetof(NET_ADAPTER_LINK_LAYER_ADDRESS, Address), 2u);
	EXPECT_EQ(alignof(NET_ADAPTER_LINK_LAYER_ADDRESS), 2u);
}

TEST(ControlLayout, ReceiveFilterCapabilities)
{
	EXPECT_EQ(offsetof(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES, SupportedPacketFilters), 4u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES, MaximumMulticastAddresses), 8u);
	EXPECT_EQ(offsetof(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES, EvtSetReceiveFilter), 16u);
}

TEST(ControlLayout, Offloads)
{
	using tx = NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES;
	using gso = NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES;

	EXPECT_EQ(offsetof(tx, Layer3Flags), 4u);
	EXPECT_EQ(offsetof(tx, Layer4Flags), 8u);
	EXPECT_EQ(offsetof(tx, Layer3HeaderOffsetLimit), 12u);
	EXPECT_EQ(offsetof(tx, Layer4HeaderOffsetLimit), 14u);
	EXPECT_EQ(offsetof(tx, EvtAdapterOffloadSetTxChecksum), 16u);
	EXPECT_EQ(offsetof(NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES,
			   EvtAdapterOffloadSetRxChecksum),
		  8u);
	EXPECT_EQ(offsetof(gso, Layer3Flags), 4u);
	EXPECT_EQ(offsetof(gso, Layer4Flags), 8u);
	EXPECT_EQ(offsetof(gso, Layer4HeaderOffsetLimit), 12u);
	EXPECT_EQ(offsetof(gso, MaximumOffloadSize), 16u);
	EXPECT_EQ(offsetof(gso, MinimumSegmentCount), 24u);
	EXPECT_EQ(offsetof(gso, EvtAdapterOffloadSetGso), 32u);
	EXPECT_EQ(offsetof(NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES, Flags), 4u);
}

TEST(ControlLayout, ResourceDescriptor)
{
	using descriptor = CM_PARTIAL_RESOURCE_DESCRIPTOR;

	EXPECT_EQ(offsetof(descriptor, ShareDisposition), 1u);
	EXPECT_EQ(offsetof(descriptor, Flags), 2u);
	EXPECT_EQ(offsetof(descriptor, u.Memory.Start), 4u);
	EXPECT_EQ(offsetof(descriptor, u.Memory.Length), 12u);
	EXPECT_EQ(offsetof(descriptor, u.Interrupt.Vector), 8u);
	EXPECT_EQ(offsetof(descriptor, u.Interrupt.Affinity), 12u);
	EXPECT_EQ(offsetof(descriptor, u.MessageInterrupt.Raw.MessageCount), 6u);
	EXPECT_EQ(offsetof(descriptor, u.MessageInterrupt.Translated.Vector), 8u);
}

TEST(ControlLayout, FilterFlags)
{
	EXPECT_EQ(NetPacketFilterFlagDirected, 0x01);
	EXPECT_EQ(NetPacketFilterFlagMulticast, 0x02);
	EXPECT_EQ(NetPacketFilterFlagAllMulticast, 0x04);
	EXPECT_EQ(NetPacketFilterFlagBroadcast, 0x08);
	EXPECT_EQ(NetPacketFilterFlagPromiscuous, 0x20);
}

TEST(ControlLayout, LinkEnumerators)
{
	EXPECT_EQ(NetAdapterPauseFunctionTypeUnknown, 4);
	EXPECT_EQ(NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated, 1);
	EXPECT_EQ(NetAdapterAutoNegotiationFlagRcvLinkSpeedautoNegotiated, 2);
	EXPECT_EQ(NetAdapterAutoNegotiationFlagDuplexAutoNegotiated, 4);
	EXPECT_EQ(NetAdapterAutoNegotiationFlagPauseFunctionsAutoNegotiated, 8);
	EXPECT_EQ(MediaConnectStateDisconnected, 2);
	EXPECT_EQ(MediaDuplexStateFull, 2);
}

TEST(ControlLayout, EnumerationsAreInts)
{
	EXPECT_EQ(sizeof(NET_PACKET_FILTER_FLAGS), 4u);
	EXPECT_EQ(sizeof(NET_ADAPTER_OFFLOAD_LAYER3_FLAGS), 4u);
	EXPECT_EQ(sizeof(WDF_TRI_STATE), 4u);
	EXPECT_EQ(sizeof(WDF_POWER_DEVICE_STATE), 4u);
}

TEST(ControlLayout, EthernetHeader)
{
	ETHERNET_HEADER header = {};

	EXPECT_EQ(offsetof(ETHERNET_HEADER, Source), 6u);
	EXPECT_EQ(offsetof(ETHERNET_HEADER, Type), 12u);
	header.Destination.Byte[0] = 0x03;
	EXPECT_EQ(header.Destination.Oui.Group, 1);
	EXPECT_EQ(header.Destination.Oui.Local, 1);
}

} // namespace
