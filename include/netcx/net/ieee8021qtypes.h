/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The 802.1Q extension of a packet, without its accessor.
 *
 * Documentation: "NET_PACKET_IEEE8021Q structure (ieee8021qtypes.h)".
 */
#ifndef NETCX_NET_IEEE8021QTYPES_H
#define NETCX_NET_IEEE8021QTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_IEEE8021Q_NAME	      L"ms_packet_ieee8021q"
#define NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1      1U
#define NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1_SIZE sizeof(NET_PACKET_IEEE8021Q)

/* Flags: which part of the tag hardware has to insert. */
typedef enum _NET_PACKET_TX_IEEE8021Q_ACTION_FLAGS {
	NetPacketTxIeee8021qActionFlagPriorityRequired = 1,
	NetPacketTxIeee8021qActionFlagVlanRequired = 2,
} NET_PACKET_TX_IEEE8021Q_ACTION_FLAGS;

/*
 * Tx: the tag is not in the packet's data; TxTagging (NET_PACKET_TX_IEEE8021Q_ACTION_FLAGS) says
 * what to insert. Rx: the tag that hardware has removed; both zero for none. TxTagging is unused.
 *
 * There is no field for the tag's DEI bit; see netcx_ieee8021q.h.
 */
typedef struct _NET_PACKET_IEEE8021Q {
	NETCX_EXTENSION UINT16 PriorityCodePoint : 3;
	NETCX_EXTENSION UINT16 VlanIdentifier : 12;
	NETCX_EXTENSION UINT8 TxTagging : 2;
} NET_PACKET_IEEE8021Q;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_IEEE8021Q) == 4, "NET_PACKET_IEEE8021Q");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_IEEE8021Q) == 2, "NET_PACKET_IEEE8021Q alignment");

EXTERN_C_END

#endif /* NETCX_NET_IEEE8021QTYPES_H */
