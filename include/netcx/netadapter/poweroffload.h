/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Protocols that an adapter can answer while the machine sleeps, so that it is not woken for them.
 * What is to be answered is in the power offload list of EvtDeviceArmWakeFromSx, see
 * netpoweroffload.h: the addresses of the interface, when it may wake the machine.
 *
 * Pages: "NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES structure (netadapter.h)" and its sibling.
 */
#ifndef NETCX_NETADAPTER_POWEROFFLOAD_H
#define NETCX_NETADAPTER_POWEROFFLOAD_H

#include "../netadaptercxtypes.h"
#include "../wdf.h"

/**
 * struct _NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES - ARP requests for IPv4 addresses
 * @Size: sizeof this structure
 * @ArpOffload: TRUE if it can
 * @MaximumOffloadCount: how many addresses, not 0
 */
typedef struct _NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES {
	ULONG Size;
	BOOLEAN ArpOffload;
	SIZE_T MaximumOffloadCount;
} NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES, *PNET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES) == 16,
		    "NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES size");

/**
 * NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT() - it can
 * @Capabilities: is overwritten
 * @MaximumOffloadCount: see the structure
 */
NETCX_INLINE void NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT(
	NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES *Capabilities, SIZE_T MaximumOffloadCount)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->ArpOffload = TRUE;
	Capabilities->MaximumOffloadCount = MaximumOffloadCount;
}

/**
 * struct _NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES - neighbour solicitations for IPv6 addresses
 * @Size: sizeof this structure
 * @NSOffload: TRUE if it can
 * @MaximumOffloadCount: how many addresses, not 0
 */
typedef struct _NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES {
	ULONG Size;
	BOOLEAN NSOffload;
	SIZE_T MaximumOffloadCount;
} NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES, *PNET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES) == 16,
		    "NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES size");

/**
 * NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT() - it can
 * @Capabilities: is overwritten
 * @MaximumOffloadCount: see the structure
 */
NETCX_INLINE void NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT(
	NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES *Capabilities, SIZE_T MaximumOffloadCount)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->NSOffload = TRUE;
	Capabilities->MaximumOffloadCount = MaximumOffloadCount;
}

EXTERN_C_START

/**
 * NetAdapterPowerOffloadSetArpCapabilities() - whether it can answer ARP
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterPowerOffloadSetArpCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES const *Capabilities);

/**
 * NetAdapterPowerOffloadSetNSCapabilities() - whether it can answer neighbour solicitations
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterPowerOffloadSetNSCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES const *Capabilities);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_POWEROFFLOAD_H */
