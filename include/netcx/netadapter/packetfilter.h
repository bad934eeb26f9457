/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive filter as the previews up to NetAdapterCx 2.0 have it: packet filter and multicast
 * list apart. From 2.1 on it is one, see receivefilter.h; an adapter declares one form or the
 * other.
 *
 * Pages: "NET_ADAPTER_PACKET_FILTER_CAPABILITIES structure (netadapter.h)",
 * "NET_ADAPTER_MULTICAST_CAPABILITIES structure (netadapter.h)", of NetAdapterCx 1.3 to 2.0.
 */
#ifndef NETCX_NETADAPTER_PACKETFILTER_H
#define NETCX_NETADAPTER_PACKETFILTER_H

#include "receivefilter.h"

/* Sets the packet filter, which replaces what was set before. Process context. */
typedef void EVT_NET_ADAPTER_SET_PACKET_FILTER(NETADAPTER Adapter,
					       NET_PACKET_FILTER_FLAGS PacketFilter);
typedef EVT_NET_ADAPTER_SET_PACKET_FILTER *PFN_NET_ADAPTER_SET_PACKET_FILTER;

/*
 * The multicast addresses to receive from now on. Called after EvtSetPacketFilter, whenever that
 * is. MulticastAddressList: an array, valid within the callback. Process context.
 */
typedef void
EVT_NET_ADAPTER_SET_MULTICAST_LIST(NETADAPTER Adapter, ULONG MulticastAddressCount,
				   NET_ADAPTER_LINK_LAYER_ADDRESS *MulticastAddressList);
typedef EVT_NET_ADAPTER_SET_MULTICAST_LIST *PFN_NET_ADAPTER_SET_MULTICAST_LIST;

/**
 * struct _NET_ADAPTER_PACKET_FILTER_CAPABILITIES - which packets the hardware can choose
 * @Size: sizeof this structure
 * @SupportedPacketFilters: at least one flag. NetPacketFilterFlagMulticast is asked for only if
 *	multicast capabilities are set, too.
 * @EvtSetPacketFilter: required
 */
typedef struct _NET_ADAPTER_PACKET_FILTER_CAPABILITIES {
	ULONG Size;
	NET_PACKET_FILTER_FLAGS SupportedPacketFilters;
	PFN_NET_ADAPTER_SET_PACKET_FILTER EvtSetPacketFilter;
} NET_ADAPTER_PACKET_FILTER_CAPABILITIES, *PNET_ADAPTER_PACKET_FILTER_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_PACKET_FILTER_CAPABILITIES) == 16,
		    "NET_ADAPTER_PACKET_FILTER_CAPABILITIES size");

/**
 * NET_ADAPTER_PACKET_FILTER_CAPABILITIES_INIT() - sets all
 * @PacketFilter: is overwritten
 * @SupportedPacketFilters: see the structure
 * @EvtSetPacketFilter: see the type
 */
NETCX_INLINE void
NET_ADAPTER_PACKET_FILTER_CAPABILITIES_INIT(NET_ADAPTER_PACKET_FILTER_CAPABILITIES *PacketFilter,
					    NET_PACKET_FILTER_FLAGS SupportedPacketFilters,
					    PFN_NET_ADAPTER_SET_PACKET_FILTER EvtSetPacketFilter)
{
	RtlZeroMemory(PacketFilter, sizeof(*PacketFilter));
	PacketFilter->Size = sizeof(*PacketFilter);
	PacketFilter->SupportedPacketFilters = SupportedPacketFilters;
	PacketFilter->EvtSetPacketFilter = EvtSetPacketFilter;
}

/**
 * struct _NET_ADAPTER_MULTICAST_CAPABILITIES - how many multicast addresses the hardware takes
 * @Size: sizeof this structure
 * @MaximumMulticastAddresses: longest list, not 0; a longer one becomes AllMulticast
 * @EvtSetMulticastList: required
 */
typedef struct _NET_ADAPTER_MULTICAST_CAPABILITIES {
	ULONG Size;
	SIZE_T MaximumMulticastAddresses;
	PFN_NET_ADAPTER_SET_MULTICAST_LIST EvtSetMulticastList;
} NET_ADAPTER_MULTICAST_CAPABILITIES, *PNET_ADAPTER_MULTICAST_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_MULTICAST_CAPABILITIES) == 24,
		    "NET_ADAPTER_MULTICAST_CAPABILITIES size");

/**
 * NET_ADAPTER_MULTICAST_CAPABILITIES_INIT() - sets all
 * @MulticastCapabilities: is overwritten
 * @MaximumMulticastAddresses: see the structure
 * @EvtSetMulticastList: see the type
 */
NETCX_INLINE void
NET_ADAPTER_MULTICAST_CAPABILITIES_INIT(NET_ADAPTER_MULTICAST_CAPABILITIES *MulticastCapabilities,
					SIZE_T MaximumMulticastAddresses,
					PFN_NET_ADAPTER_SET_MULTICAST_LIST EvtSetMulticastList)
{
	RtlZeroMemory(MulticastCapabilities, sizeof(*MulticastCapabilities));
	MulticastCapabilities->Size = sizeof(*MulticastCapabilities);
	MulticastCapabilities->MaximumMulticastAddresses = MaximumMulticastAddresses;
	MulticastCapabilities->EvtSetMulticastList = EvtSetMulticastList;
}

EXTERN_C_START

/**
 * NetAdapterSetPacketFilterCapabilities() - which packets the hardware can choose
 * @Adapter: an adapter that is not started
 * @PacketFilter: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterSetPacketFilterCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_PACKET_FILTER_CAPABILITIES const *PacketFilter);

/**
 * NetAdapterSetMulticastCapabilities() - how many multicast addresses the hardware takes
 * @Adapter: an adapter that is not started
 * @MulticastCapabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterSetMulticastCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_MULTICAST_CAPABILITIES const *MulticastCapabilities);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_PACKETFILTER_H */
