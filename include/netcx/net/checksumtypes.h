/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The checksum extension of a packet, without its accessor.
 *
 * Documentation: "NET_PACKET_CHECKSUM structure (checksumtypes.h)".
 */
#ifndef NETCX_NET_CHECKSUMTYPES_H
#define NETCX_NET_CHECKSUMTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_CHECKSUM_NAME	     L"ms_packet_checksum"
#define NET_PACKET_EXTENSION_CHECKSUM_VERSION_1	     1U
#define NET_PACKET_EXTENSION_CHECKSUM_VERSION_1_SIZE sizeof(NET_PACKET_CHECKSUM)

/* Tx: what hardware is asked to do. */
typedef enum _NET_PACKET_TX_CHECKSUM_ACTION {
	NetPacketTxChecksumActionPassthrough = 0,
	NetPacketTxChecksumActionRequired = 2,
} NET_PACKET_TX_CHECKSUM_ACTION;

/* Rx: what hardware has found. */
typedef enum _NET_PACKET_RX_CHECKSUM_EVALUATION {
	NetPacketRxChecksumEvaluationNotChecked = 0,
	NetPacketRxChecksumEvaluationValid = 1,
	NetPacketRxChecksumEvaluationInvalid = 2,
} NET_PACKET_RX_CHECKSUM_EVALUATION;

/* Each field holds a NET_PACKET_TX_CHECKSUM_ACTION or a NET_PACKET_RX_CHECKSUM_EVALUATION. */
typedef struct _NET_PACKET_CHECKSUM {
	NETCX_EXTENSION UINT8 Layer2 : 2;
	NETCX_EXTENSION UINT8 Layer3 : 2;
	NETCX_EXTENSION UINT8 Layer4 : 2;
	NETCX_EXTENSION UINT8 Reserved : 2;
} NET_PACKET_CHECKSUM;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_CHECKSUM) == 1, "NET_PACKET_CHECKSUM");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_CHECKSUM) == 1, "NET_PACKET_CHECKSUM alignment");

EXTERN_C_END

#endif /* NETCX_NET_CHECKSUMTYPES_H */
