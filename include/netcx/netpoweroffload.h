/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Power offloads: what an adapter is to answer while the machine sleeps, as EvtDeviceArmWakeFromSx
 * finds it. A handle is good as long as its adapter.
 *
 * Pages: "Configuring power management", "NET_POWER_OFFLOAD_TYPE enumeration (netpoweroffload.h)".
 */
#ifndef NETCX_NETPOWEROFFLOAD_H
#define NETCX_NETPOWEROFFLOAD_H

#include "netadapter/link.h"
#include "netadaptercxtypes.h"
#include "wdf.h"

typedef enum _NET_POWER_OFFLOAD_TYPE NETCX_INT_ENUM {
	NetPowerOffloadTypeArp = 1,
	NetPowerOffloadTypeNS = 2
} NET_POWER_OFFLOAD_TYPE;

/**
 * struct _NET_POWER_OFFLOAD_ARP_PARAMETERS - an IPv4 address to answer ARP requests for
 * @Size: sizeof this structure
 * @Id: names the offload
 * @RemoteIPv4Address: whose requests; 0 for anybody's
 * @HostIPv4Address: the address
 * @LinkLayerAddress: the answer
 */
typedef struct _NET_POWER_OFFLOAD_ARP_PARAMETERS {
	ULONG Size;
	ULONG Id;
	NET_IPV4_ADDRESS RemoteIPv4Address;
	NET_IPV4_ADDRESS HostIPv4Address;
	NET_ADAPTER_LINK_LAYER_ADDRESS LinkLayerAddress;
} NET_POWER_OFFLOAD_ARP_PARAMETERS, *PNET_POWER_OFFLOAD_ARP_PARAMETERS;

NETCX_STATIC_ASSERT(sizeof(NET_POWER_OFFLOAD_ARP_PARAMETERS) == 52,
		    "NET_POWER_OFFLOAD_ARP_PARAMETERS size");

/**
 * NET_POWER_OFFLOAD_ARP_PARAMETERS_INIT() - for NetPowerOffloadGetArpParameters()
 * @Parameters: is overwritten
 */
NETCX_INLINE void
NET_POWER_OFFLOAD_ARP_PARAMETERS_INIT(NET_POWER_OFFLOAD_ARP_PARAMETERS *Parameters)
{
	RtlZeroMemory(Parameters, sizeof(*Parameters));
	Parameters->Size = sizeof(*Parameters);
}

/**
 * struct _NET_POWER_OFFLOAD_NS_PARAMETERS - an IPv6 address to answer neighbour solicitations for
 * @Size: sizeof this structure
 * @Id: names the offload
 * @RemoteIPv6Address: whose solicitations; 0 for anybody's
 * @SolicitedNodeIPv6Address: the multicast address they are sent to
 * @TargetIPv6Addresses: the addresses; the second may be 0
 * @LinkLayerAddress: the answer
 */
typedef struct _NET_POWER_OFFLOAD_NS_PARAMETERS {
	ULONG Size;
	ULONG Id;
	NET_IPV6_ADDRESS RemoteIPv6Address;
	NET_IPV6_ADDRESS SolicitedNodeIPv6Address;
	NET_IPV6_ADDRESS TargetIPv6Addresses[2];
	NET_ADAPTER_LINK_LAYER_ADDRESS LinkLayerAddress;
} NET_POWER_OFFLOAD_NS_PARAMETERS, *PNET_POWER_OFFLOAD_NS_PARAMETERS;

NETCX_STATIC_ASSERT(sizeof(NET_POWER_OFFLOAD_NS_PARAMETERS) == 112,
		    "NET_POWER_OFFLOAD_NS_PARAMETERS size");

/**
 * NET_POWER_OFFLOAD_NS_PARAMETERS_INIT() - for NetPowerOffloadGetNSParameters()
 * @Parameters: is overwritten
 */
NETCX_INLINE void NET_POWER_OFFLOAD_NS_PARAMETERS_INIT(NET_POWER_OFFLOAD_NS_PARAMETERS *Parameters)
{
	RtlZeroMemory(Parameters, sizeof(*Parameters));
	Parameters->Size = sizeof(*Parameters);
}

/**
 * struct _NET_POWER_OFFLOAD_LIST - a list, filled in by NetDeviceGetPowerOffloadList()
 * @Size: sizeof this structure
 * @Reserved: netcx.ko's
 */
typedef struct _NET_POWER_OFFLOAD_LIST {
	ULONG Size;
	void *Reserved[4];
} NET_POWER_OFFLOAD_LIST, *PNET_POWER_OFFLOAD_LIST;

NETCX_STATIC_ASSERT(sizeof(NET_POWER_OFFLOAD_LIST) == 40, "NET_POWER_OFFLOAD_LIST size");

/**
 * NET_POWER_OFFLOAD_LIST_INIT() - before it is filled in
 * @List: is overwritten
 */
NETCX_INLINE void NET_POWER_OFFLOAD_LIST_INIT(NET_POWER_OFFLOAD_LIST *List)
{
	RtlZeroMemory(List, sizeof(*List));
	List->Size = sizeof(*List);
}

EXTERN_C_START

/* As their namesakes for wake sources, in netwakesource.h. Context: process. */
void NetDeviceGetPowerOffloadList(WDFDEVICE Device, NET_POWER_OFFLOAD_LIST *List);
SIZE_T NetPowerOffloadListGetCount(NET_POWER_OFFLOAD_LIST const *List);
NETPOWEROFFLOAD NetPowerOffloadListGetElement(NET_POWER_OFFLOAD_LIST const *List, SIZE_T Index);
NET_POWER_OFFLOAD_TYPE NetPowerOffloadGetType(NETPOWEROFFLOAD PowerOffload);
NETADAPTER NetPowerOffloadGetAdapter(NETPOWEROFFLOAD PowerOffload);
void NetPowerOffloadGetArpParameters(NETPOWEROFFLOAD PowerOffload,
				     NET_POWER_OFFLOAD_ARP_PARAMETERS *Parameters);
void NetPowerOffloadGetNSParameters(NETPOWEROFFLOAD PowerOffload,
				    NET_POWER_OFFLOAD_NS_PARAMETERS *Parameters);

EXTERN_C_END

#endif /* NETCX_NETPOWEROFFLOAD_H */
