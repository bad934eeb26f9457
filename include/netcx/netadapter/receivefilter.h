/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive filter of an adapter: which packets the hardware hands on.
 *
 * Pages: "Configuring receive filters", "EVT_NET_ADAPTER_SET_RECEIVE_FILTER callback function
 * (netadapter.h)", "NET_PACKET_FILTER_FLAGS enumeration (netadapter.h)".
 */
#ifndef NETCX_NETADAPTER_RECEIVEFILTER_H
#define NETCX_NETADAPTER_RECEIVEFILTER_H

#include "link.h"

/* Which packets to receive. */
typedef enum _NET_PACKET_FILTER_FLAGS NETCX_INT_ENUM {
	NetPacketFilterFlagDirected = 0x00000001,
	NetPacketFilterFlagMulticast = 0x00000002,
	NetPacketFilterFlagAllMulticast = 0x00000004,
	NetPacketFilterFlagBroadcast = 0x00000008,
	NetPacketFilterFlagPromiscuous = 0x00000020
} NET_PACKET_FILTER_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_PACKET_FILTER_FLAGS)

/*
 * Sets the receive filter. ReceiveFilter is the complete state and replaces what was set before.
 * Process context, one call at a time; the device is in D0.
 */
typedef void EVT_NET_ADAPTER_SET_RECEIVE_FILTER(NETADAPTER Adapter, NETRECEIVEFILTER ReceiveFilter);
typedef EVT_NET_ADAPTER_SET_RECEIVE_FILTER *PFN_NET_ADAPTER_SET_RECEIVE_FILTER;

/**
 * struct _NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES - what the hardware can filter
 * @Size: sizeof this structure
 * @SupportedPacketFilters: what EvtSetReceiveFilter may be asked for
 * @MaximumMulticastAddresses: longest list of addresses; more than 0 exactly when
 *	NetPacketFilterFlagMulticast is supported. A longer list becomes AllMulticast.
 * @EvtSetReceiveFilter: required if SupportedPacketFilters is not 0
 */
typedef struct _NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES {
	ULONG Size;
	NET_PACKET_FILTER_FLAGS SupportedPacketFilters;
	SIZE_T MaximumMulticastAddresses;
	PFN_NET_ADAPTER_SET_RECEIVE_FILTER EvtSetReceiveFilter;
} NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES, *PNET_ADAPTER_RECEIVE_FILTER_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES) == 24,
		    "NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES size");

/**
 * NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT() - sets the callback; the driver sets the rest
 * @Capabilities: is overwritten
 * @EvtSetReceiveFilter: see the type
 */
NETCX_INLINE void
NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *Capabilities,
					     PFN_NET_ADAPTER_SET_RECEIVE_FILTER EvtSetReceiveFilter)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->EvtSetReceiveFilter = EvtSetReceiveFilter;
}

EXTERN_C_START

/**
 * NetAdapterSetReceiveFilterCapabilities() - what the hardware can filter
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * Without it everything the hardware receives is handed on, and no filter is set. Refused are: flags
 * that are not known, no flag at all, MaximumMulticastAddresses without NetPacketFilterFlagMulticast
 * or the flag without them, a missing callback. A refusal is a line in the log, and what
 * NetAdapterStart() returns: STATUS_INFO_LENGTH_MISMATCH for a wrong Size, else
 * STATUS_INVALID_PARAMETER.
 *
 * Context: process.
 */
void NetAdapterSetReceiveFilterCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES const *Capabilities);

/**
 * NetReceiveFilterGetPacketFilter() - which packets to receive
 * @ReceiveFilter: EvtSetReceiveFilter's, within the callback
 *
 * Context: as the callback.
 * Return: a combination of flags, all of them supported by the adapter.
 */
NET_PACKET_FILTER_FLAGS NetReceiveFilterGetPacketFilter(NETRECEIVEFILTER ReceiveFilter);

/**
 * NetReceiveFilterGetMulticastAddressCount() - how many multicast addresses
 * @ReceiveFilter: EvtSetReceiveFilter's, within the callback
 *
 * Context: as the callback.
 * Return: the number, not above the adapter's maximum.
 */
SIZE_T NetReceiveFilterGetMulticastAddressCount(NETRECEIVEFILTER ReceiveFilter);

/**
 * NetReceiveFilterGetMulticastAddressList() - the multicast addresses
 * @ReceiveFilter: EvtSetReceiveFilter's, within the callback
 *
 * Context: as the callback.
 * Return: an array as long as the count, valid within the callback.
 */
NET_ADAPTER_LINK_LAYER_ADDRESS const *
NetReceiveFilterGetMulticastAddressList(NETRECEIVEFILTER ReceiveFilter);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_RECEIVEFILTER_H */
