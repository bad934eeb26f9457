/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Transmit queues by the priority of the packets that they send.
 *
 * An adapter that asks for it has transmit queues for each priority from 0 to Range - 1, the same
 * number of each: as many as fit into MaximumNumberOfQueues, at most one per processor. With fewer
 * queues than priorities the upper ones share queue 0's priority. On Linux they are traffic classes:
 * a packet's priority is skb->priority (SO_PRIORITY, tc, nftables), of which the lower three bits
 * count, and "tc qdisc add dev NIC root mqprio num_tc RANGE map ... hw 1" maps priorities to classes
 * in another way. When a mqprio without "hw 1" is removed, the stack takes the classes away until the
 * interface is next brought up.
 *
 * Documentation: "NetTxQueueGetDemux8021p function (nettxqueue.h)"; of the rest there is none, names
 * and forms are those of the public headers, and the range that of the published verifier.
 */
#ifndef NETCX_NETADAPTERTXDEMUX_H
#define NETCX_NETADAPTERTXDEMUX_H

#include "netadaptercxtypes.h"

/* 802.1p: by priority. Wi-Fi has others. */
typedef enum _NET_ADAPTER_TX_DEMUX_TYPE NETCX_INT_ENUM {
	NetAdapterTxDemuxType8021p = 1
} NET_ADAPTER_TX_DEMUX_TYPE;

/**
 * struct _NET_ADAPTER_TX_DEMUX - what tells packets of one transmit queue from those of another
 * @Size: sizeof this structure
 * @Type: NetAdapterTxDemuxType8021p
 * @Range: how many priorities have queues of their own, 2 to 8
 */
typedef struct _NET_ADAPTER_TX_DEMUX {
	ULONG Size;
	NET_ADAPTER_TX_DEMUX_TYPE Type;
	UINT8 Range;
} NET_ADAPTER_TX_DEMUX, *PNET_ADAPTER_TX_DEMUX;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_TX_DEMUX) == 12, "NET_ADAPTER_TX_DEMUX size");

/**
 * NET_ADAPTER_TX_8021P_DEMUX_INIT() - queues for each of the eight priorities of 802.1p
 * @Demux: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_TX_8021P_DEMUX_INIT(NET_ADAPTER_TX_DEMUX *Demux)
{
	RtlZeroMemory(Demux, sizeof(*Demux));
	Demux->Size = sizeof(*Demux);
	Demux->Type = NetAdapterTxDemuxType8021p;
	Demux->Range = 8;
}

EXTERN_C_START

/**
 * NetAdapterInitAddTxDemux() - asks for transmit queues of each priority
 * @AdapterInit: NetAdapterInitAllocate()'s
 * @Demux: copied; a second one takes the first one's place. A wrong Size, Type (InvalidTxDemuxType)
 *	or Range (InvalidTxDemuxRange) makes NetAdapterCreate() fail
 *
 * Context: process.
 */
void NetAdapterInitAddTxDemux(NETADAPTER_INIT *AdapterInit, NET_ADAPTER_TX_DEMUX const *Demux);

EXTERN_C_END

#endif /* NETCX_NETADAPTERTXDEMUX_H */
